import { css } from "lit";
import { buttonStyles, primaryStyles, unseenStyles } from "../button-styles.ts";
import { lookStyles } from "../server-look.ts";

/** What all parts of a chat share: buttons, fields, avatars, and the hidden words for screen readers. */
export const chatStyles = [
  lookStyles,
  unseenStyles,
  buttonStyles,
  primaryStyles,
  css`
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    [hidden] {
      display: none !important;
    }
    h2,
    h3 {
      margin: 0;
      font: 650 1rem/1.35 var(--font-text);
      letter-spacing: -0.005em;
    }
    p {
      margin: 0;
    }
    ul,
    ol {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    button {
      min-block-size: 2.25rem;
      padding: 0.3rem 0.85rem;
      font: 600 0.9rem/1.3 var(--font-text);
    }
    .danger {
      color: var(--warn);
    }
    .plain {
      min-block-size: 1.75rem;
      padding: 0.15rem 0.3rem;
      border: 0;
      border-radius: 5px;
      background: none;
      color: var(--accent);
      font-weight: 550;
    }
    .plain:hover:not(:disabled) {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    .icon {
      display: inline-grid;
      place-items: center;
      flex: none;
      inline-size: 2.1rem;
      block-size: 2.1rem;
      min-block-size: 0;
      padding: 0;
      border: 0;
      border-radius: 8px;
      background: none;
      color: var(--ink-soft);
    }
    .icon:hover:not(:disabled) {
      background: var(--surface-soft);
      color: var(--ink);
    }
    .icon svg {
      inline-size: 1.15rem;
      block-size: 1.15rem;
      fill: none;
      stroke: currentColor;
      stroke-width: 2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    :focus-visible {
      outline: 2.5px solid var(--accent);
      outline-offset: 1px;
    }
    label {
      display: block;
      margin-block-end: 0.25rem;
      font-weight: 600;
      font-size: 0.85rem;
    }
    .field {
      display: flex;
      align-items: center;
      min-inline-size: 0;
      border: 1px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
      border-radius: 9px;
      background: var(--surface);
      overflow: clip;
      overflow-clip-margin: 4px;
    }
    .field:has(input:focus-visible, textarea:focus-visible) {
      outline: 2.5px solid var(--accent);
      outline-offset: 0;
    }
    .field.wrong {
      border-color: var(--warn);
    }
    .field input,
    .field textarea {
      flex: 1;
      min-inline-size: 0;
      min-block-size: 2.4rem;
      padding: 0.4rem 0.7rem;
      border: 0;
      border-radius: 9px;
      background: none;
      color: var(--ink);
      font: 400 1rem/1.4 var(--font-text);
      outline: none;
    }
    .field input::placeholder,
    .field textarea::placeholder {
      color: var(--ink-soft);
      opacity: 1;
    }
    .field input[readonly] {
      color: var(--ink-soft);
    }
    .wire {
      font-family: var(--font-wire) !important;
      font-size: 0.92rem !important;
    }
    .said {
      margin-block-start: 0.3rem;
      color: var(--ink-soft);
      font-size: 0.83rem;
      line-height: 1.4;
    }
    .wrong-words {
      margin-block-start: 0.35rem;
      color: var(--warn);
      font-size: 0.87rem;
      font-weight: 550;
      line-height: 1.4;
    }
    .avatar {
      flex: none;
      display: inline-grid;
      place-items: center;
      inline-size: 1.65rem;
      block-size: 1.65rem;
      border-radius: 7px;
      background: var(--look, var(--ink-soft));
      color: var(--surface);
      font: 700 0.82rem/1 var(--font-text);
      overflow: clip;
      user-select: none;
    }
    .avatar.tiny {
      inline-size: 1rem;
      block-size: 1rem;
      border-radius: 4px;
      font-size: 0.6rem;
    }
    .avatar.big {
      inline-size: 2.4rem;
      block-size: 2.4rem;
      border-radius: 10px;
      font-size: 1.1rem;
    }
    .named {
      overflow-wrap: anywhere;
      unicode-bidi: isolate;
    }
    .one-line {
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }
    @media (pointer: coarse) {
      button {
        min-block-size: 2.75rem;
      }
      .icon {
        inline-size: 2.75rem;
        block-size: 2.75rem;
      }
      .plain {
        min-block-size: 2.25rem;
      }
    }
  `,
];
