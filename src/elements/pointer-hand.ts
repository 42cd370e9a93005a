import type { Hand } from "./hand.ts";

/** Real milliseconds: of a way across the page, before and after a click, between two letters. */
const pace = { travel: 650, rest: 220, letter: 38 };

const styles = `
  :host { position: fixed; inset: 0; z-index: 2147483000; pointer-events: none; }
  .pointer { position: absolute; inset: 0 auto auto 0; inline-size: 30px; block-size: 30px; margin: -3px 0 0 -6px;
    filter: drop-shadow(0 2px 5px rgb(0 0 0 / 35%)); will-change: translate; }
  .pointer path { fill: var(--accent); stroke: var(--surface); stroke-width: 1.8; stroke-linejoin: round; }
  .ring { position: absolute; inset: 0 auto auto 0; inline-size: 44px; block-size: 44px; margin: -22px 0 0 -22px;
    border: 3px solid var(--accent); border-radius: 50%; opacity: 0; }
`;

/**
 * The pointer that a learner sees while "Show me" plays: it goes to a control, clicks with a ring, types letter by
 * letter. With reduced motion it is there at once. Each method rejects with the signal's reason once it is aborted.
 */
export class PointerHand implements Hand {
  readonly signal: AbortSignal;
  readonly #host: HTMLElement;
  readonly #pointer: Element;
  readonly #ring: Element;
  #at: { x: number; y: number };

  constructor(signal: AbortSignal, document: Document = globalThis.document) {
    this.signal = signal;
    this.#host = document.createElement("homeroom-pointer");
    this.#host.setAttribute("aria-hidden", "true");
    const root = this.#host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.#ring = document.createElement("div");
    this.#ring.className = "ring";
    this.#pointer = pointerDrawing(document);
    root.append(this.#ring, this.#pointer);
    const view = document.documentElement;
    this.#at = { x: view.clientWidth / 2, y: view.clientHeight * 0.8 };
    this.#place(this.#at);
    document.body.append(this.#host);
  }

  /** Takes the pointer off the page. */
  leave(): void {
    this.#host.remove();
  }

  async moveTo(target: Element): Promise<void> {
    this.signal.throwIfAborted();
    const still = this.#isStill();
    target.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const to = middleOf(target);
    const from = this.#at;
    const far = Math.hypot(to.x - from.x, to.y - from.y);
    if (!still && far > 2) {
      const bow = {
        x: (from.x + to.x) / 2 + (to.y - from.y) * 0.12,
        y: (from.y + to.y) / 2 - (to.x - from.x) * 0.12,
      };
      const motion = this.#pointer.animate(
        [from, bow, to].map(({ x, y }) => ({ translate: `${x}px ${y}px` })),
        {
          duration: Math.min(pace.travel, 200 + far),
          easing: "ease-in-out",
        },
      );
      await this.#until(motion.finished.catch(() => undefined));
      motion.cancel();
    }
    // What lay above may have moved it meanwhile.
    this.#place(middleOf(target));
    await this.#pause(pace.rest);
  }

  async click(target: HTMLElement): Promise<void> {
    await this.moveTo(target);
    this.#showRing();
    const at = {
      bubbles: true,
      composed: true,
      cancelable: true,
      view: window,
      clientX: this.#at.x,
      clientY: this.#at.y,
    };
    const pointer = { ...at, pointerId: 1, pointerType: "mouse", isPrimary: true };
    target.dispatchEvent(new PointerEvent("pointerdown", { ...pointer, buttons: 1 }));
    target.dispatchEvent(new MouseEvent("mousedown", { ...at, buttons: 1 }));
    target.focus({ preventScroll: true });
    target.dispatchEvent(new PointerEvent("pointerup", pointer));
    target.dispatchEvent(new MouseEvent("mouseup", at));
    target.click();
    await this.#pause(pace.rest);
  }

  async type(target: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
    await this.click(target);
    if (target.value !== "") enter(target, "", "deleteContentBackward", null);
    let written = "";
    // In the time of some forty letters at most: long texts come several letters at once.
    const letters = [...text];
    const stride = Math.max(1, Math.ceil(letters.length / 40));
    for (let at = 0; at < letters.length; at += stride) {
      this.signal.throwIfAborted();
      const next = letters.slice(at, at + stride).join("");
      written += next;
      enter(target, written, "insertText", next);
      if (!this.#isStill()) await this.#pause(pace.letter);
    }
    await this.#pause(pace.rest);
  }

  #isStill(): boolean {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  #place(at: { x: number; y: number }): void {
    this.#at = at;
    for (const each of [this.#pointer, this.#ring] as (HTMLElement | SVGElement)[])
      each.style.translate = `${at.x}px ${at.y}px`;
  }

  #showRing(): void {
    const frames = this.#isStill()
      ? [{ opacity: 1 }, { opacity: 0 }]
      : [
          { opacity: 0.9, scale: 0.3 },
          { opacity: 0, scale: 1.25 },
        ];
    this.#ring.animate(frames, { duration: 450, easing: "ease-out" });
  }

  async #pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await this.#until(promise).finally(() => clearTimeout(timer));
  }

  /** Waits, but no longer than the hand may play. */
  async #until(done: Promise<unknown>): Promise<void> {
    this.signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = (): void => reject(this.signal.reason);
    this.signal.addEventListener("abort", stop, { once: true });
    await Promise.race([done, promise]).finally(() => this.signal.removeEventListener("abort", stop));
  }
}

function middleOf(target: Element): { x: number; y: number } {
  const box = target.getBoundingClientRect();
  // Of something wide, such as a field, the place where one would click.
  return { x: box.x + Math.min(box.width / 2, 90), y: box.y + Math.min(box.height / 2, 40) };
}

function pointerDrawing(document: Document): SVGElement {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "pointer");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M5 2.5 19.5 12.6l-6.4 1.2L9.7 20.5Z");
  drawing.append(path);
  return drawing;
}

/** Changes a field as a key does, with the events that a key causes. */
function enter(
  target: HTMLInputElement | HTMLTextAreaElement,
  value: string,
  inputType: string,
  data: string | null,
): void {
  target.value = value;
  target.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType, data }));
}
