import { css } from "lit";

export const chatMenuStyles = css`
  :host {
    position: relative;
    flex: none;
    display: block;
  }
  .wrong-words {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-end: 0;
    z-index: 4;
    inline-size: max-content;
    max-inline-size: 16rem;
    padding: 0.4rem 0.6rem;
    border: 1px solid var(--line);
    border-radius: 9px;
    background: var(--surface);
  }
  .wrong-words:empty {
    display: none;
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% + 2px);
    inset-inline-end: 0;
    z-index: 4;
    display: grid;
    inline-size: max-content;
    min-inline-size: 11rem;
    max-inline-size: 16rem;
    padding: 4px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 18%);
  }
  .menu button {
    min-block-size: 2.3rem;
    border: 0;
    text-align: start;
  }
  .menu button:is(:hover, :focus-visible) {
    background: var(--surface-soft);
  }
  .group {
    display: grid;
    margin-block-start: 4px;
    padding-block-start: 4px;
    border-block-start: 1px solid var(--line);
  }
  .group span {
    padding: 0.3rem 0.85rem 0.1rem;
    color: var(--ink-soft);
    font: 600 0.8rem/1.4 var(--font-text);
  }
  [role="menuitemradio"]::before {
    content: "";
    display: inline-block;
    inline-size: 0.55rem;
    block-size: 0.55rem;
    margin-inline-end: 0.55rem;
    border: 1.5px solid var(--ink-soft);
    border-radius: 50%;
  }
  [role="menuitemradio"][aria-checked="true"]::before {
    border-color: var(--accent);
    background: var(--accent);
  }
  @media (pointer: coarse) {
    .menu button {
      min-block-size: 2.75rem;
    }
  }
  :host([manner="lines"]) :is(.menu, .menu button, .group span, .wrong-words) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.86rem;
  }
`;
