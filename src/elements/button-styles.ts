import { css } from "lit";

/** What only screen readers get. */
export const unseenStyles = css`
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** How buttons look; each view says how large its own are. */
export const buttonStyles = css`
  button {
    border: 1px solid var(--line);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--ink-soft);
  }
  button:disabled {
    color: color-mix(in srgb, var(--ink-soft), transparent 30%);
    cursor: default;
  }
`;

/** The one button that leads on, in the accent's colour. */
export const primaryStyles = css`
  .primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--surface);
  }
  .primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent), var(--ink) 25%);
  }
  .primary:disabled {
    background: color-mix(in srgb, var(--ink-soft), transparent 60%);
    color: var(--surface);
  }
`;
