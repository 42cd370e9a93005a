import { css } from "lit";

/** Named packets, what waits to be sent, and the marks on cables. */
export const networkPacketStyles = css`
  .map .packet,
  .map .queue {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 42px;
    block-size: 32px;
    z-index: 2;
    will-change: transform;
  }
  .envelope {
    flex: none;
    inline-size: 42px;
    block-size: 30px;
    fill: var(--surface);
    stroke: var(--look);
    stroke-width: 2.6;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .packet.quiet .envelope {
    scale: 0.7;
    stroke-width: 2.2;
  }
  .packet[aria-pressed="true"] .envelope,
  .packet:hover .envelope {
    fill: var(--look-soft);
  }
  .packet.back .envelope {
    fill: var(--look-soft);
  }
  .label {
    position: absolute;
    inset-inline-start: 48px;
    padding: 2px 7px;
    border-radius: 7px;
    background: color-mix(in srgb, var(--stage) 88%, transparent);
    font: 700 0.75rem / 1.3 var(--font-text);
    white-space: nowrap;
    max-inline-size: min(240px, 50cqi - 52px);
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .packet.turned .label {
    inset-inline: auto 48px;
  }
  .packet:is(.mute, .crowded):not(:hover, :focus-visible) .label {
    display: none;
  }
  .packet.quiet .label {
    font-weight: 500;
    font-size: 0.6875rem;
  }
  .packet.fallen .label {
    color: var(--warn);
  }
  .packet.fallen .envelope {
    stroke-dasharray: 5 4;
  }
  .packet.fallen::after {
    content: "✕";
    position: absolute;
    inset: -8px auto auto 31px;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: var(--warn);
    color: var(--surface);
    font: 700 11px / 20px var(--font-text);
  }
  .badge {
    position: absolute;
    inset: -9px auto auto 32px;
    min-inline-size: 20px;
    block-size: 20px;
    border-radius: 10px;
    background: var(--warn);
    color: var(--surface);
    font: 700 0.75rem / 20px var(--font-text);
    text-align: center;
  }
  .map .mark {
    position: absolute;
    inset: 0 auto auto 0;
    box-sizing: border-box;
    padding: 5px;
    border-radius: 50%;
    border: 1.5px solid var(--line);
    background: var(--surface);
    color: var(--ink-soft);
  }
  .map .mark.cut {
    border: 2.5px solid var(--warn);
    color: var(--warn);
  }
  .map .mark.ill {
    border-color: var(--warn);
    color: var(--warn);
  }
  .map button.mark {
    z-index: 1;
    opacity: 0;
    transition: opacity 120ms;
  }
  .map button.mark.shown,
  .map button.mark:is(:hover, :focus-visible) {
    opacity: 1;
  }
  .map button.mark:hover {
    border-color: var(--accent);
    color: var(--accent);
  }
  .map button.mark.cut:hover {
    border-color: var(--warn);
    color: var(--warn);
  }
  .queue.pile::before {
    content: "";
    position: absolute;
    inset: -3px auto auto 5px;
    z-index: -1;
    inline-size: 42px;
    block-size: 29px;
    box-sizing: border-box;
    border: 2.6px solid var(--look);
    border-radius: 5px;
    background: var(--surface);
  }
  .packet.key .envelope {
    fill: none;
  }
  .mark-label {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 0;
    display: flex;
    justify-content: center;
  }
  .mark-label > span {
    padding: 1px 7px;
    border-radius: 7px;
    background: color-mix(in srgb, var(--stage) 85%, transparent);
    font: 700 0.8125rem / 1.3 var(--font-text);
    color: var(--warn);
    white-space: nowrap;
    text-align: center;
  }
  .mark-label.lines .part {
    display: block;
  }
  .mark-label.lines .dot {
    display: none;
  }
`;
