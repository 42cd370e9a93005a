import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say } from "../../catalogue/catalogue.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import type { MatrixLink } from "../../protocol/matrix-links.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Action } from "../../world/action.ts";
import { ActEvent } from "../act-event.ts";
import type { Demonstrates, Hand } from "../hand.ts";
import type { ServerLooks } from "../server-look.ts";
import { answerWords } from "./address-answer.ts";
import { type AddressState, addressFold, type Followed } from "./address-fold.ts";
import { equalForms } from "./address-forms.ts";
import { type AddressReading, readAddress } from "./address-parts.ts";
import { homeOf, partsList } from "./address-pieces.ts";
import { addressStyles } from "./address-styles.ts";
import "./homeroom-address.ts";

/** What is written is told so long after the last key. Milliseconds. */
const pause = 300;

/**
 * Fields in which an address or a link is written. Each takes what is in it apart while it is written, says what is
 * wrong and where, which home it leads to, and how else it can be written; and asks that home.
 */
export class HomeroomAddresses extends LitElement implements Demonstrates {
  static override properties = {
    fields: { attribute: false },
    labels: { attribute: false },
    state: { attribute: false },
    looks: { attribute: false },
    person: {},
    readonly: { type: Boolean },
    copied: { state: true },
    waiting: { state: true },
    refused: { state: true },
  };

  /** The fields' ids, in order. */
  declare fields: readonly string[];
  /** Field → what it is called. */
  declare labels: Readonly<Record<string, string>>;
  declare state: AddressState;
  declare looks: ServerLooks | undefined;
  /** Who follows an address. */
  declare person: string;
  declare readonly: boolean;
  /** The text copied last. */
  declare private copied: string | undefined;
  /** Fields whose address is being asked about. */
  declare private waiting: ReadonlySet<string>;
  declare private refused: ReadonlyMap<string, Refusal>;

  /** Written, and not yet told. */
  #typed = new Map<string, string>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #resized = new ResizeObserver(() => this.#fit());

  static override styles = addressStyles;

  constructor() {
    super();
    this.fields = [];
    this.labels = {};
    this.state = addressFold.initial;
    this.looks = undefined;
    this.person = "you";
    this.readonly = false;
    this.copied = undefined;
    this.waiting = new Set();
    this.refused = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  /** What is in a field: as typed, until the log has it. */
  textOf(field: string): string {
    return this.#typed.get(field) ?? this.state.texts.get(field) ?? "";
  }

  async demonstrate(action: Action, hand: Hand): Promise<boolean> {
    if (this.readonly || !this.checkVisibility()) return false;
    try {
      if (action.type === "writeAddress") return await this.#showWriting(action.field, action.text, hand);
      if (action.type === "openAddress" && action.person === this.person)
        return await this.#showFollowing(action.text, hand);
    } catch (error) {
      if (!hand.signal.aborted) throw error;
      return true;
    }
    return false;
  }

  async #showWriting(field: string, text: string, hand: Hand): Promise<boolean> {
    const input = this.#input(field);
    if (!input) return false;
    await hand.type(input, text);
    await this.#tell(field);
    return true;
  }

