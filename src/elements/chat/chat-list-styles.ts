import { css } from "lit";

export const chatListStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    overflow-y: auto;
  }
  .top {
    display: flex;
    align-items: center;
    padding: 0.55rem 0.6rem 0.3rem 0.9rem;
  }
  .top h3 {
    flex: 1;
    color: var(--ink-soft);
    font-size: 0.85rem;
  }
  .rooms {
    padding: 0 0.4rem 0.5rem;
  }
  .room {
    display: flex;
    align-items: center;
    gap: 0.65rem;
    inline-size: 100%;
    min-block-size: 3.25rem;
    padding: 0.4rem 0.5rem;
    border: 0;
    border-radius: 10px;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .room:hover {
    background: var(--surface-soft);
  }
  .room[aria-current] {
    background: var(--accent-soft);
  }
  .entry {
    flex: 1;
    display: flex;
    align-items: center;
    min-inline-size: 0;
  }
  .entry .room {
    flex: 1;
    min-inline-size: 0;
  }
  .entry:hover {
    border-radius: 10px;
    background: var(--surface-soft);
  }
  @media (hover: hover) {
    .entry:not(:hover, :focus-within) homeroom-chat-room-menu:not([open]) {
      opacity: 0;
    }
  }
  .rooms .rooms {
    margin-inline-start: 1.15rem;
    padding: 0 0 0.3rem 0.35rem;
    border-inline-start: 2px solid var(--line);
  }
  .space {
    display: flex;
    align-items: center;
  }
  .space .avatar {
    border-radius: 50%;
  }
  .fold svg {
    transition: rotate 0.15s;
  }
  .fold:dir(rtl) svg {
    scale: -1 1;
  }
  .fold[aria-expanded="true"] svg {
    rotate: 90deg;
  }
  @media (prefers-reduced-motion: reduce) {
    .fold svg {
      transition: none;
    }
  }
  .left {
    padding: 0.3rem 0;
    border-block-start: 1px solid var(--line);
  }
  .left summary {
    padding: 0.45rem 0.9rem;
    color: var(--ink-soft);
    font-size: 0.86rem;
    cursor: pointer;
  }
  .count {
    display: none;
  }
  .about {
    flex: 1;
    display: grid;
    gap: 0.05rem;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
    min-inline-size: 0;
  }
  .name {
    flex: 1;
    font-weight: 600;
    font-size: 0.95rem;
  }
  .time {
    flex: none;
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-weight: 450;
  }
  .latest {
    flex: 1;
    color: var(--ink-soft);
    font-size: 0.86rem;
  }
  .unread .latest {
    color: var(--ink);
  }
  .badge {
    flex: none;
    min-inline-size: 1.25rem;
    padding: 0.05rem 0.35rem;
    border-radius: 999px;
    background: var(--accent);
    color: var(--surface);
    font: 700 0.75rem/1.3 var(--font-text);
    text-align: center;
  }
  .badge.dot {
    min-inline-size: 0.7rem;
    inline-size: 0.7rem;
    block-size: 0.7rem;
    padding: 0;
  }
  .muted {
    flex: none;
    align-self: center;
    display: inline-grid;
    color: var(--ink-soft);
  }
  .muted svg {
    inline-size: 0.95rem;
    block-size: 0.95rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .badge.loud {
    background: var(--warn);
  }
  .invites {
    display: grid;
    gap: 0.4rem;
    padding: 0.1rem 0.6rem 0.5rem;
  }
  .invitation {
    display: flex;
    gap: 0.65rem;
    padding: 0.6rem;
    border: 1px solid var(--accent);
    border-radius: 12px;
    background: var(--accent-soft);
    font-size: 0.92rem;
    line-height: 1.4;
  }
  .invitation homeroom-address {
    font-size: 0.88rem;
  }
  .invitation .row {
    margin-block-start: 0.4rem;
  }
  .empty {
    padding: 1.5rem 1rem;
    color: var(--ink-soft);
    font-size: 0.92rem;
    text-align: center;
  }

  :host([manner="lines"]) .avatar,
  :host([manner="lines"]) .time {
    display: none;
  }
  :host([manner="lines"]) .count {
    display: inline;
    flex: none;
    min-inline-size: 1.4em;
    color: var(--ink-soft);
    text-align: end;
  }
  :host([manner="lines"]) :is(.room, .top h3, .name, .latest, .badge, .invitation, button, .empty) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.84rem;
    text-align: start;
  }
  :host([manner="lines"]) .rooms {
    padding: 0;
  }
  :host([manner="lines"]) .room {
    min-block-size: 2rem;
    padding: 0.2rem 0.7rem;
  }
  :host([manner="lines"]) .badge {
    padding: 0;
    background: none;
    color: var(--sealed);
  }
  :host([manner="lines"]) .badge::before {
    content: "(";
  }
  :host([manner="lines"]) .badge::after {
    content: ")";
  }
  :host([manner="lines"]) .badge.dot {
    inline-size: auto;
    block-size: auto;
  }
  :host([manner="lines"]) .badge.dot::before {
    content: "(*";
  }
  :host([manner="lines"]) .invites {
    padding: 0;
  }
  :host([manner="lines"]) .invitation {
    border-width: 0 0 0 3px;
  }
`;
