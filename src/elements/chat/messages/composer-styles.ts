import { css } from "lit";

export const composerStyles = css`

  :host {
    display: block;
  }
  form {
    position: relative;
    display: flex;
    align-items: flex-end;
    gap: 0.25rem;
    padding: 0.25rem 0.4rem 0.25rem 0.25rem;
    border-block-start: 1px solid var(--line);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    max-block-size: 9rem;
    padding: 0.45rem 0.6rem;
    border: 0;
    border-radius: 9px;
    background: none;
    color: var(--ink);
    font: 400 1rem/1.35 var(--font-text);
    resize: none;
    overflow-y: auto;
  }
  @media (pointer: fine) {
    textarea {
      font-size: 0.95rem;
    }
  }
  textarea:focus-visible {
    outline-width: 2px;
    outline-offset: -2px;
  }
  /* Only with both does a browser say by an ellipsis that it cuts the words. */
  textarea:placeholder-shown {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  textarea::placeholder {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink-soft);
    opacity: 1;
  }
  .send {
    border: 0;
    background: none;
    color: var(--accent);
  }
  .send:disabled {
    color: var(--ink-soft);
  }
  .note {
    padding: 0.6rem 0.9rem;
    border-block-start: 1px solid var(--line);
    color: var(--ink-soft);
    font-size: 0.88rem;
    text-align: center;
  }
  .prompt {
    display: none;
  }
  :host([manner="lines"]) :is(form, textarea, .send, .note) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.86rem;
  }
  :host([manner="lines"]) .prompt {
    display: block;
    flex: none;
    max-inline-size: 40%;
    padding: 0.45rem 0 0.45rem 0.5rem;
    color: var(--accent);
    font: 600 0.86rem/1.35 var(--font-wire);
  }
  @media (pointer: coarse) {
    textarea {
      min-block-size: 2.75rem;
      padding-block: 0.65rem;
    }
  }
  .above {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.3rem 0.4rem 0.2rem 0.9rem;
    border-block-start: 1px solid var(--line);
    color: var(--ink-soft);
    font-size: 0.84rem;
  }
  .above > span {
    flex: 1;
    display: grid;
    min-inline-size: 0;
    padding-inline-start: 0.5rem;
    border-inline-start: 3px solid var(--accent);
  }
  .above strong {
    color: var(--ink);
    font-weight: 600;
  }
  .above + form,
  .tray + form {
    border: 0;
  }
  .tray {
    display: grid;
    gap: 0.3rem;
    max-block-size: 11rem;
    padding: 0.4rem 0.4rem 0 0.9rem;
    border-block-start: 1px solid var(--line);
    overflow-y: auto;
  }
  .attached {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    min-inline-size: 0;
    font-size: 0.86rem;
  }
  .attached > :is(img, svg) {
    flex: none;
    inline-size: 2.2rem;
    block-size: 2.2rem;
    border-radius: 6px;
    object-fit: cover;
  }
  .attached > svg {
    padding: 0.4rem;
    background: var(--surface-soft);
    fill: none;
    stroke: var(--ink-soft);
    stroke-width: 1.8;
  }
  .attached .about {
    flex: 1 1 6rem;
    display: grid;
    min-inline-size: 0;
  }
  .attached small {
    color: var(--ink-soft);
  }
  .attached .wrong-words {
    flex-basis: 100%;
    margin: 0;
  }
  .mentions {
    position: absolute;
    inset-block-end: calc(100% + 2px);
    inset-inline: 0.4rem;
    z-index: 5;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 18%);
  }
  .mentions li {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.25rem;
    padding: 0.15rem 0.5rem;
    border-radius: 8px;
    font-size: 0.92rem;
    cursor: pointer;
  }
  .mentions li[aria-selected="true"] {
    background: var(--accent-soft);
  }
  .mentions small {
    flex: 1;
    color: var(--ink-soft);
    text-align: end;
  }
  .tool {
    align-self: flex-end;
    block-size: 2.25rem;
  }
  @media (pointer: coarse) {
    .tool {
      inline-size: 2.4rem;
      block-size: 2.75rem;
    }
  }
  :host([manner="lines"]) :is(.above, .attached, .mentions, .mentions li) {
    border-radius: 0;
    font-family: var(--font-wire);
  }
`;
