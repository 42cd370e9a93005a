import { css } from "lit";

export const stepStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    background: var(--paper);
    color: var(--ink);
    font: 400 1rem/1.55 var(--font-text);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  section {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 1.6rem 1.6rem 1rem;
    outline: none;
  }
  .foot {
    container-type: inline-size;
    padding: 0.6rem 1.6rem 1.1rem;
  }
  @media (max-width: 66rem) {
    .scroll,
    .foot {
      padding-inline: 1.25rem;
    }
  }
  .kicker {
    margin: 0;
    color: var(--accent);
    font-weight: 600;
    font-size: 0.78rem;
    letter-spacing: 0.07em;
    text-transform: uppercase;
  }
  h1 {
    margin: 0.55rem 0 0.9rem;
    font: 700 1.75rem/1.15 var(--font-head);
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: break-word;
    outline: none;
  }
  .prose > :first-child {
    margin-block-start: 0;
  }
  .prose p,
  .prose ul,
  .prose ol {
    margin: 0 0 0.8rem;
    text-wrap: pretty;
  }
  .prose a {
    color: var(--accent);
  }
  code {
    font: 500 0.88em var(--font-wire);
    overflow-wrap: anywhere;
  }
  .whole {
    white-space: nowrap;
  }
  .whole > homeroom-address {
    white-space: normal;
  }
  .card {
    margin: 0.9rem 0;
    padding: 0.85rem 1rem 0.95rem;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
  }
  .card h2 {
    margin: 0 0 0.5rem;
    font: 650 0.95rem/1.4 var(--font-text);
  }
  .goals {
    display: grid;
    gap: 0.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.95rem;
    line-height: 1.45;
  }
  .goals li,
  legend {
    display: flex;
    gap: 0.6rem;
    min-inline-size: 0;
  }
  .goals li > span:last-child {
    min-inline-size: 0;
  }
  .tick {
    flex: none;
    display: grid;
    inline-size: 1.3rem;
    block-size: 1.3rem;
    margin-block-start: 0.02rem;
    border: 1.5px solid var(--line);
    border-radius: 6px;
    background: var(--surface);
  }
  .open .tick,
  legend .tick {
    border-color: color-mix(in srgb, var(--ink-soft), transparent 35%);
  }
  .next .tick {
    border: 1.5px dashed var(--accent);
  }
  .met .tick {
    border-color: var(--good);
    background: var(--good);
    color: var(--surface);
  }
  .tick svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 2.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (prefers-reduced-motion: no-preference) {
    .met .tick {
      animation: tick 0.35s ease-out;
    }
    @keyframes tick {
      40% {
        transform: scale(1.25);
      }
    }
  }
  .note,
  .miss,
  .hint {
    margin: 0.7rem 0;
    padding: 0.1rem 0 0.1rem 0.85rem;
    border-inline-start: 3px solid var(--accent);
    color: var(--ink-soft);
    font-size: 0.93rem;
    line-height: 1.5;
  }
  .miss {
    scroll-margin-block: 1.5rem;
    display: flex;
    gap: 0.6rem;
    border-color: var(--warn);
    color: var(--ink);
  }
  .miss svg {
    flex: none;
    margin-block-start: 0.12rem;
    color: var(--warn);
  }
  .quiz {
    min-inline-size: 0;
    padding-block-start: 0.85rem;
  }
  legend {
    float: inline-start;
    inline-size: 100%;
    margin-block-end: 0.6rem;
    padding: 0;
    font-weight: 600;
    font-size: 0.95rem;
    line-height: 1.45;
  }
  .answer {
    clear: both;
    display: flex;
    gap: 0.6rem;
    align-items: flex-start;
    margin-block: 0.35rem;
    padding: 0.45rem 0.6rem;
    border: 1px solid var(--line);
    border-radius: 9px;
    font-size: 0.93rem;
    line-height: 1.4;
    cursor: pointer;
  }
  .answer:hover {
    border-color: var(--ink-soft);
  }
  .answer.right {
    border-color: var(--good);
  }
  .answer.wrong {
    border-color: var(--warn);
  }
  .answer:has(:focus-visible) {
    outline: 3px solid var(--accent);
    outline-offset: 1px;
  }
  .answer input {
    flex: none;
    inline-size: 1.05rem;
    block-size: 1.05rem;
    margin: 0.12rem 0 0;
    accent-color: var(--accent);
    outline: none;
  }
  .feedback p {
    margin: 0.6rem 0 0;
    font-size: 0.93rem;
    line-height: 1.5;
  }
  .feedback .right strong {
    color: var(--good);
  }
  .feedback .wrong strong {
    color: var(--warn);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.6rem;
  }
  .row.small {
    gap: 0.2rem 1rem;
    margin-block-end: 0.55rem;
  }
  .main > .back {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 0.35rem;
    /* Where there is no room for its word, the word goes to a second line, which is not seen. */
    flex: 1 1 2.5rem;
    max-inline-size: max-content;
    min-inline-size: 2.5rem;
    block-size: 2.5rem;
    overflow: hidden;
    padding-inline: 0.6rem;
    line-height: 2.4rem;
    padding-block: 0;
  }
  .back svg {
    inline-size: 0.5rem;
    block-size: 2.4rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .back svg:dir(rtl) {
    scale: -1 1;
  }
  @container (max-width: 21rem) {
    .main,
    .forward {
      gap: 0.5rem 0.3rem;
    }
    .main button:not(.back, .text) {
      padding-inline: 0.7rem;
    }
  }
  .forward {
    display: flex;
    gap: 0.5rem;
    margin-inline-start: auto;
  }
  button,
  summary {
    min-block-size: 2.5rem;
    padding: 0.35rem 0.95rem;
    border-radius: 10px;
    font: 600 0.93rem/1.3 var(--font-text);
  }
  summary {
    border: 1px solid var(--line);
    background: var(--surface);
    cursor: pointer;
  }
  .primary {
    border-color: transparent;
    background: var(--ink);
    color: var(--paper);
  }
  .primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--ink), var(--accent) 35%);
  }
  .primary:disabled {
    background: color-mix(in srgb, var(--ink-soft), transparent 45%);
    color: var(--paper);
  }
  .stop {
    border-color: var(--accent);
    color: var(--accent);
  }
  .text {
    min-block-size: 1.75rem;
    padding: 0.2rem 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--ink-soft);
    font-weight: 500;
    font-size: 0.85rem;
  }
  .text:hover:not(:disabled) {
    color: var(--ink);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .skip {
    padding-inline: 0.4rem;
    font-size: 0.93rem;
  }
  .hint-button {
    color: var(--accent);
    font-weight: 600;
    font-size: 0.9rem;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .more {
    position: relative;
    margin-inline-start: auto;
  }
  summary {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    list-style: none;
    letter-spacing: 0.08em;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .menu {
    position: absolute;
    inset-block-end: calc(100% + 4px);
    inset-inline-end: 0;
    z-index: 3;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 18%);
  }
  .menu button {
    border: 0;
    white-space: nowrap;
  }
  .menu button:hover:not(:disabled) {
    background: var(--surface-soft);
  }
  .busy,
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    margin: 0 0 0.6rem;
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  .trouble {
    color: var(--warn);
  }
  .asking {
    padding: 0.9rem 1rem;
    border: 1px solid var(--accent);
    border-radius: 14px;
    background: var(--accent-soft);
    font-size: 0.95rem;
  }
  .asking p {
    margin: 0 0 0.75rem;
  }
`;