  async #showFollowing(text: string, hand: Hand): Promise<boolean> {
    const field = this.fields.find((each) => this.textOf(each).trim() === text.trim());
    const button =
      field && this.renderRoot.querySelector<HTMLElement>(`[data-follow="${CSS.escape(field)}"]:enabled`);
    if (!button) return false;
    await hand.click(button);
    return true;
  }

  #input(field: string): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector<HTMLTextAreaElement>(`#field-${CSS.escape(field)}`);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("state")) return;
    const before = changed.get("state")?.texts;
    for (const [field, text] of this.#typed) {
      const now = this.state.texts.get(field);
      // The log has it, or something else than the learner has written there.
      const isOver =
        now === text || (!this.#timers.has(field) && before !== undefined && before.get(field) !== now);
      if (isOver) this.#typed.delete(field);
    }
  }

  protected override render(): TemplateResult {
    return html`<section aria-label=${say("address.view")}>
      ${repeat(
        this.fields,
        (field) => field,
        (field) => this.#field(field),
      )}
    </section>`;
  }

  protected override updated(): void {
    this.#fit();
  }

  /** Each field is as high as what is in it. */
  #fit(): void {
    for (const area of this.renderRoot.querySelectorAll("textarea")) {
      area.style.blockSize = "auto";
      area.style.blockSize = `${area.scrollHeight + 2}px`;
    }
  }

  #field(field: string): TemplateResult {
    const text = this.textOf(field);
    const reading = readAddress(text);
    const faulty = reading.state === "faulty";
    return html`<article class=${`card ${reading.state}`}>
      <label for=${`field-${field}`}>${this.labels[field] ?? say("address.field")}</label>
      <textarea
        id=${`field-${field}`}
        rows="1"
        dir="ltr"
        .value=${text}
        ?readonly=${this.readonly}
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        inputmode="url"
        maxlength="2000"
        aria-invalid=${faulty ? "true" : nothing}
        aria-describedby=${`said-${field}`}
        @input=${(event: Event) => this.#write(field, (event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          void this.#tell(field);
        }}
        @blur=${() => this.#tell(field)}
      ></textarea>
      <div id=${`said-${field}`} role="status" class="said">${faulty ? this.#fault(text, reading) : nothing}</div>
      ${reading.state === "whole" ? this.#whole(field, text, reading.link, reading) : nothing}
    </article>`;
  }

  #fault(text: string, { refusal, position }: AddressReading & { state: "faulty" }): TemplateResult {
    return html`${position === undefined || position < 0 ? nothing : whereItIs(text, position)}
      <p class="wrong">${refusalWords(refusal)}</p>`;
  }

  #whole(
    field: string,
    text: string,
    link: MatrixLink,
    { parts }: AddressReading & { state: "whole" },
  ): TemplateResult {
    const followed = this.state.followed.findLast((each) => each.text.trim() === text.trim());
    const asked = link.target.server ?? link.via[0];
    const waiting = this.waiting.has(field);
    return html`${partsList(parts, link, this.looks)}
      ${isOldName(link) ? html`<p class="note">${say("address.old-name")}</p>` : nothing}
      ${link.form === "legacy-matrix.to" ? html`<p class="note">${say("address.legacy")}</p>` : nothing}
      <div class="lead">
        ${homeOf(link, this.looks)}
        <button
          class="primary"
          data-follow=${field}
          ?disabled=${this.readonly || waiting || asked === undefined}
          @click=${() => this.#follow(field)}
        >
          ${say("address.follow")}
        </button>
      </div>
      <div role="status" class="answer">${this.#answer(field, link, followed, waiting)}</div>
      ${equalForms(link, this.copied, this.looks, (form) => void this.#copy(form))}`;
  }

  #answer(field: string, link: MatrixLink, followed: Followed | undefined, waiting: boolean): unknown {
    const refusal = this.refused.get(field);
    if (refusal && !followed) return html`<p class="wrong">${refusalWords(refusal)}</p>`;
    return followed ? answerWords(followed, link, this.looks) : waiting ? html`<p>…</p>` : nothing;
  }

  #write(field: string, text: string): void {
    this.#typed.set(field, text.replaceAll("\n", ""));
    clearTimeout(this.#timers.get(field));
    this.#timers.set(
      field,
      setTimeout(() => void this.#tell(field), pause),
    );
    this.requestUpdate();
  }

  /** Tells what a field holds now, if that is news. */
  async #tell(field: string): Promise<void> {
    clearTimeout(this.#timers.get(field));
    if (!this.#timers.delete(field)) return;
    const text = this.#typed.get(field);
    if (text === undefined || text === this.state.texts.get(field)) return;
    await this.#act({ type: "writeAddress", field, text });
  }

  async #follow(field: string): Promise<void> {
    await this.#tell(field);
    this.waiting = new Set(this.waiting).add(field);
    const result = await this.#act({
      type: "openAddress",
      person: this.person,
      text: this.textOf(field).trim(),
    });
    const refused = new Map(this.refused);
    if (result && !result.ok) refused.set(field, result.refusal);
    else refused.delete(field);
    this.refused = refused;
    const waiting = new Set(this.waiting);
    waiting.delete(field);
    this.waiting = waiting;
  }

  #act(action: Action): Promise<Awaited<ActEvent["result"]>> {
    const event = new ActEvent(action);
    this.dispatchEvent(event);
    return event.result ?? Promise.resolve(undefined);
  }

  async #copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    this.copied = text;
  }
}

/** A user's name that no server gives out any more. */
function isOldName({ target }: MatrixLink): boolean {
  return target.kind === "user" && target.grammar !== "current";
}

/** The text with a caret under the character at fault; no white space of ours, for it is shown as it is. */
function whereItIs(text: string, position: number): TemplateResult {
  const character = text.slice(position, position + 1) || "\u00a0";
  const around = [text.slice(0, position), text.slice(position + 1)];
  return html`<p class="where" dir="ltr" aria-hidden="true">${around[0]}<mark>${character}</mark>${around[1]}</p>`;
}

customElements.define("homeroom-addresses", HomeroomAddresses);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-addresses": HomeroomAddresses;
  }
}
