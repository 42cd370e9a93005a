import { css } from "lit";

export const stageStyles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
    min-block-size: 0;
    background: radial-gradient(var(--line) 1.1px, transparent 1.2px) 0 0 / 36px 36px var(--stage);
    color: var(--ink);
    font: 400 1rem/1.5 var(--font-text);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-areas: "map" "bar" "places";
    min-block-size: 0;
    row-gap: 14px;
    padding: 16px 18px;
    overflow: auto;
  }
  .stage.with-map {
    grid-template-rows: minmax(15rem, 1fr) auto minmax(15rem, 40%);
  }
  @media (max-height: 50rem) {
    .stage.with-map {
      grid-template-rows: minmax(13rem, 1fr) auto 17rem;
    }
  }
  .stage.with-map.tall {
    grid-template-rows: minmax(13rem, 1fr) auto minmax(17rem, 50%);
  }
  .stage.with-map.beside {
    grid-template: "map places" minmax(15rem, 1fr) "bar places" auto / minmax(0, 1.25fr) minmax(0, 1fr);
    column-gap: 14px;
  }
  .stage.with-map.seated {
    grid-template-rows: minmax(15rem, 1fr) auto minmax(17rem, 46%);
  }
  .stage.with-map.seated.beside {
    grid-template: "map places" minmax(15rem, 1fr) "bar places" auto / minmax(0, 2fr) minmax(0, 1fr);
  }
  .stage.map-alone {
    grid-template-areas: "map" "bar";
    grid-template-rows: minmax(15rem, 1fr) auto;
  }
  .stage.without-map {
    grid-template-areas: "bar" "places";
    grid-template-rows: auto minmax(0, 1fr);
  }
  .map {
    grid-area: map;
    position: relative;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .past {
    grid-area: past;
  }
  .bar {
    grid-area: bar;
    min-inline-size: 0;
  }
  .bar:empty {
    display: none;
  }
  .places {
    grid-area: places;
    display: grid;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    gap: 14px;
    min-block-size: 0;
  }
  .without-map .places {
    inline-size: 100%;
    margin-inline: auto;
    place-self: center;
    block-size: min(100%, 42rem);
  }
  .without-map .places.one {
    max-inline-size: 34rem;
  }
  .without-map .places.one.wide {
    max-inline-size: 60rem;
  }
  .without-map .places.two {
    max-inline-size: 64rem;
  }
  .place.double {
    grid-column-end: span 2;
  }
  .place {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
  }
  .view {
    position: relative;
    grid-row: 2;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
  }
  .view[hidden] {
    display: none;
  }
  .card {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  [role="tablist"] {
    display: flex;
    gap: 4px;
    margin-block-end: 8px;
    padding: 3px;
    overflow-x: auto;
    border: 1px solid var(--line);
    border-radius: 11px;
    background: var(--surface);
    scrollbar-width: none;
  }
  [role="tab"] {
    position: relative;
    flex: 1 0 auto;
    min-block-size: 2.1rem;
    padding: 0.2rem 0.85rem;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--ink-soft);
    font: 600 0.88rem/1.2 var(--font-text);
    white-space: nowrap;
    cursor: pointer;
  }
  [role="tab"]:hover {
    color: var(--ink);
  }
  [role="tab"][aria-selected="true"] {
    background: var(--accent-soft);
    color: var(--ink);
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .past {
    margin: 0;
    padding: 0.35rem 1rem;
    border: 1px solid var(--accent);
    border-radius: var(--radius);
    background: var(--accent-soft);
    font-size: 0.92rem;
  }
  .gone {
    position: absolute;
    inset: 0;
    z-index: 2;
    display: grid;
    place-items: center;
    margin: 0;
    padding: 1rem;
    border-radius: var(--radius);
    outline-offset: -3px;
    background: color-mix(in srgb, var(--stage), transparent 5%);
    text-align: center;
  }
  .gone + * {
    filter: grayscale(1);
  }
  @media (prefers-reduced-motion: no-preference) {
    .view,
    .map,
    .bar > * {
      animation: appear 0.28s ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
  }
  :host([handheld]) .stage {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 10px 10px 0;
  }
  :host([handheld]) .bar:not(:has(*)) {
    display: none;
  }
  :host([handheld]) .places {
    flex: 1;
    block-size: auto;
    max-inline-size: none !important;
  }
`;
