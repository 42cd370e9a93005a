import { css } from "lit";

export const timelineStyles = css`
  :host {
    position: relative;
    display: block;
    min-block-size: 0;
    block-size: 100%;
  }
  .scroller {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    padding: 0.4rem 0.7rem 0.5rem;
  }
  .scroller:focus-visible {
    outline-offset: -3px;
  }
  .rows {
    flex: none;
    margin-block-start: auto;
  }
  .entry {
    contain: layout paint style;
    padding-inline: 2px;
  }
  .top {
    flex: none;
    display: grid;
    justify-items: center;
    padding-block: 0.25rem;
    font-size: 0.84rem;
  }
  .beginning {
    color: var(--ink-soft);
    font-size: 0.82rem;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .older {
    font-size: 0.85rem;
  }
  .typing {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.45rem;
    padding-block: 0.35rem 0.1rem;
    color: var(--ink-soft);
    font-size: 0.83rem;
    overflow-wrap: anywhere;
  }
  .dots {
    display: inline-flex;
    gap: 3px;
  }
  .dots i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: var(--ink-soft);
  }
  @media (prefers-reduced-motion: no-preference) {
    .dots i {
      animation: dot 1.2s infinite ease-in-out;
    }
    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }
    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes dot {
      30% {
        transform: translateY(-4px);
      }
      60% {
        transform: none;
      }
    }
  }
  .newest {
    position: absolute;
    inset-block-end: 0.6rem;
    inset-inline-start: 50%;
    translate: -50%;
    display: flex;
    align-items: center;
    gap: 0.35rem;
    border-radius: 999px;
    box-shadow: 0 3px 14px rgb(0 0 0 / 18%);
    white-space: nowrap;
  }
  :host(:dir(rtl)) .newest {
    translate: 50%;
  }
  .newest svg {
    inline-size: 1rem;
    block-size: 1rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.2;
  }
  :host([manner="lines"]) .scroller {
    padding: 0.4rem 0.6rem;
    font: 400 0.86rem/1.5 var(--font-wire);
  }
  :host([manner="lines"]) :is(.older, .newest, .typing, .beginning) {
    border-radius: 0;
    font-family: var(--font-wire);
  }
  :host([manner="lines"]) .dots {
    display: none;
  }
  :host([manner="lines"]) .top {
    justify-items: start;
  }
`;
