import type { LitElement, ReactiveController } from "lit";

/**
 * Walks through the log's lines with the arrow keys, Home and End, so that Tab comes to one of them only: to the one
 * where the focus was last, at first to the newest.
 */
export class LogWalk implements ReactiveController {
  readonly #host: LitElement;
  #stop: HTMLElement | undefined;
  /** The focus was among the lines before an update. */
  #wasHere = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** With the keyboard one stands at a line that is not the newest: what comes must not carry it out of sight. */
  get isAway(): boolean {
    const at = this.#stops().find((each) => each.matches(":focus-visible"));
    return at !== undefined && at !== this.#stops().at(-1);
  }

  hostUpdate(): void {
    this.#wasHere = this.#lines?.contains(this.#focused) ?? false;
  }

  hostUpdated(): void {
    const stops = this.#stops();
    const stop = this.#stop?.isConnected ? this.#stop : stops.at(-1);
    for (const each of stops) each.tabIndex = each === stop ? 0 : -1;
    // Old lines make room for new ones, with the focus on them or not.
    if (this.#wasHere && !this.#focused) stops[0]?.focus();
  }

  readonly focused = ({ target }: FocusEvent): void => {
    const stops = this.#stops();
    if (!stops.includes(target as HTMLElement)) return;
    this.#stop = target as HTMLElement;
    for (const each of stops) each.tabIndex = each === target ? 0 : -1;
  };

  readonly pressed = (event: KeyboardEvent): void => {
    const stops = this.#stops();
    const at = stops.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(to, stops.length - 1))]!.focus();
  };

  get #lines(): Element | null {
    return this.#host.renderRoot?.querySelector(".lines") ?? null;
  }

  get #focused(): Element | null {
    return this.#host.shadowRoot?.activeElement ?? null;
  }

  #stops(): HTMLElement[] {
    return [...(this.#lines?.querySelectorAll<HTMLElement>(".row, .item") ?? [])];
  }
}
