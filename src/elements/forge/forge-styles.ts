import { css } from "lit";

export const forgeStyles = css`
  :host {
    --look: var(--ink);
    display: block;
    box-sizing: border-box;
    block-size: 100%;
    overflow: auto;
    background: var(--surface);
    color: var(--ink);
    font: 400 0.8125rem / 1.4 var(--font-text);
  }
  .empty {
    margin: 0;
    padding: 1.5rem;
    text-align: center;
    color: var(--ink-soft);
  }
  form {
    display: grid;
    gap: 10px;
    padding: 12px 14px 16px;
  }
  h2,
  h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    font: 700 0.9375rem / 1.3 var(--font-text);
    color: var(--look);
  }
  h3 {
    margin-block-end: 4px;
    font-size: 0.8125rem;
    color: var(--ink);
  }
  .symbol {
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  label {
    display: grid;
    gap: 3px;
    min-inline-size: 0;
  }
  label span {
    font-weight: 600;
    font-size: 0.75rem;
  }
  select {
    inline-size: 100%;
    min-inline-size: 0;
    text-overflow: ellipsis;
  }
  textarea {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 7rem;
    margin: 0;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: 9px;
    background: var(--wire-paper);
    color: var(--wire-ink);
    font: 400 0.75rem / 1.5 var(--font-wire);
    resize: vertical;
  }
  /* Under the map there is little height: the button stays in sight below a lower text. */
  @media (max-height: 60rem) {
    textarea {
      block-size: 9rem;
    }
    .send {
      position: sticky;
      inset-block-end: 10px;
      background: var(--surface);
      /* What scrolls under it is not seen below it. */
      box-shadow: 0 0 0 10px var(--surface);
    }
  }
  textarea[aria-invalid="true"] {
    border-color: var(--warn);
  }
  .fault {
    margin: 0;
    color: var(--warn);
    font-weight: 600;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    gap: 8px;
  }
  .send {
    justify-content: center;
    border-color: var(--warn);
    color: var(--warn);
  }
  ul {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    position: relative;
    padding-inline-start: 18px;
    overflow-wrap: anywhere;
  }
  li::before {
    position: absolute;
    inset-inline-start: 0;
    content: "✕" / "";
    color: var(--warn);
    font-weight: 700;
  }
  li:is(.stored, .known)::before {
    content: "✓" / "";
    color: var(--good);
  }
  li.waits::before {
    content: "…" / "";
    color: var(--ink-soft);
  }
`;
