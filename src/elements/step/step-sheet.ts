import { html, type ReactiveController, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { HomeroomStep } from "./homeroom-step.ts";

/** Pages narrower than this show the step as a sheet over the stage. */
const narrow = "(max-width: 47.99rem)";

/** The step as a sheet: its handle folds and unfolds it, by click, key or drag. */
export class StepSheet implements ReactiveController {
  readonly #host: HomeroomStep;
  #query: MediaQueryList | undefined;
  #drag: { from: number; moved: number } | undefined;

  constructor(host: HomeroomStep) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#query = matchMedia(narrow);
    this.#query.addEventListener("change", this.#fit);
    this.#fit();
    document.addEventListener("focusin", this.#makeRoom);
  }

  hostDisconnected(): void {
    document.removeEventListener("focusin", this.#makeRoom);
    this.#query?.removeEventListener("change", this.#fit);
  }

  fold(): void {
    if (this.#host.sheet) this.#host.folded = true;
  }

  unfold(): void {
    this.#host.folded = false;
  }

  /** Whoever writes on the stage has a keyboard on half of the screen already. */
  readonly #makeRoom = (event: FocusEvent): void => {
    const [target] = event.composedPath();
    const writes =
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !target.readOnly);
    if (writes && !event.composedPath().includes(this.#host)) this.fold();
  };

  readonly #fit = (): void => {
    this.#host.sheet = this.#query?.matches ?? false;
    if (!this.#host.sheet) this.#host.folded = false;
  };

  handle({ headline, done, all }: { headline: string; done: number; all: number }): TemplateResult {
    const { folded } = this.#host;
    return html`<button
      class="handle"
      aria-expanded=${folded ? "false" : "true"}
      @click=${this.#toggle}
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
    >
      <span class="unseen">${say(folded ? "step.sheet-open" : "step.sheet-close")}</span>
      <span class="grip"></span>
      <span class="peek"
        ><strong>${headline}</strong>
        <span class="count">${all > 0 ? say("step.progress", { done, all }) : ""}</span></span
      >
    </button>`;
  }

  readonly #toggle = (): void => {
    // A drag ends in a click as well; it has done its work already.
    if (this.#drag && Math.abs(this.#drag.moved) > 8) return;
    this.#host.folded = !this.#host.folded;
  };

  readonly #down = (event: PointerEvent): void => {
    this.#drag = { from: event.clientY, moved: 0 };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  readonly #move = (event: PointerEvent): void => {
    if (!this.#drag || event.buttons === 0) return;
    this.#drag.moved = event.clientY - this.#drag.from;
    this.#host.style.setProperty("--step-sheet-drag", `${Math.max(0, this.#drag.moved)}px`);
  };

  readonly #up = (): void => {
    this.#host.style.removeProperty("--step-sheet-drag");
    if (!this.#drag) return;
    if (this.#drag.moved > 40) this.#host.folded = true;
    else if (this.#drag.moved < -24) this.#host.folded = false;
  };
}
