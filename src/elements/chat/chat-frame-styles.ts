import { css } from "lit";

export const chatFrameStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--surface);
    color: var(--ink);
    font: 400 1rem/1.5 var(--font-text);
    container-type: inline-size;
  }
  .frame {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
  }
  .head {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.45rem;
    min-block-size: 2.7rem;
    padding: 0.25rem 0.45rem 0.25rem 0.6rem;
    border-block-end: 1px solid var(--line);
  }
  .head h2 {
    display: flex;
    align-items: center;
    gap: 0.45rem;
    min-inline-size: 0;
    font-size: 0.95rem;
  }
  .owner {
    display: flex;
    align-items: center;
    gap: 0.45rem;
    flex: none;
    max-inline-size: 55%;
    min-block-size: 2.1rem;
    padding: 0.1rem 0.4rem 0.1rem 0.2rem;
    border: 0;
    border-radius: 9px;
    background: none;
    font: 650 0.95rem/1.3 var(--font-text);
  }
  .device {
    color: var(--ink-soft);
    font: 500 0.8rem/1.3 var(--font-text);
  }
  button.owner:hover {
    background: var(--surface-soft);
  }
  .drawing {
    flex: none;
    inline-size: 1.05rem;
    block-size: 1.05rem;
    fill: none;
    stroke: var(--ink-soft);
    stroke-width: 1.9;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .back:dir(rtl) .drawing {
    scale: -1 1;
  }
  .icon .drawing {
    stroke: currentColor;
  }
  .where {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    min-inline-size: 0;
    font-size: 0.85rem;
  }
  .where h3 {
    min-inline-size: 0;
    font-size: 0.92rem;
  }
  .where homeroom-address {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .banner {
    padding: 0.35rem 0.8rem;
    background: color-mix(in srgb, var(--warn), transparent 88%);
    font-size: 0.84rem;
    line-height: 1.4;
  }
  .body {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    grid-row: 3;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .two {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .two.in-room homeroom-chat-list,
  .two:not(.in-room) .room {
    display: none;
  }
  .room {
    min-block-size: 0;
    min-inline-size: 0;
  }
  .over {
    position: absolute;
    inset: 0;
    z-index: 2;
  }
  .empty,
  .starting {
    align-self: center;
    padding: 1rem;
    color: var(--ink-soft);
    font-size: 0.95rem;
    text-align: center;
  }
  .room > .empty {
    display: grid;
    place-content: center;
    block-size: 100%;
  }
  @container (min-width: 36rem) {
    .two {
      grid-template-columns: minmax(12rem, 17rem) minmax(0, 1fr);
    }
    .two homeroom-chat-list,
    .two.in-room homeroom-chat-list,
    .two:not(.in-room) .room {
      display: block;
    }
    .two homeroom-chat-list {
      border-inline-end: 1px solid var(--line);
    }
    .back {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .owner {
      min-block-size: 2.75rem;
    }
  }

  /* The other program: everything in lines, dark as terminals are. */
  :host([manner="lines"]) {
    color-scheme: dark;
    --surface: var(--wire-paper);
    --surface-soft: #2b2839;
    --line: #45415a;
    --accent-soft: #35304f;
    background: var(--wire-paper);
    font-family: var(--font-wire);
  }
  :host([manner="lines"]) .head {
    background: #2b2839;
    border: 0;
  }
  :host([manner="lines"]) :is(.owner, h3, .banner, .starting, .empty) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.86rem;
  }
  :host([manner="lines"]) .head .avatar {
    display: none;
  }
`;
