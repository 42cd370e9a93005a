import { css } from "lit";

export const chairsStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    overflow: auto;
    container-type: size;
    background: var(--stage);
    color: var(--ink);
    font: 400 0.9rem/1.45 var(--font-text);
  }
  .chairs {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(12rem, 1fr);
    gap: 0.8rem;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 15rem;
  }
  section {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.1rem 0.6rem;
    padding: 0.7rem 0.9rem;
    border-block-end: 1px solid var(--line);
  }
  h3,
  h4 {
    margin: 0;
    font: 650 1rem/1.35 var(--font-text);
    overflow-wrap: anywhere;
  }
  h4 {
    font-size: 0.85rem;
  }
  .server {
    color: var(--look, inherit);
  }
  .size {
    white-space: nowrap;
  }
  .symbol {
    margin-inline-end: 0.4rem;
    vertical-align: -0.15em;
    inline-size: 1.1em;
    block-size: 1.1em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  header span,
  .facts,
  .none {
    color: var(--ink-soft);
    font-size: 0.82rem;
  }
  ol,
  ul {
    display: grid;
    gap: 0.5rem;
    align-content: start;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  ol {
    flex: 1;
    min-block-size: 5rem;
    padding: 0.8rem 0.9rem;
    overflow-y: auto;
  }
  /* Where it is low, the chairs take the height that they need, and all of them scroll together. */
  @container (max-height: 24rem) {
    .chairs {
      block-size: auto;
      min-block-size: 100%;
    }
    ol {
      max-block-size: 9rem;
    }
  }
  .card {
    display: block;
    inline-size: 100%;
    padding: 0.5rem 0.7rem;
    border: 1px solid var(--line);
    border-radius: 11px;
    background: var(--surface-soft);
    color: var(--ink);
    font: 400 0.92rem/1.4 var(--font-text);
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .card.said {
    inline-size: fit-content;
    max-inline-size: 90%;
  }
  .card.own {
    margin-inline-start: auto;
    background: var(--accent-soft);
  }
  .card:hover {
    border-color: var(--ink-soft);
  }
  .card.sealed {
    border-color: var(--sealed);
    background: repeating-linear-gradient(
      -45deg,
      transparent 0 6px,
      color-mix(in srgb, var(--sealed), transparent 86%) 6px 12px
    );
    color: var(--sealed);
    font: 500 0.78rem/1.5 var(--font-wire);
  }
  .card span {
    display: block;
  }
  :focus-visible {
    outline: 2.5px solid var(--accent);
    outline-offset: 1px;
  }
  footer {
    display: grid;
    gap: 0.35rem;
    padding: 0.7rem 0.9rem 0.9rem;
    border-block-start: 1px solid var(--line);
  }
  footer p {
    margin: 0;
  }
  .learns {
    color: var(--warn);
  }
  .never,
  .has {
    color: var(--good);
  }
  .lacks {
    color: var(--warn);
  }
  .session {
    padding: 0.1rem 0.4rem;
    border: 1px solid var(--line);
    border-radius: 7px;
    font: 500 0.78rem/1.5 var(--font-wire);
  }
`;
