import { css } from "lit";

export const timeStyles = css`
  :host {
    --look: var(--ink-soft);
    display: block;
    container-type: inline-size;
    color: var(--ink);
    font: 400 0.875rem / 1.4 var(--font-text);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .button svg {
    inline-size: 11px;
    block-size: 11px;
    fill: currentColor;
  }
  .speed {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 0.8125rem;
    color: var(--ink-soft);
  }
  .speed span {
    min-inline-size: 4.9rem;
    white-space: nowrap;
  }
  .speed b {
    font-weight: 600;
    color: var(--ink);
  }
  .speed input {
    inline-size: 84px;
    min-block-size: 24px;
    margin: 0;
    accent-color: var(--accent);
  }
  .track {
    position: relative;
    flex: 1 1 220px;
    min-inline-size: 140px;
    block-size: 28px;
    display: flex;
    align-items: center;
    cursor: pointer;
    touch-action: none;
    border-radius: 6px;
  }
  .track svg {
    display: block;
    overflow: visible;
  }
  :host(:dir(rtl)) .track svg {
    transform: scaleX(-1);
  }
  .rail {
    fill: var(--line);
  }
  .mark {
    fill: var(--look);
  }
  .mark.bad {
    fill: var(--warn);
  }
  .present,
  .thumb {
    position: absolute;
    inset-block: 4px;
    inset-inline-start: var(--now, 0%);
    inline-size: 6px;
    margin-inline-start: -3px;
    border-radius: 3px;
    background: var(--ink);
    pointer-events: none;
  }
  .thumb {
    inset-inline-start: var(--shown, 0%);
    box-shadow: 0 0 0 2px var(--surface);
  }
  .present {
    inline-size: 2px;
    margin-inline-start: -1px;
    background: var(--ink-soft);
  }
  .past {
    position: absolute;
    inset-block: 11.5px;
    inset-inline-start: var(--shown, 0%);
    inline-size: calc(var(--now, 0%) - var(--shown, 0%));
    background: repeating-linear-gradient(90deg, var(--surface) 0 3px, transparent 3px 7px);
    pointer-events: none;
  }
  .clock {
    font: 500 0.8125rem / 1.4 var(--font-wire);
    color: var(--ink-soft);
    min-inline-size: 4.2rem;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .now {
    border-color: var(--accent);
    color: var(--accent);
  }
  .knob {
    position: relative;
    inline-size: 26px;
    block-size: 15px;
    border-radius: 8px;
    background: color-mix(in srgb, var(--ink-soft) 70%, transparent);
    transition: background 120ms;
  }
  .knob::after {
    content: "";
    position: absolute;
    inset: 2px auto auto 2px;
    inline-size: 11px;
    block-size: 11px;
    border-radius: 50%;
    background: var(--surface);
    transition: translate 120ms;
  }
  .switch[aria-checked="true"] .knob {
    background: var(--accent);
  }
  .switch[aria-checked="true"] .knob::after {
    translate: 11px 0;
  }
  @container (max-width: 48rem) {
    .track {
      flex-basis: calc(100% - 8rem);
      order: 1;
    }
    .clock {
      order: 2;
    }
    .now {
      order: 3;
    }
    .speed span {
      min-inline-size: 0;
    }
    .switch {
      margin-inline-start: auto;
    }
  }
  @container (max-width: 27rem) {
    .bar {
      gap: 8px;
      padding: 8px 10px;
    }
    .speed .word,
    .plain .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .speed input {
      inline-size: 56px;
    }
    .plain {
      justify-content: center;
      min-inline-size: 40px;
    }
    .switch {
      padding-inline: 8px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .knob,
    .knob::after {
      transition: none;
    }
  }
`;
