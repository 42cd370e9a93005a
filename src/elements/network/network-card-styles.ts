import { css } from "lit";

/** The cards of devices. */
export const networkCardStyles = css`
  .map .card {
    display: grid;
    grid-template: auto auto / auto 1fr;
    align-content: center;
    align-items: center;
    column-gap: 8px;
    padding: 6px 10px;
    border: 2px solid var(--look);
    border-radius: 13px;
    background: var(--surface);
    text-align: start;
    transition: border-width 120ms;
  }
  .map .card:hover,
  .map .card[aria-pressed="true"] {
    box-shadow: 0 0 0 2px var(--look);
  }
  .device {
    grid-row: 1 / 3;
    inline-size: 26px;
    block-size: 26px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .person {
    font-weight: 700;
    font-size: 0.9375rem;
    line-height: 1.25;
    color: var(--ink);
  }
  .kind {
    font-size: 0.75rem;
    line-height: 1.25;
    color: var(--ink-soft);
  }
  .account {
    grid-column: 1 / -1;
    margin-block-start: 5px;
    font-weight: 600;
    font-size: 0.71875rem;
    line-height: 1.3;
  }
  .account .server {
    opacity: 0.9;
    font-weight: 500;
  }
  .person,
  .kind,
  .account {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card.medium {
    padding: 4px 8px;
    border-radius: 11px;
  }
  .medium .device {
    inline-size: 20px;
    block-size: 20px;
  }
  .medium .person,
  .small .person {
    font-size: 0.8125rem;
  }
  .medium .kind,
  .small .kind {
    font-size: 0.6875rem;
  }
  .medium .account {
    margin-block-start: 1px;
    font-size: 0.65625rem;
  }
  .map .card.small {
    padding: 2px 7px;
    column-gap: 6px;
    border-radius: 9px;
    border-width: 1.5px;
  }
  .small .device {
    inline-size: 18px;
    block-size: 18px;
  }
  .small .account {
    display: none;
  }
  .map .card:is(.tiny, .micro) {
    padding: 3px;
    border-radius: 7px;
    border-width: 1.5px;
    display: block;
  }
  .map .card.micro {
    padding: 1px;
    border-radius: 5px;
  }
  .card:is(.tiny, .micro) .device {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .map .card.signed-out {
    border-style: dashed;
    border-color: color-mix(in srgb, var(--look) 60%, var(--stage));
  }
  .card.signed-out .account {
    color: var(--ink-soft);
    font-weight: 500;
  }
  .map .card.stopped {
    --look: var(--ink-soft);
    border-style: dashed;
  }

  .map .ear {
    inline-size: 26px;
    block-size: 26px;
    padding: 3px;
    border-radius: 50%;
    background: var(--surface);
    border: 1.5px solid color-mix(in srgb, var(--look) 60%, var(--surface));
  }
  .map .ear[aria-pressed="true"],
  .map .ear:hover {
    background: var(--look-soft);
    border-color: var(--look);
  }
`;
