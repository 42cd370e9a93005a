import { css } from "lit";

/** For the dark panel of the wire: colours that stand on `--wire-paper` in both themes. */
export const jsonViewStyles = css`
  :host {
    --look: var(--wire-ink);
    display: block;
    color: var(--wire-ink);
    font: 400 0.78125rem / 1.65 var(--font-wire);
  }
  .row {
    position: relative;
    padding: 0 8px;
    border-radius: 5px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    cursor: default;
  }
  .row[aria-expanded],
  .row:has(.fold) {
    cursor: pointer;
  }
  .row:hover {
    background: rgb(255 255 255 / 0.05);
  }
  .row:focus-visible {
    outline: 2px solid #a594ff;
    outline-offset: -2px;
    background: rgb(255 255 255 / 0.08);
  }
  .key {
    color: #bfb0ff;
  }
  .key.explained {
    text-decoration: underline dotted color-mix(in srgb, currentColor 55%, transparent);
    text-underline-offset: 3px;
  }
  .string {
    color: #8be0b0;
  }
  .address {
    color: var(--look);
  }
  .number {
    color: #ffc98a;
  }
  .word {
    color: #ff9fc2;
  }
  .mark,
  .fold {
    color: #a9a4bb;
  }
  .fold {
    font-style: normal;
  }
  .secret {
    letter-spacing: 0.08em;
    color: #ffce6b;
  }
  @media (pointer: coarse) {
    .row {
      padding-block: 5px;
    }
  }
`;
