import { css } from "lit";

export const logStyles = css`
  :host {
    --look: var(--ink-soft);
    --look-soft: var(--surface-soft);
    display: block;
    block-size: 100%;
    min-block-size: 0;
    container-type: inline-size;
    color: var(--ink);
    font: 400 0.875rem / 1.5 var(--font-text);
  }
  section {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 0;
    border-radius: inherit;
    background: var(--surface);
    overflow: hidden;
    position: relative;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    padding: 8px 12px;
    border-block-end: 1px solid var(--line);
  }
  label {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 0.8125rem;
    color: var(--ink-soft);
    min-inline-size: 0;
  }
  select {
    min-block-size: 32px;
    max-inline-size: 9.5rem;
    padding: 2px 6px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
    color: var(--ink);
    font: 500 0.8125rem / 1.3 var(--font-text);
  }
  .export {
    display: flex;
    margin-inline-start: auto;
  }
  .export > .button {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  details {
    position: relative;
  }
  summary {
    list-style: none;
    border-start-start-radius: 0 !important;
    border-end-start-radius: 0 !important;
    border-inline-start: 0 !important;
    box-sizing: border-box;
    block-size: 100%;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% + 6px);
    inset-inline-end: 0;
    z-index: 5;
    display: grid;
    gap: 8px;
    inline-size: min(20rem, 80vw);
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: 0 8px 30px rgb(0 0 0 / 0.18);
  }
  .menu p {
    margin: 0;
    font-size: 0.8125rem;
    color: var(--ink-soft);
  }
  .menu .button {
    white-space: normal;
    text-align: start;
  }
  .lines {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    padding: 6px;
    scrollbar-gutter: stable;
  }
  .empty {
    margin: 0;
    padding: 1.5rem 1rem;
    text-align: center;
    color: var(--ink-soft);
  }
  .past {
    margin: 0;
    padding: 6px 12px;
    background: var(--accent-soft);
    color: var(--accent);
    font-weight: 600;
    font-size: 0.8125rem;
  }
  .earlier {
    display: flex;
    margin: 4px auto 8px;
  }
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    display: grid;
    grid-template-columns: 3.6rem 10px 1fr;
    align-items: start;
    gap: 8px;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 5px 8px;
    border: 0;
    border-radius: 8px;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .row[aria-disabled] {
    cursor: default;
  }
  .row:hover:not([aria-disabled]),
  .item:hover {
    background: var(--surface-soft);
  }
  .row[aria-pressed="true"],
  .item[aria-pressed="true"] {
    background: var(--accent-soft);
  }
  .row:focus-visible,
  .item:focus-visible {
    outline-offset: -3px;
  }
  .time {
    font: 400 0.75rem / 1.75 var(--font-wire);
    color: var(--ink-soft);
    text-align: end;
  }
  .spot {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--look);
    align-self: start;
    margin-block-start: 6px;
  }
  .quiet .spot,
  .event .spot {
    inline-size: 5px;
    block-size: 5px;
    margin: 8px 2px 0;
  }
  .message .spot {
    border-radius: 2px;
  }
  .network .spot {
    rotate: 45deg;
    border-radius: 1px;
    background: var(--warn);
  }
  .sentence {
    overflow-wrap: anywhere;
  }
  .quiet .sentence {
    color: var(--ink-soft);
  }
  .host {
    font-weight: 600;
    color: var(--look);
  }
  code {
    font: 500 0.8125rem / 1.5 var(--font-wire);
  }
  .outcome {
    margin-inline-start: 0.6em;
    font: 500 0.75rem / 1.5 var(--font-wire);
    color: var(--ink-soft);
  }
  .outcome.bad {
    color: var(--warn);
    font-weight: 600;
  }
  .row[aria-expanded] .sentence::after {
    content: "";
    display: inline-block;
    inline-size: 6px;
    block-size: 6px;
    margin-inline-start: 0.7em;
    border: solid currentColor;
    border-width: 0 1.6px 1.6px 0;
    rotate: 45deg;
    translate: 0 -3px;
  }
  .row[aria-expanded="true"] .sentence::after {
    rotate: 225deg;
    translate: 0 0;
  }
  .line ul {
    padding-inline-start: 5.6rem;
    padding-block-end: 6px;
  }
  .item {
    display: block;
    inline-size: 100%;
    min-block-size: 26px;
    padding: 2px 8px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--ink-soft);
    text-align: start;
    cursor: pointer;
  }
  .item.failed {
    color: var(--warn);
  }
  @container (max-width: 34rem) {
    .row {
      grid-template-columns: 3rem 10px 1fr;
      gap: 6px;
      padding-inline: 4px;
    }
    .line ul {
      padding-inline-start: 4.2rem;
    }
    .bar {
      gap: 6px;
      padding: 6px 8px;
    }
    label {
      flex: 1 1 26%;
    }
    select {
      inline-size: 100%;
      min-inline-size: 0;
    }
    label span {
      position: absolute;
      clip-path: inset(50%);
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
    }
  }
  @media (pointer: coarse) {
    .row,
    .item,
    select {
      min-block-size: 44px;
    }
  }
`;
