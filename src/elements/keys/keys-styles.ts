import { css } from "lit";

export const keysStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 0;
    padding: 0.8rem 1rem 1.2rem;
    background: var(--surface);
    color: var(--ink);
    font: 400 0.9rem/1.45 var(--font-text);
    overflow: auto;
  }
  h3,
  h4 {
    margin: 1.1rem 0 0.5rem;
    font: 650 1rem/1.35 var(--font-text);
  }
  h4 {
    margin: 0 0 0.3rem;
    font-size: 0.88rem;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0 0 0.4rem;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  code {
    font: 500 0.92em var(--font-wire);
  }
  small {
    display: block;
    font-size: 0.82em;
  }
  .eyes {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-weight: 600;
  }
  button {
    min-block-size: 2rem;
    padding: 0.2rem 0.7rem;
    border: 1px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: 550 0.84rem/1.3 var(--font-text);
    cursor: pointer;
  }
  button:hover:enabled:not([aria-disabled]) {
    border-color: var(--ink);
  }
  button:is(:disabled, [aria-disabled]) {
    color: var(--ink-soft);
    cursor: default;
  }
  .renew {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.8rem;
    margin-block-start: 0.6rem;
  }
  .renew [role="status"] {
    color: var(--good);
    font-size: 0.86rem;
  }
  .claims {
    margin-block-start: 0.6rem;
    color: var(--ink-soft);
    font-size: 0.86rem;
  }
  select {
    min-block-size: 2.25rem;
    padding: 0.2rem 0.5rem;
    border: 1px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  .people,
  .boxes {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
    gap: 0.8rem;
  }
  .boxes {
    grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
  }
  section {
    min-inline-size: 0;
    padding: 0.7rem 0.8rem;
    overflow-wrap: anywhere;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .verified {
    border-color: var(--good);
  }
  .changed {
    border-color: var(--warn);
  }
  .verified .standing,
  .good {
    color: var(--good);
  }
  .changed .standing,
  .open {
    color: var(--warn);
  }
  .unverified .standing,
  .none {
    color: var(--ink-soft);
  }
  /* What signs stands above what it signs; the line between them is the signature. */
  .tree ul {
    margin-inline-start: 0.9rem;
  }
  .tree li {
    position: relative;
    padding-block: 0.2rem;
  }
  .tree ul > li {
    padding-inline-start: 1rem;
    border-inline-start: 2px solid var(--line);
  }
  .tree ul > li.signed {
    border-inline-start-color: var(--good);
  }
  .tree ul > li.unsigned {
    border-inline-start: 2px dashed var(--warn);
  }
  .key {
    display: inline-block;
    max-inline-size: 100%;
    padding: 0.2rem 0.55rem;
    border: 1px solid currentColor;
    border-radius: 9px;
    overflow-wrap: anywhere;
  }
  .box {
    border-color: var(--sealed);
    background: repeating-linear-gradient(
      -45deg,
      transparent 0 8px,
      color-mix(in srgb, var(--sealed), transparent 92%) 8px 16px
    );
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 0.86rem;
  }
  th,
  td {
    padding: 0.3rem 0.7rem;
    border-block-end: 1px solid var(--line);
    font-weight: 450;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    color: var(--ink-soft);
    font-weight: 600;
  }
  :focus-visible {
    outline: 2.5px solid var(--accent);
    outline-offset: 1px;
  }
`;
