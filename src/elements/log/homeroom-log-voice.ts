import { css, html, LitElement, type PropertyValues } from "lit";
import { say } from "../../catalogue/late.ts";
import type { Bindings } from "../../world/world.ts";
import { logFold } from "./log-fold.ts";
import { plainSentence, speechOf } from "./log-sentence.ts";
import type { LogState } from "./log-state.ts";

/** So long sentences are gathered before they are told, in milliseconds. */
const breath = 1200;
/** So many are told at once; the rest are counted. */
const atOnce = 3;

/**
 * Tells screen readers what matters in the log, and no more: accounts, messages that reach others, failures,
 * changes of the network. Shows nothing. The log's element has one; a page without that element can use it alone.
 */
export class HomeroomLogVoice extends LitElement {
  static override properties = {
    state: { attribute: false },
    bindings: { attribute: false },
    silent: { type: Boolean },
    told: { state: true },
  };

  declare state: LogState;
  declare bindings: Bindings | undefined;
  /** While one looks at the past nothing is told. */
  declare silent: boolean;
  declare private told: { id: number; text: string }[];

  #heard = new Set<number>();
  #from = -1;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;

  static override styles = css`
    :host {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      margin: -1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    p {
      margin: 0;
    }
  `;

  constructor() {
    super();
    this.state = logFold.initial;
    this.silent = false;
    this.told = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("state") || this.silent) return;
    const { lines } = this.state;
    // What was there before this element is no news, and neither is a log that began anew.
    if (this.#from < 0 || lines.end < this.#from) {
      this.#heard.clear();
      this.#from = lines.end;
      return;
    }
    const speech = speechOf(this.state, new Map(), this.bindings);
    for (let index = Math.max(lines.first, this.#from - 40); index < lines.end; index++) {
      const line = lines.at(index);
      const fresh =
        index >= this.#from || line?.outcome?.failed !== undefined || line?.outcome?.errcode !== undefined;
      if (!line?.matters || !fresh || this.#heard.has(index)) continue;
      this.#heard.add(index);
      this.#waiting.push(plainSentence(line, speech));
    }
    this.#from = lines.end;
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#tell(), breath);
  }

  #tell(): void {
    this.#timer = undefined;
    const more = this.#waiting.length - atOnce;
    const text =
      this.#waiting.slice(0, atOnce).join(". ") + (more > 0 ? `, ${say("log.and-more", { n: more })}` : "");
    this.#waiting = [];
    this.#count += 1;
    this.told = [...this.told, { id: this.#count, text }].slice(-6);
  }

  protected override render(): unknown {
    return html`<div role="log" aria-live="polite" aria-label=${say("log.name")}>${this.told.map(({ text }) => html`<p>${text}</p>`)}</div>`;
  }
}

customElements.define("homeroom-log-voice", HomeroomLogVoice);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-log-voice": HomeroomLogVoice;
  }
}
