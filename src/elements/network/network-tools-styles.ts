import { css } from "lit";

export const networkToolsStyles = css`
  :host {
    --look: var(--ink);
    position: fixed;
    inset: auto;
    margin: 0;
    box-sizing: border-box;
    inline-size: min(19rem, calc(100vw - 16px));
    max-block-size: calc(100vh - 16px);
    padding: 14px 16px 16px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    box-shadow: 0 10px 34px rgb(0 0 0 / 0.16);
    font: 400 0.875rem / 1.4 var(--font-text);
  }
  h2 {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    margin: 0 0 12px;
    font: 700 0.9375rem / 1.35 var(--font-text);
  }
  h3 {
    margin: 14px 0 6px;
    font: 700 0.8125rem / 1.3 var(--font-text);
  }
  .name {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--look);
  }
  .mark {
    inline-size: 17px;
    block-size: 17px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .button {
    inline-size: 100%;
    justify-content: center;
  }
  .button.row {
    justify-content: space-between;
    border-color: transparent;
  }
  .ill {
    color: var(--warn);
  }
  p {
    margin: 4px 2px 12px;
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }
  p:last-child {
    margin-block-end: 0;
  }
  ul {
    display: grid;
    max-block-size: 11rem;
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  label {
    display: grid;
    gap: 4px;
    margin-block-start: 14px;
  }
  label span {
    display: flex;
    justify-content: space-between;
    gap: 10px;
    font-weight: 600;
  }
  output {
    font-weight: 400;
    color: var(--ink-soft);
  }
  input {
    inline-size: 100%;
    block-size: 24px;
    margin: 0;
    accent-color: var(--accent);
  }
`;
