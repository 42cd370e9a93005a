import { css, html, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { icon } from "./chat-icons.ts";
import { PaneEvent } from "./chat-pane.ts";

/** A pane over the chats of a device: a title, what it is for, and a way back by button and Escape. */
export function chatPanel(element: HTMLElement, title: unknown, content: unknown): TemplateResult {
  const close = (): void => {
    element.dispatchEvent(new PaneEvent());
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return html`<section class="panel" role="dialog" aria-labelledby="title" @keydown=${pressed}>
    <header>
      <h3 id="title" class="one-line" tabindex="-1">${title}</h3>
      <button class="icon" aria-label=${say("chat.close")} title=${say("chat.close")} @click=${close}>${icon("close")}</button>
    </header>
    <div class="inside">${content}</div>
  </section>`;
}

export const panelStyles = css`
  :host {
    display: block;
    block-size: 100%;
    background: var(--surface);
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.35rem 0.4rem 0.35rem 0.9rem;
    border-block-end: 1px solid var(--line);
  }
  header h3 {
    flex: 1;
    outline: none;
  }
  .inside {
    flex: 1;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.85rem;
    min-block-size: 0;
    inline-size: 100%;
    max-inline-size: 30rem;
    margin-inline: auto;
    padding: 0.8rem 0.9rem 1rem;
    overflow-y: auto;
  }
  .inside form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.8rem;
  }
  .wrong-words:empty,
  .said:empty {
    display: none;
  }
  .people {
    display: grid;
    gap: 2px;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.25rem 0.4rem;
    border: 0;
    border-radius: 9px;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  button.person:hover:not(:disabled) {
    background: var(--surface-soft);
  }
  .person > span:nth-child(2) {
    flex: 1;
    display: grid;
    min-inline-size: 0;
    font-weight: 600;
    font-size: 0.93rem;
    line-height: 1.35;
  }
  .person small {
    font-size: 0.82rem;
    font-weight: 400;
  }
  .tag {
    flex: none;
    color: var(--ink-soft);
    font-size: 0.8rem;
    font-weight: 450;
  }
  .choices {
    display: flex;
    gap: 2px;
    padding: 3px;
    border: 1px solid var(--line);
    border-radius: 11px;
    background: var(--surface-soft);
  }
  .choices button {
    flex: 1;
    min-block-size: 2rem;
    padding: 0.2rem 0.4rem;
    border-color: transparent;
    background: none;
    color: var(--ink-soft);
  }
  .choices [aria-selected="true"] {
    border-color: var(--line);
    background: var(--surface);
    color: var(--ink);
  }
  .sub {
    margin: 0.2rem 0 0.25rem;
    color: var(--ink-soft);
    font: 600 0.82rem/1.4 var(--font-text);
  }
  .option {
    display: flex;
    align-items: flex-start;
    gap: 0.55rem;
    margin: 0;
    padding-block: 0.25rem;
    font-weight: 450;
    font-size: 0.92rem;
  }
  .option input {
    flex: none;
    inline-size: 1.1rem;
    block-size: 1.1rem;
    margin: 0.1rem 0 0;
    accent-color: var(--accent);
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    font-weight: 600;
    font-size: 0.85rem;
  }
  .option > :last-child {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .option:has(:disabled) {
    color: var(--ink-soft);
  }
  fieldset .option:first-of-type {
    margin-block-start: 0.15rem;
  }
  select {
    inline-size: 100%;
    min-block-size: 2.4rem;
    padding: 0.3rem 0.5rem;
    border: 1px solid color-mix(in srgb, var(--ink-soft), transparent 35%);
    border-radius: 9px;
    background: var(--surface);
    color: var(--ink);
    font: 400 0.95rem/1.4 var(--font-text);
  }
  select:disabled {
    border-color: var(--line);
    color: var(--ink-soft);
    opacity: 1;
  }
  .levels {
    display: grid;
    gap: 0.45rem;
    margin-block-start: 0.4rem;
  }
  .level {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(8rem, 11rem);
    align-items: center;
    gap: 0.6rem;
  }
  .level label {
    margin: 0;
    font-weight: 450;
    font-size: 0.92rem;
  }
  textarea {
    resize: vertical;
  }
  .affix {
    flex: none;
    padding-inline: 0.7rem 0.1rem;
    color: var(--ink-soft);
    font: 500 0.92rem var(--font-wire);
  }
  .affix.end {
    flex: 0 1 auto;
    padding-inline: 0 0.7rem;
  }
  .ask {
    display: grid;
    gap: 0.6rem;
    inline-size: 100%;
    padding: 0.75rem;
    border: 1px solid var(--line);
    border-radius: 11px;
    background: var(--surface-soft);
  }
  [data-grow] {
    flex: 1 1 10rem;
  }
  hr {
    inline-size: 100%;
    margin: 0.2rem 0;
    border: 0;
    border-block-start: 1px solid var(--line);
  }
  :host([manner="lines"]) :is(h3, button, label, legend, input, small, p, .person > span) {
    border-radius: 0;
    font-family: var(--font-wire);
    font-size: 0.86rem;
  }
  :host([manner="lines"]) .avatar {
    display: none;
  }
  :host([manner="lines"]) :is(.field, .choices) {
    border-radius: 0;
  }
`;
