import { css } from "lit";

/** What stands around a message: its tools, what it answers, reactions, its thread. */
export const messageToolsStyles = css`
  .message {
    position: relative;
  }
  .tools {
    align-self: center;
    opacity: 0;
  }
  .message:hover .tools,
  .tools:is(:focus-visible, [aria-expanded="true"]) {
    opacity: 1;
  }
  .message.own .tools {
    order: -1;
  }
  .line .tools {
    float: inline-end;
    inline-size: 1.4rem;
    block-size: 1.4rem;
  }
  .line:hover .tools {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .tools {
      inline-size: 1.9rem;
    }
    .message .tools {
      opacity: 0.55;
    }
  }
  .quote {
    display: grid;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    margin-block: 0.1rem 0.35rem;
    padding: 0.25rem 0.5rem;
    border: 0;
    border-inline-start: 3px solid var(--look, var(--ink-soft));
    border-radius: 5px;
    background: color-mix(in srgb, var(--surface), transparent 35%);
    color: var(--ink-soft);
    font: 400 0.84rem/1.35 var(--font-text);
    text-align: start;
  }
  .quote .sender {
    margin: 0;
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
    margin-block: 3px 2px;
  }
  .own .reactions {
    justify-content: end;
  }
  .reaction {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
    max-inline-size: 12rem;
    min-block-size: 1.6rem;
    padding: 0 0.5rem;
    border-radius: 999px;
    font: 550 0.8rem/1.2 var(--font-text);
  }
  .reaction[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .reaction:disabled {
    color: var(--ink-soft);
  }
  .reaction .key {
    min-inline-size: 0;
    font-size: 1rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .thread {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 0.4rem;
    max-inline-size: 100%;
    min-block-size: 1.9rem;
    margin-block: 3px 2px;
    padding: 0.15rem 0.6rem 0.15rem 0.45rem;
    border-radius: 10px;
    font: 450 0.82rem/1.3 var(--font-text);
  }
  .thread svg {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .thread .count {
    flex: none;
    color: var(--accent);
    font-weight: 600;
  }
  .thread :is(.latest, .at) {
    color: var(--ink-soft);
  }
  .thread .latest {
    flex: 1 1 3rem;
    text-align: start;
  }
  .thread .at {
    flex: none;
    font-size: 0.75rem;
  }
  .badge {
    flex: none;
    padding: 0.1rem 0.45rem;
    border-radius: 999px;
    background: var(--ink-soft);
    color: var(--surface);
    font-weight: 650;
    font-size: 0.74rem;
  }
  .badge.loud {
    background: var(--accent);
  }
  button.edited {
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    font-size: 0.78em;
  }
  button.edited:hover {
    text-decoration: underline;
  }
  .caption {
    margin-block-start: 0.3rem;
  }
  .entry.found .bubble,
  .entry.found .line {
    outline: 2.5px solid var(--accent);
    outline-offset: 1px;
  }
  .message-menu {
    position: absolute;
    inset: 0 auto auto 0;
    z-index: 5;
    display: grid;
    min-inline-size: 11rem;
    max-inline-size: calc(100% - 12px);
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 22%);
  }
  .message-menu > button {
    min-block-size: 2.2rem;
    border: 0;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .message-menu button:is(:hover, :focus-visible) {
    background: var(--surface-soft);
  }
  .quick {
    display: flex;
    gap: 1px;
    margin-block-end: 4px;
    padding-block-end: 4px;
    border-block-end: 1px solid var(--line);
  }
  .quick button {
    flex: 1;
    inline-size: 2.1rem;
    min-block-size: 2.1rem;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    font-size: 1.15rem;
  }
  .quick button[aria-checked="true"] {
    background: var(--accent-soft);
  }
  .uploads {
    display: grid;
    gap: 0.35rem;
    padding-block: 0.3rem;
  }
  .upload {
    display: grid;
    grid-template: auto auto / minmax(0, 1fr) auto;
    gap: 0.1rem 0.6rem;
    color: var(--ink-soft);
    font-size: 0.82rem;
  }
  .upload progress {
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 6px;
    accent-color: var(--accent);
  }
  @media (pointer: coarse) {
    .message-menu > button,
    .quick button {
      min-block-size: 2.75rem;
    }
    .reaction {
      min-block-size: 2rem;
    }
  }
  :host([manner="lines"]) :is(.message-menu, .message-menu button, .reaction, .thread, .quote) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.86rem;
  }
`;
