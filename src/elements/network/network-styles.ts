import { css } from "lit";

export const networkStyles = css`
  :host {
    --look: var(--ink-soft);
    --look-soft: var(--surface-soft);
    display: block;
    position: relative;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 240px;
    overflow: auto;
    color: var(--ink);
    font: 400 0.875rem / 1.3 var(--font-text);
  }
  .map {
    position: relative;
    container-type: inline-size;
    direction: ltr;
  }
  .empty {
    margin: 0;
    padding: 3rem 1.5rem;
    text-align: center;
    color: var(--ink-soft);
  }
  .past {
    position: sticky;
    inset-block-start: 10px;
    z-index: 3;
    inline-size: fit-content;
    block-size: 0;
    margin: 0 26px;
    overflow: visible;
    font: 600 0.8125rem / 1.3 var(--font-text);
    text-align: center;
    color: var(--accent);
    white-space: nowrap;
    line-height: 30px;
  }
  .past::before {
    content: "";
    position: absolute;
    inset: 0 -14px auto;
    block-size: 30px;
    z-index: -1;
    border-radius: 15px;
    background: var(--accent-soft);
    border: 1px solid color-mix(in srgb, var(--accent) 40%, transparent);
  }
  ul,
  li {
    display: contents;
    list-style: none;
  }
  .map button {
    position: absolute;
    inset: 0 auto auto 0;
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--look);
    cursor: pointer;
    text-align: center;
    touch-action: manipulation;
  }
  canvas,
  .lines {
    position: absolute;
    inset: 0 auto auto 0;
    pointer-events: none;
  }
  .lines {
    overflow: visible;
  }
  .line {
    fill: none;
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  .line.home {
    stroke: color-mix(in srgb, var(--look) 55%, var(--stage));
  }
  .line.home.unsure {
    stroke-dasharray: 1 9;
  }
  .line.between {
    stroke: color-mix(in srgb, var(--ink-soft) 45%, var(--stage));
  }
  .line.between.unused {
    opacity: 0.55;
  }
  .lines.ring .line.between {
    stroke-width: 1.6;
    opacity: 0.6;
  }
  .lines.ring .line.unused {
    stroke-width: 1;
    opacity: 0.2;
  }
  .lines.micro .line.between {
    stroke-width: 1;
    opacity: 0.35;
  }
  .line.lossy {
    stroke-dasharray: 14 7;
  }
  .reach {
    fill: none;
    stroke: transparent;
    stroke-width: 18;
    pointer-events: stroke;
    cursor: pointer;
  }
  .lines.ring .reach {
    stroke-width: 8;
  }
  .reach:hover {
    stroke: color-mix(in srgb, var(--accent) 14%, transparent);
  }
  .line.dead {
    stroke: color-mix(in srgb, var(--ink-soft) 45%, var(--stage));
    stroke-dasharray: 9 9;
  }

  .walls {
    position: absolute;
    inset: 0 auto auto 0;
    overflow: visible;
    fill: var(--look-soft);
    stroke: var(--look);
    stroke-width: 2.5;
    stroke-linejoin: round;
    transition: stroke-width 120ms;
  }
  .house:hover .walls,
  .house[aria-pressed="true"] .walls {
    stroke-width: 4;
  }
  .house:focus-visible {
    border-radius: 12px;
  }
  .house .symbol {
    position: absolute;
    inset-inline-start: 50%;
    translate: -50% 0;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .house.large .symbol {
    inset-block-start: 26px;
    inline-size: 54px;
    stroke-width: 1.3;
  }
  .house.medium .symbol {
    inset-block-start: 26px;
    inline-size: 42px;
    stroke-width: 1.5;
  }
  .house.small .symbol {
    inset-block-start: 25px;
    inline-size: 34px;
    stroke-width: 1.6;
  }
  .house.tiny .symbol {
    inset-block-start: 16px;
    inline-size: 21px;
    stroke-width: 2;
  }
  .house.micro .symbol {
    inset-block-start: 9px;
    inline-size: 13px;
    stroke-width: 2.4;
  }
  .micro .walls {
    stroke-width: 1.8;
  }
  .caption {
    position: absolute;
    inset: auto -8px 4px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 700;
    font-size: 1rem;
  }
  .medium .caption {
    font-size: 0.875rem;
  }
  .small .caption {
    font-size: 0.75rem;
  }
  .house.stopped {
    --look: var(--ink-soft);
    --look-soft: var(--surface-soft);
  }
  .house.stopped .walls {
    stroke-dasharray: 7 6;
  }
  .stopped .caption {
    inset-block-end: 17px;
    font-size: 0.875rem;
    line-height: 1.2;
  }
  .state {
    position: absolute;
    inset: auto 0 1px;
    font-weight: 700;
    font-size: 0.75rem;
    line-height: 1.25;
    color: var(--warn);
  }
  .medium.stopped .caption {
    inset-block-end: 14px;
    font-size: 0.8125rem;
  }
  .medium .state {
    font-size: 0.6875rem;
    line-height: 1.2;
  }
  .small.stopped .caption {
    inset-block-end: 11px;
    font-size: 0.6875rem;
  }
  .small .state {
    font-size: 0.625rem;
    line-height: 1.1;
    inset-block-end: 0;
  }

  .map .room {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px;
    block-size: 24px;
    padding: 0 7px 0 4px;
    border: 1.5px solid color-mix(in srgb, var(--look) 75%, transparent);
    border-radius: 8px;
    background: var(--surface);
    font: 700 0.6875rem / 1 var(--font-text);
    overflow: hidden;
  }
  .map .room:hover,
  .map .room[aria-pressed="true"] {
    border-width: 2.5px;
    padding: 0 6px 0 3px;
  }
  .map .room.more {
    justify-content: center;
    padding: 0;
  }
  .room-name {
    color: var(--look);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    line-height: 20px;
  }
  .room-name.plain {
    color: var(--ink);
  }
  .dots {
    flex: none;
    --look: var(--ink-soft);
  }
  .dots circle {
    fill: var(--look);
    stroke: var(--look);
    stroke-width: 0;
  }
  .dots circle.waits {
    fill: var(--surface);
    stroke-width: 2;
  }
  .dots circle.sealed {
    stroke: var(--sealed);
    stroke-width: 2;
    stroke-dasharray: 2.2 1.6;
  }

  .map .switch {
    z-index: 1;
    padding: 5px;
    border: 1.5px solid var(--line);
    border-radius: 50%;
    background: var(--surface);
    color: var(--ink-soft);
  }
  .map .switch {
    opacity: 0;
    transition: opacity 120ms;
  }
  .house:hover + .switch,
  .house:focus-visible + .switch,
  .house[aria-pressed="true"] + .switch,
  .switch.shown,
  .switch.off,
  .switch:hover,
  .switch:focus-visible {
    opacity: 1 !important;
  }
  .map .switch:hover,
  .map .switch.off {
    border-color: var(--warn);
    color: var(--warn);
  }
  .map .switch::after,
  .map .ear::after,
  .map button.mark::after {
    content: "";
    position: absolute;
    inset: -2px;
  }
  @media (pointer: coarse) {
    .map .switch::after,
    .map .ear::after,
    .map button.mark::after {
      inset: -9px;
    }
  }
  .ear svg,
  .switch svg,
  .mark svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
    }
  }
`;
