import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { ClientManner } from "../../world/action.ts";
import { act, type By } from "./chat-act.ts";
import { chatStyles } from "./chat-styles.ts";
import { shortName } from "./chat-words.ts";

/** So long after the last key somebody no longer types. Milliseconds. */
const typingEnds = 6000;
/** So often others are told again. Milliseconds. */
const typingLasts = 12_000;

/** The line in which a message is written. It keeps what is written for each room. */
export class HomeroomChatComposer extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    name: {},
    manner: { reflect: true },
    readonly: { type: Boolean },
    allowed: { type: Boolean },
    text: { state: true },
  };

  declare by: By;
  declare roomId: string;
  /** The room's name. */
  declare name: string;
  declare manner: ClientManner;
  declare readonly: boolean;
  /** The user may send here. */
  declare allowed: boolean;
  declare private text: string;

  #drafts = new Map<string, string>();
  #typingSince = 0;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    ...chatStyles,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 0.25rem;
        padding: 0.25rem 0.4rem 0.25rem 0.25rem;
        border-block-start: 1px solid var(--line);
      }
      textarea {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 2.25rem;
        max-block-size: 9rem;
        padding: 0.45rem 0.6rem;
        border: 0;
        border-radius: 9px;
        background: none;
        color: var(--ink);
        font: 400 1rem/1.35 var(--font-text);
        resize: none;
        overflow-y: auto;
      }
      @media (pointer: fine) {
        textarea {
          font-size: 0.95rem;
        }
      }
      textarea:focus-visible {
        outline-width: 2px;
        outline-offset: -2px;
      }
      textarea::placeholder {
        color: var(--ink-soft);
        opacity: 1;
      }
      .send {
        border: 0;
        background: none;
        color: var(--accent);
      }
      .send:disabled {
        color: var(--ink-soft);
      }
      .note {
        padding: 0.6rem 0.9rem;
        border-block-start: 1px solid var(--line);
        color: var(--ink-soft);
        font-size: 0.88rem;
        text-align: center;
      }
      .prompt {
        display: none;
      }
      :host([manner="lines"]) :is(form, textarea, .send, .note) {
        border-radius: 0;
        font-family: var(--font-wire);
        font-size: 0.86rem;
      }
      :host([manner="lines"]) .prompt {
        display: block;
        flex: none;
        max-inline-size: 40%;
        padding: 0.45rem 0 0.45rem 0.5rem;
        color: var(--accent);
        font: 600 0.86rem/1.35 var(--font-wire);
      }
      @media (pointer: coarse) {
        textarea {
          min-block-size: 2.75rem;
          padding-block: 0.65rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.name = "";
    this.manner = "bubbles";
    this.readonly = false;
    this.allowed = true;
    this.text = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typingTimer);
  }

  /** The field, for a hand that types. */
  get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("roomId");
    if (!changed.has("roomId")) return;
    if (before) {
      this.#drafts.set(before, this.text);
      this.#stopTyping(before);
    }
    this.text = this.#drafts.get(this.roomId) ?? "";
  }

  protected override render(): TemplateResult {
    if (!this.allowed) return html`<p class="note">${say("chat.may-not-send")}</p>`;
    const label = say("chat.message", { room: shortName(this.name) });
    return html`<form @submit=${this.#submitted}>
      <span class="prompt one-line" aria-hidden="true">[<bdi>${shortName(this.name)}</bdi>]</span>
      <textarea
        rows="1"
        dir="auto"
        .value=${this.text}
        aria-label=${label}
        placeholder=${this.readonly ? say("chat.readonly") : label}
        ?readonly=${this.readonly}
        maxlength="60000"
        enterkeyhint="send"
        @input=${this.#typed}
        @keydown=${this.#pressed}
        @blur=${() => this.#stopTyping(this.roomId)}
      ></textarea>
      <button class="send" ?disabled=${this.readonly || this.text.trim() === ""}>${say("chat.send")}</button>
    </form>`;
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    // As high as its text, up to the limit in the style sheet.
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  }

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    if (this.text.trim() === "") {
      this.#stopTyping(this.roomId);
      return;
    }
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(this.roomId), typingEnds);
    if (performance.now() - this.#typingSince < typingLasts && this.#typingSince > 0) return;
    this.#typingSince = performance.now();
    void act(this, this.by, { type: "setTyping", in: this.roomId, typing: true });
  };

  #stopTyping(room: string): void {
    clearTimeout(this.#typingTimer);
    if (this.#typingSince === 0) return;
    this.#typingSince = 0;
    if (!this.readonly) void act(this, this.by, { type: "setTyping", in: room, typing: false });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  };

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
    this.field?.focus();
  };

  #send(): void {
    const text = this.text.trim();
    if (text === "" || this.readonly) return;
    this.text = "";
    this.#drafts.delete(this.roomId);
    // The server ends the typing of whoever sends.
    clearTimeout(this.#typingTimer);
    this.#typingSince = 0;
    const room = this.roomId;
    void act(this, this.by, { type: "send", in: room, text }).then((result) => {
      // A message that became none comes back, unless something else is being written.
      if (result.ok || result.refusal.errcode !== undefined) return;
      if (this.roomId === room && this.text === "") this.text = text;
      else if (!this.#drafts.get(room)) this.#drafts.set(room, text);
    });
  }
}

customElements.define("homeroom-chat-composer", HomeroomChatComposer);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-composer": HomeroomChatComposer;
  }
}
