import { css } from "lit";

export const chatEntryStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: safe center;
    block-size: 100%;
    overflow-y: auto;
    container-type: inline-size;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    inline-size: min(100%, 25rem);
    margin-inline: auto;
    padding: 1.1rem 1.1rem 1.3rem;
  }
  h2 {
    font: 700 1.2rem/1.35 var(--font-head);
  }
  .affix {
    flex: none;
    padding-inline-start: 0.7rem;
    color: var(--ink-soft);
    font: 500 0.92rem var(--font-wire);
  }
  .affix.one-line {
    flex: 0 1 auto;
    max-inline-size: 55%;
    padding: 0 0.7rem 0 0;
  }
  .field {
    direction: ltr;
  }
  .field input[name="name"] {
    padding-inline-start: 0.15rem;
    padding-inline-end: 0.2rem;
  }
  .field .plain {
    margin-inline-end: 0.35rem;
  }
  .wrong-words:empty,
  .said:empty {
    display: none;
  }
  .send {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    font-size: 1rem;
  }
  .spin {
    inline-size: 1rem;
    block-size: 1rem;
    border: 2.5px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
  }
  @media (prefers-reduced-motion: no-preference) {
    .spin {
      animation: spin 0.9s linear infinite;
    }
    @keyframes spin {
      to {
        transform: rotate(1turn);
      }
    }
  }
  .practice,
  .note {
    padding: 0.6rem 0.8rem;
    border-radius: 9px;
    background: var(--surface-soft);
    font-size: 0.87rem;
    line-height: 1.45;
  }
  .other {
    color: var(--ink-soft);
    font-size: 0.9rem;
  }
  :host([manner="lines"]) :is(h2, label, button, .field, .practice, .said, .other, .note) {
    border-radius: 0;
    font-family: var(--font-wire);
  }
  :host([manner="lines"]) h2 {
    font-size: 1rem;
  }
  :host([manner="lines"]) form {
    margin-inline: 0;
    font-size: 0.88rem;
  }
  form > :is(.said, .wrong-words) {
    margin-block: -0.4rem 0;
  }
  /* In a low window the form is low, too, and its button never needs scrolling. */
  @media (max-height: 50rem) {
    :host {
      scroll-padding-block-end: 4rem;
    }
    form {
      gap: 0.5rem;
      padding-block: 0.6rem 0.7rem;
    }
    h2 {
      font-size: 1.05rem;
    }
    .send {
      position: sticky;
      inset-block-end: 0.5rem;
      z-index: 1;
      box-shadow: 0 0 0 0.5rem var(--surface);
    }
  }
`;
