import { css } from "lit";

export const graphStyles = css`
  :host {
    --look: var(--ink-soft);
    --look-soft: var(--surface-soft);
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 0;
    container-type: inline-size;
    background: var(--surface);
    color: var(--ink);
    font: 400 0.8125rem / 1.4 var(--font-text);
  }
  .empty,
  .hint {
    margin: 0;
    padding: 1.5rem;
    color: var(--ink-soft);
    text-align: center;
  }
  aside .hint {
    padding: 0.25rem 0;
    text-align: start;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding: 8px 12px;
    border-block-end: 1px solid var(--line);
  }
  .room {
    font-size: 0.875rem;
  }
  .ways {
    display: flex;
    gap: 4px;
    margin-inline-start: auto;
  }
  .button {
    min-block-size: 28px;
    padding-block: 0.1em;
  }
  .body {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(220px, 30%);
    min-block-size: 0;
  }
  .scroll,
  .words,
  aside {
    overflow: auto;
    min-block-size: 0;
  }
  aside {
    display: grid;
    align-content: start;
    gap: 14px;
    padding: 12px 14px;
    border-inline-start: 1px solid var(--line);
  }
  @container (inline-size < 620px) {
    .body {
      grid-template: minmax(0, 3fr) minmax(0, 2fr) / minmax(0, 1fr);
    }
    aside {
      border-inline-start: 0;
      border-block-start: 1px solid var(--line);
    }
  }

  .scroll {
    direction: ltr;
    overscroll-behavior-x: contain;
  }
  .pictures {
    display: grid;
    inline-size: max-content;
    min-inline-size: 100%;
    padding-block-end: 8px;
  }
  .copy + .copy {
    border-block-start: 1px dashed var(--line);
  }
  h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    font: 700 0.8125rem / 1.3 var(--font-text);
    color: var(--look);
  }
  aside h3 {
    margin-block-end: 4px;
    color: var(--ink);
  }
  aside h3[class*="look-"] {
    color: var(--look);
  }
  .copy h3 {
    position: sticky;
    inset-inline-start: 12px;
    inline-size: fit-content;
    padding-block: 8px 2px;
  }
  small {
    font-weight: 400;
    font-size: 0.75rem;
    color: var(--ink-soft);
  }
  .symbol {
    flex: none;
    inline-size: 17px;
    block-size: 17px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .field {
    position: relative;
    margin-inline: 10px 30px;
  }
  .field ul,
  .field li {
    display: contents;
  }
  .edges {
    position: absolute;
    inset: 0 auto auto 0;
    overflow: visible;
    pointer-events: none;
  }
  .edge,
  .open-end {
    fill: none;
    stroke: color-mix(in srgb, var(--ink-soft) 60%, var(--surface));
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .edge.absent {
    stroke-dasharray: 1 6;
    opacity: 0.7;
  }
  .edge.rejected,
  .edge.soft-failed {
    stroke: var(--warn);
    stroke-dasharray: 5 5;
  }
  .edge.unknown {
    stroke-dasharray: 2 5;
  }
  .open-end {
    stroke: var(--accent);
    stroke-width: 2.2;
  }
  .node {
    position: absolute;
    inset: 0 auto auto 0;
    box-sizing: border-box;
    inline-size: 104px;
    block-size: 70px;
    padding: 7px 4px 0;
    border: 0;
    border-radius: 12px;
    background: none;
    color: var(--look);
    cursor: pointer;
    display: grid;
    grid-template-rows: 34px auto;
    justify-items: center;
    align-content: start;
    gap: 2px;
  }
  .node .mark {
    display: grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 34px;
    block-size: 34px;
    border: 2px solid var(--look);
    border-radius: 50%;
    background: var(--look-soft);
    transition: box-shadow 120ms;
  }
  .node.settles .mark {
    border-radius: 9px;
  }
  .node.sealed .mark {
    border-color: var(--sealed);
    background: repeating-linear-gradient(
      -45deg,
      transparent 0 4px,
      color-mix(in srgb, var(--sealed) 28%, transparent) 4px 8px
    );
  }
  .node .symbol {
    inline-size: 19px;
    block-size: 19px;
  }
  .node.run .mark {
    border-radius: 17px;
    inline-size: 48px;
    border-style: double;
    border-width: 4px;
  }
  .node:hover .mark,
  .node[aria-pressed="true"] .mark {
    box-shadow: 0 0 0 3px color-mix(in srgb, var(--look) 35%, transparent);
  }
  .node[aria-pressed="true"] .label {
    font-weight: 700;
  }
  .node.marked .mark {
    box-shadow: 0 0 0 3px var(--accent);
  }
  .node .label {
    max-inline-size: 96px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.71875rem;
    line-height: 1.3;
    color: var(--ink);
  }
  .node.absent .mark {
    border-style: dotted;
    background: none;
    opacity: 0.75;
  }
  .node.absent .label {
    color: var(--ink-soft);
    font-style: italic;
  }
  .node:is(.rejected, .soft-failed) .mark {
    position: relative;
    border-style: dashed;
    border-color: var(--warn);
    color: var(--warn);
    background: var(--surface);
  }
  .node:is(.rejected, .soft-failed) .label {
    color: var(--warn);
    text-decoration: line-through;
  }
  .node.soft-failed .label {
    text-decoration: none;
  }
  .node:is(.rejected, .soft-failed) .mark::after {
    content: "✕";
    position: absolute;
    inset: -8px -9px auto auto;
    inline-size: 17px;
    block-size: 17px;
    border-radius: 50%;
    background: var(--warn);
    color: var(--surface);
    font: 700 10px / 17px var(--font-text);
    text-align: center;
  }
  .node.soft-failed .mark::after {
    content: "–";
  }
  .holders {
    position: absolute;
    inset: 0 18px auto auto;
    display: flex;
    gap: 1px;
  }
  .holders i {
    display: grid;
    place-items: center;
    inline-size: 17px;
    block-size: 17px;
    border-radius: 50%;
    background: var(--surface);
    border: 1.5px solid var(--look);
    color: var(--look);
  }
  .holders .symbol {
    inline-size: 11px;
    block-size: 11px;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-inline-size: 100%;
    min-block-size: 26px;
    padding: 1px 9px 1px 6px;
    border: 1.5px solid color-mix(in srgb, var(--look) 55%, transparent);
    border-radius: 13px;
    background: var(--look-soft);
    color: var(--look);
    font: 600 0.75rem / 1.3 var(--font-text);
    cursor: pointer;
  }
  .chip span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink);
  }
  .chip .symbol {
    inline-size: 14px;
    block-size: 14px;
  }
  .chip:hover,
  .chip[aria-pressed="true"] {
    border-color: var(--look);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  ol.chips {
    display: grid;
    padding-inline-start: 1.4rem;
    list-style: decimal;
  }
  .type {
    margin: 0 0 6px;
    font: 500 0.75rem / 1.3 var(--font-wire);
    color: var(--ink-soft);
    overflow-wrap: anywhere;
  }
  .verdicts li {
    position: relative;
    padding: 2px 0 2px 18px;
    overflow-wrap: anywhere;
  }
  .verdicts li::before {
    position: absolute;
    inset-inline-start: 0;
    content: "✓" / "";
    color: var(--good);
    font-weight: 700;
  }
  .verdicts li.absent::before {
    content: "·" / "";
    color: var(--ink-soft);
  }
  .verdicts li:is(.rejected, .soft-failed)::before {
    content: "✕" / "";
    color: var(--warn);
  }
  details {
    margin-block-start: 8px;
  }
  summary {
    padding-block: 4px;
    font-weight: 600;
    cursor: pointer;
  }
  .places {
    display: grid;
    gap: 8px;
    margin: 6px 0 0;
  }
  .places dt {
    color: var(--ink-soft);
    font-size: 0.75rem;
  }
  .places dd {
    margin: 2px 0 0;
  }
  .links {
    display: grid;
    gap: 6px;
  }
  .links .button {
    white-space: normal;
    text-align: start;
  }
  .resolution p {
    margin: 0 0 8px;
  }
  .resolution .count {
    margin-block-end: 2px;
    color: var(--ink-soft);
    font-size: 0.75rem;
  }
  .verdict {
    font-weight: 700;
  }
  .verdict.yes {
    color: var(--good);
  }
  .verdict.no,
  .no {
    color: var(--warn);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 12px;
  }

  .words {
    padding: 10px 14px 16px;
  }
  .words .copies {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    margin-block-end: 8px;
    color: var(--look);
  }
  .copies li {
    display: flex;
    align-items: center;
    gap: 5px;
    color: var(--look);
  }
  .words ol {
    display: grid;
    gap: 8px;
    padding-inline-start: 2rem;
    list-style: decimal;
  }
  .words ol li::marker {
    color: var(--ink-soft);
  }
  .line {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 26px;
    margin: 0;
    padding: 1px 6px 1px 2px;
    border: 0;
    border-radius: 7px;
    background: none;
    color: var(--look);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .line b {
    color: var(--ink);
  }
  .line:hover,
  .line[aria-pressed="true"] {
    background: var(--look-soft);
  }
  .words ol span {
    display: block;
    padding-inline-start: 25px;
    color: var(--ink-soft);
  }
  .words ol span.no {
    color: var(--warn);
  }
  @media (prefers-reduced-motion: no-preference) {
    .node {
      transition: transform 220ms ease-out;
    }
  }
  @media (pointer: coarse) {
    .chip,
    .line,
    .toolbar .button {
      min-block-size: 40px;
    }
  }
`;
