import { css } from "lit";

export const stepSheetStyles = css`
  :host([sheet]) {
    position: fixed;
    inset: auto 0 0;
    z-index: 10;
    block-size: auto;
    max-block-size: var(--step-sheet-most, 72dvh);
    border-block-start: 1px solid var(--line);
    border-radius: 18px 18px 0 0;
    box-shadow: 0 -6px 30px rgb(0 0 0 / 16%);
    transform: translateY(var(--step-sheet-drag, 0));
  }
  :host([sheet]) section {
    block-size: auto;
    max-block-size: var(--step-sheet-most, 72dvh);
  }
  .handle {
    display: block;
    inline-size: 100%;
    min-block-size: 2rem;
    padding: 0.5rem 1.1rem 0.3rem;
    border: 0;
    border-radius: 18px 18px 0 0;
    background: none;
    font-weight: 400;
    text-align: start;
    touch-action: none;
    cursor: grab;
  }
  .handle:focus-visible {
    outline-offset: -4px;
  }
  .grip {
    display: block;
    inline-size: 2.75rem;
    block-size: 5px;
    margin: 0 auto;
    border-radius: 3px;
    background: color-mix(in srgb, var(--ink-soft), transparent 45%);
  }
  .peek {
    display: none;
    align-items: baseline;
    gap: 0.75rem;
    margin-block-start: 0.5rem;
  }
  .peek strong {
    flex: 1;
    overflow: hidden;
    font: 700 1.05rem/1.3 var(--font-head);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .count {
    flex: none;
    color: var(--ink-soft);
    font-size: 0.85rem;
  }
  :host([sheet][folded]) .peek {
    display: flex;
  }
  :host([sheet][folded]) .scroll,
  :host([sheet][folded]) .row.small {
    display: none;
  }
  :host([sheet]) .scroll {
    padding: 0.4rem 1.1rem 0.6rem;
  }
  :host([sheet]) .foot {
    padding: 0.4rem 1.1rem calc(0.7rem + env(safe-area-inset-bottom));
  }
  :host([sheet]) h1 {
    font-size: 1.45rem;
    margin-block: 0.35rem 0.6rem;
  }
  :host([sheet]) .row:not(.small) button {
    padding-inline: 0.6rem;
  }
  :host([sheet]) button:not(.handle),
  :host([sheet]) summary {
    min-block-size: 2.75rem;
  }
  :host([sheet]) .row.small {
    margin-block-end: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    :host([sheet]) {
      transition: transform 0.15s ease-out;
    }
  }
`;
