import { css } from "lit";

/** The wire's panel is dark in both themes: colours inside it are those of the dark one. */
export const inspectorStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    color-scheme: dark;
    font: 400 0.875rem / 1.5 var(--font-text);
  }
  .panel {
    --look: var(--wire-ink);
    --ink: var(--wire-ink);
    position: relative;
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 0;
    border-radius: var(--radius);
    background: var(--wire-paper);
    color: var(--wire-ink);
    overflow: hidden;
  }
  header {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 9px 10px 9px 16px;
    border-block-end: 1px solid rgb(255 255 255 / 0.12);
  }
  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font: 600 0.875rem / 1.4 var(--font-text);
    overflow-wrap: anywhere;
  }
  h2 .symbol {
    inline-size: 18px;
    block-size: 18px;
    vertical-align: -3px;
    margin-inline-end: 4px;
    fill: none;
    stroke: var(--look);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .host {
    color: var(--look);
    font-weight: 650;
  }
  .arrow {
    color: #a9a4bb;
  }
  h3 {
    margin: 14px 0 4px;
    font: 600 0.75rem / 1.4 var(--font-text);
    color: #b9b4cb;
  }
  .status {
    font: 600 0.8125rem / 1.4 var(--font-wire);
    color: #b9b4cb;
    white-space: nowrap;
  }
  .status.good {
    color: #8be0b0;
  }
  .status.bad,
  .bad {
    color: #ffa98a;
  }
  .status.waiting {
    color: #ffc98a;
  }
  .tools,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .tools {
    flex-wrap: nowrap;
  }
  .tool,
  [role="tab"] {
    min-block-size: 28px;
    padding: 3px 10px;
    border: 1px solid rgb(255 255 255 / 0.2);
    border-radius: 8px;
    background: none;
    color: var(--wire-ink);
    font: 600 0.75rem / 1.3 var(--font-text);
    cursor: pointer;
  }
  .tool:hover:not(:disabled) {
    background: rgb(255 255 255 / 0.1);
  }
  .tool[aria-pressed="true"] {
    border-color: #ffce6b;
    color: #ffce6b;
  }
  .tool:disabled {
    opacity: 0.4;
    cursor: not-allowed;
  }
  .tool.mark {
    display: grid;
    place-items: center;
    padding: 3px 6px;
  }
  .tool.mark svg {
    display: block;
    inline-size: 14px;
    block-size: 14px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :focus-visible {
    outline-color: #a594ff;
  }
  .scroll {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    padding: 12px 16px 16px;
    scrollbar-width: thin;
  }
  .line {
    margin: 0;
    font: 500 0.8125rem / 1.6 var(--font-wire);
    overflow-wrap: anywhere;
  }
  .method {
    color: #bfb0ff;
    font-family: var(--font-wire);
  }
  .part {
    color: #8be0b0;
    border-radius: 3px;
    text-decoration: underline dotted color-mix(in srgb, currentColor 55%, transparent);
    text-underline-offset: 3px;
  }
  .about {
    margin: 2px 0 6px;
    font: 400 0.78125rem / 1.55 var(--font-wire);
    color: #b3aec5;
    overflow-wrap: anywhere;
  }
  .specification {
    display: inline-block;
    margin-block-end: 10px;
    color: #bfb0ff;
    font-size: 0.78125rem;
    text-underline-offset: 3px;
  }
  .tabs {
    display: flex;
    gap: 2px;
    margin-block: 12px 8px;
    border-block-end: 1px solid rgb(255 255 255 / 0.14);
  }
  [role="tab"] {
    border: 0;
    border-radius: 6px 6px 0 0;
    border-block-end: 2px solid transparent;
    color: #b9b4cb;
  }
  [role="tab"][aria-selected="true"] {
    border-block-end-color: #bfb0ff;
    color: var(--wire-ink);
  }
  json-view {
    margin-inline: -8px;
  }
  dl {
    margin: 4px 0;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(7rem, 11rem) 1fr;
    gap: 2px 12px;
    padding-block: 2px;
  }
  dt,
  dd {
    margin: 0;
    font: 400 0.78125rem / 1.55 var(--font-wire);
    overflow-wrap: anywhere;
  }
  .key {
    color: #bfb0ff;
    border-radius: 3px;
  }
  .key.explained {
    text-decoration: underline dotted color-mix(in srgb, currentColor 55%, transparent);
    text-underline-offset: 3px;
  }
  .secret {
    color: #ffce6b;
  }
  .headers {
    margin-block-start: 12px;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    cursor: pointer;
    font: 600 0.75rem / 1.9 var(--font-text);
    color: #b9b4cb;
  }
  .note {
    margin: 10px 0 4px;
    font-size: 0.8125rem;
    color: #b9b4cb;
  }
  .note.bad {
    color: #ffa98a;
  }
  .text {
    margin: 0;
    max-block-size: 20rem;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    font: 400 0.78125rem / 1.6 var(--font-wire);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .copies li::before {
    content: "✓ ";
    color: #8be0b0;
  }
  .copies li.bad::before {
    content: "✕ ";
    color: #ffa98a;
  }
  .empty > p:first-child {
    margin: 4px 0 0;
  }
  .requests button {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 10px;
    inline-size: calc(100% + 16px);
    margin-inline: -8px;
    padding: 6px 8px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--wire-ink);
    text-align: start;
    cursor: pointer;
  }
  .requests button:hover {
    background: rgb(255 255 255 / 0.08);
  }
  .request {
    font: 500 0.78125rem / 1.5 var(--font-wire);
    overflow-wrap: anywhere;
  }
  .way {
    grid-row: 2;
    font-size: 0.75rem;
    color: #b9b4cb;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    cursor: pointer;
    min-block-size: 24px;
    text-decoration: underline;
    text-underline-offset: 3px;
    text-decoration-color: var(--look);
  }
  .lodgers {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
  }
  .told {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 12px;
    margin: 0;
    padding: 7px 12px;
    border-radius: 9px;
    background: #8be0b0;
    color: #10231a;
    font: 600 0.8125rem / 1.4 var(--font-text);
    opacity: 0;
    pointer-events: none;
  }
  .told.shown {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .tool,
    [role="tab"],
    .link,
    summary {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;
