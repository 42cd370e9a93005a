import type { LitElement, ReactiveController } from "lit";

/** What has the focus below a shadow root, in whichever shadow root inside. */
export function focusedIn(root: ShadowRoot | null): HTMLElement | undefined {
  let element = root?.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

/** Gives the focus back to what lost it by being off for a while, unless it went elsewhere meanwhile. */
export async function giveFocusBack(host: LitElement, element: HTMLElement | undefined): Promise<void> {
  await host.updateComplete;
  if (element?.isConnected && document.activeElement === document.body) element.focus();
}

/** Where what had the focus is gone after an update, it goes to what is asked or said instead, or else to the host's heading. */
export class KeptFocus implements ReactiveController {
  readonly #host: LitElement;
  #had: HTMLElement | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const now = focusedIn(this.#host.shadowRoot);
    // What was switched off has lost the focus without anybody taking it away.
    if (now || !this.#had?.matches(":disabled")) this.#had = now;
  }

  hostUpdated(): void {
    if (!this.#had || this.#had.isConnected || document.activeElement !== document.body) return;
    this.#had = undefined;
    const { renderRoot } = this.#host;
    const next = [".ask", ".said", ":is(h2, h3)"].map((place) =>
      renderRoot.querySelector<HTMLElement>(`${place}[tabindex]`),
    );
    next.find((each) => each !== null)?.focus();
  }
}
