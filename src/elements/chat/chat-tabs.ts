import { html, type LitElement, type TemplateResult } from "lit";

export type Tabs<Name extends string> = {
  label: string;
  tabs: readonly { name: Name; words: string }[];
  chosen: Name;
  choose: (name: Name) => void;
};

/** Tabs that share the panel `form`. Arrow keys move. */
export function chatTabs<Name extends string>(
  element: LitElement,
  { label, tabs, chosen, choose }: Tabs<Name>,
): TemplateResult {
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = tabs.at((at + step) % tabs.length);
    if (next) choose(next.name);
    void element.updateComplete.then(() =>
      element.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(),
    );
  };
  return html`<div class="choices" role="tablist" aria-label=${label} @keydown=${pressed}>
    ${tabs.map(
      ({ name, words }) => html`<button
        role="tab"
        id=${`tab-${name}`}
        data-tab=${name}
        aria-selected=${name === chosen ? "true" : "false"}
        aria-controls="form"
        tabindex=${name === chosen ? 0 : -1}
        @click=${() => choose(name)}
      >
        ${words}
      </button>`,
    )}
  </div>`;
}
