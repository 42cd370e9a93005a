import { css } from "lit";
import { buttonStyles, primaryStyles, unseenStyles } from "../button-styles.ts";
import { lookStyles } from "../server-look.ts";

export const addressStyles = [
  lookStyles,
  unseenStyles,
  buttonStyles,
  primaryStyles,
  css`
    :host {
      display: block;
      block-size: 100%;
      min-block-size: 0;
      overflow-y: auto;
      color: var(--ink);
      font: 400 1rem/1.5 var(--font-text);
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    section {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr));
      align-items: start;
      gap: 0.8rem;
      padding: 0.8rem;
    }
    p {
      margin: 0;
    }
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.6rem;
      padding: 0.8rem 0.9rem 0.9rem;
      border: 1px solid var(--line);
      border-radius: 14px;
      background: var(--surface);
    }
    label {
      font-weight: 600;
      font-size: 0.9rem;
    }
    textarea {
      inline-size: 100%;
      min-block-size: 2.75rem;
      padding: 0.6rem 0.75rem;
      border: 1.5px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
      border-radius: 10px;
      background: var(--surface);
      color: var(--ink);
      font: 500 1rem/1.4 var(--font-wire);
      overflow: hidden;
      overflow-wrap: anywhere;
      resize: none;
    }
    textarea::placeholder {
      color: var(--ink-soft);
      opacity: 1;
    }
    .whole textarea {
      border-color: var(--good);
    }
    .faulty textarea {
      border-color: var(--warn);
    }
    :focus-visible {
      outline: 3px solid var(--accent);
      outline-offset: 1px;
    }
    .said:empty,
    .answer:empty {
      display: none;
    }
    .where {
      max-block-size: 6rem;
      margin-block-end: 0.55rem;
      color: var(--ink-soft);
      font: 500 0.95rem/1.9 var(--font-wire);
      overflow: clip;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      unicode-bidi: isolate;
    }
    .where mark {
      position: relative;
      padding: 0.1em 0.05em;
      border-radius: 3px;
      background: color-mix(in srgb, var(--warn), transparent 82%);
      color: var(--warn);
      font-weight: 700;
    }
    .where mark::after {
      position: absolute;
      inset-block-start: 82%;
      inset-inline-start: 50%;
      translate: -50%;
      content: "▲";
      font-size: 0.6rem;
      line-height: 1;
    }
    .wrong {
      color: var(--warn);
      font-size: 0.92rem;
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    .note {
      color: var(--ink-soft);
      font-size: 0.9rem;
    }
    .parts {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .part {
      display: grid;
      justify-items: center;
      align-content: start;
      max-inline-size: 100%;
    }
    .piece {
      max-inline-size: 100%;
      padding: 0.15rem 0.4rem;
      border-radius: 7px;
      background: var(--look-soft, var(--surface-soft));
      color: var(--look, var(--ink));
      font: 600 1rem/1.45 var(--font-wire);
      overflow-wrap: anywhere;
      unicode-bidi: isolate;
    }
    .sigil .piece {
      background: var(--accent-soft);
      color: var(--accent);
    }
    .type .piece {
      background: var(--accent-soft);
      color: var(--accent);
    }
    .wrapper .piece,
    .ignored .piece {
      color: var(--ink-soft);
      font-weight: 450;
    }
    .ignored .piece {
      text-decoration: line-through;
    }
    :is(.colon, .separator) .piece {
      padding-inline: 0.15rem;
      background: none;
    }
    .names {
      display: grid;
      justify-items: center;
      margin-block-start: 0.15rem;
      padding-inline: 0.25rem;
      color: var(--ink-soft);
      font-size: 0.72rem;
      line-height: 1.3;
      text-align: center;
    }
    .names b {
      color: var(--ink);
      font-weight: 600;
    }
    .colon .names {
      position: absolute;
      clip-path: inset(50%);
    }
    .lead {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.6rem;
    }
    .home {
      flex: 1 1 12rem;
      display: flex;
      align-items: center;
      gap: 0.6rem;
      min-inline-size: 0;
      font-size: 0.93rem;
    }
    .home p {
      min-inline-size: 0;
    }
    .house {
      flex: none;
      inline-size: 2.4rem;
      block-size: 2.4rem;
      fill: none;
      stroke: var(--look, var(--ink-soft));
      stroke-width: 2.2;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .walls {
      fill: var(--look-soft, none);
    }
    .house:has(.none) .walls {
      stroke-dasharray: 4 4;
    }
    button {
      min-block-size: 2rem;
      padding: 0.2rem 0.7rem;
      font: 600 0.85rem/1.3 var(--font-text);
    }
    .primary {
      min-block-size: 2.5rem;
      padding-inline: 1rem;
      font-size: 0.93rem;
    }
    .answer p {
      padding: 0.55rem 0.75rem;
      border-radius: 9px;
      background: var(--surface-soft);
      font-size: 0.93rem;
      overflow-wrap: anywhere;
    }
    .status {
      color: var(--ink-soft);
      font-size: 0.85em;
      font-weight: 400;
    }
    .equal summary {
      inline-size: fit-content;
      min-block-size: 1.5rem;
      color: var(--ink-soft);
      font-size: 0.85rem;
      cursor: pointer;
    }
    .equal ul {
      display: grid;
      gap: 0.45rem;
      margin: 0.4rem 0 0;
      padding: 0;
      list-style: none;
    }
    .equal li {
      display: grid;
      grid-template: "form copy" auto "text copy" auto / minmax(0, 1fr) auto;
      align-items: center;
      gap: 0.1rem 0.6rem;
      font-size: 0.88rem;
    }
    .form {
      grid-area: form;
      color: var(--ink-soft);
      font-size: 0.78rem;
    }
    .equal :is(code, homeroom-address) {
      grid-area: text;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    code {
      font: 500 0.86rem/1.45 var(--font-wire);
    }
    .equal button {
      grid-area: copy;
    }
    :is(textarea, .piece, .where, code) {
      font-variant-ligatures: none;
    }
    @media (pointer: coarse) {
      button,
      .equal summary {
        min-block-size: 2.75rem;
      }
    }
  `,
];
