import { css, html, type LitElement, type ReactiveController, type TemplateResult } from "lit";

/** How long a pointer rests before words appear, and how long they stay when it leaves, in milliseconds. */
const restBefore = 180;
const restAfter = 160;

/**
 * Words for what is pointed at or has the focus: everything with `data-explain` inside the host's shadow root. One
 * tooltip, in the top layer where the browser has one; Escape hides it, and the pointer may rest on it.
 */
export class ExplainTip implements ReactiveController {
  #host: LitElement;
  #about: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const host = this.#host;
    host.addEventListener("pointerover", this.#over);
    host.addEventListener("pointerout", this.#out);
    host.addEventListener("focusin", this.#focus);
    host.addEventListener("focusout", this.#blur);
    host.addEventListener("keydown", this.#key);
    document.addEventListener("scroll", this.#hide, { capture: true, passive: true });
  }

  hostDisconnected(): void {
    const host = this.#host;
    clearTimeout(this.#timer);
    host.removeEventListener("pointerover", this.#over);
    host.removeEventListener("pointerout", this.#out);
    host.removeEventListener("focusin", this.#focus);
    host.removeEventListener("focusout", this.#blur);
    host.removeEventListener("keydown", this.#key);
    document.removeEventListener("scroll", this.#hide, { capture: true });
  }

  hostUpdated(): void {
    if (this.#about && !this.#about.isConnected) this.#hide();
  }

  /** To be put at the end of the host's template. */
  template(): TemplateResult {
    return html`<div class="tip" id="tip" role="tooltip" popover="manual"></div>`;
  }

  get #tip(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(".tip");
  }

  #target(event: Event): HTMLElement | undefined {
    for (const node of event.composedPath()) {
      if (node === this.#host) return undefined;
      if (node instanceof HTMLElement && node.dataset.explain && node.getRootNode() === this.#host.renderRoot)
        return node;
    }
    return undefined;
  }

  #over = (event: Event): void => {
    const tip = this.#tip;
    if (tip && event.composedPath().includes(tip)) {
      clearTimeout(this.#timer);
      return;
    }
    const target = this.#target(event);
    if (!target || (event as PointerEvent).pointerType === "touch") return;
    clearTimeout(this.#timer);
    if (target !== this.#about) this.#timer = setTimeout(() => this.#show(target), restBefore);
  };

  #out = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), restAfter);
  };

  #focus = (event: Event): void => {
    const target = this.#target(event);
    if (target) this.#show(target);
  };

  #blur = (): void => this.#hide();

  #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#about) return;
    this.#hide();
    event.stopPropagation();
  };

  #show(target: HTMLElement): void {
    const tip = this.#tip;
    clearTimeout(this.#timer);
    if (!tip || !target.isConnected) return;
    this.#hide();
    this.#about = target;
    tip.textContent = target.dataset.explain ?? "";
    target.setAttribute("aria-describedby", "tip");
    tip.classList.add("shown");
    tip.showPopover?.();
    const anchor = (target.querySelector<HTMLElement>("[data-anchor]") ?? target).getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(anchor.left, innerWidth - width - 8));
    const below = anchor.bottom + 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 6) : below}px`;
  }

  #hide = (): void => {
    clearTimeout(this.#timer);
    const tip = this.#tip;
    this.#about?.removeAttribute("aria-describedby");
    this.#about = undefined;
    if (!tip?.classList.contains("shown")) return;
    tip.classList.remove("shown");
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
}

export const tipStyles = css`
  .tip {
    display: none;
    position: fixed;
    inset: auto;
    margin: 0;
    z-index: 20;
    box-sizing: border-box;
    max-inline-size: min(22rem, calc(100vw - 16px));
    padding: 9px 12px;
    border: 1px solid color-mix(in srgb, var(--wire-ink) 22%, transparent);
    border-radius: 10px;
    background: #34304a;
    color: var(--wire-ink);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.35);
    font: 400 0.8125rem / 1.45 var(--font-text);
    text-align: start;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .tip.shown {
    display: block;
  }
`;
