import { css } from "lit";
import { unseenStyles } from "../button-styles.ts";

/** Buttons, fields and what only screen readers get, as the stage's elements share them. */
export const controlStyles = css`
  ${unseenStyles}
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    min-block-size: 32px;
    padding: 0.25em 0.75em;
    border: 1px solid var(--line);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: 600 0.8125rem / 1.3 var(--font-text);
    cursor: pointer;
    white-space: nowrap;
  }
  .button:hover:not(:disabled) {
    border-color: color-mix(in srgb, var(--ink-soft) 60%, var(--line));
    background: var(--surface-soft);
  }
  .button:disabled {
    color: var(--ink-soft);
    cursor: not-allowed;
    opacity: 0.65;
  }
  .button[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent);
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  @media (pointer: coarse) {
    .button {
      min-block-size: 44px;
    }
  }
`;
