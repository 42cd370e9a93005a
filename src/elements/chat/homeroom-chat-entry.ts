import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { Refused } from "../../catalogue/refusal-words.ts";
import type { ActionResult, ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By } from "./chat-act.ts";
import { chatEntryStyles } from "./chat-entry-styles.ts";
import { chatStyles } from "./chat-styles.ts";
import { sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** What is offered to whoever signs up or in, so that nobody has to type a real password. */
export type Suggestions = { name?: string; password?: string };
export type EntryForm = "sign-up" | "sign-in";
type FieldName = "name" | "password";

/** The door of a chat program: the forms to sign up and to sign in. */
export class HomeroomChatEntry extends LitElement {
  static override properties = {
    by: { attribute: false },
    server: {},
    looks: { attribute: false },
    suggestions: { attribute: false },
    arriving: { type: Boolean },
    manner: { reflect: true },
    readonly: { type: Boolean },
    gone: {},
    form: { state: true },
    waiting: { state: true },
    refused: { state: true },
    changing: { state: true },
  };

  declare by: By;
  /** The homeserver that the forms are for. */
  declare server: string;
  declare looks: ServerLooks | undefined;
  declare suggestions: Suggestions | undefined;
  /** The chat program itself is still being loaded: what is sent waits for it. */
  declare arriving: boolean;
  declare manner: ClientManner;
  declare readonly: boolean;
  /** Why nobody is signed in any more. */
  declare gone: "never" | "by-choice" | "elsewhere" | "keys-lost" | undefined;
  declare form: EntryForm | undefined;
  declare waiting: boolean;
  declare refused: (Refused & { field?: string; words: string }) | undefined;
  /** The offered password was put aside for another. */
  declare changing: boolean;

  /** What is typed. Kept here, and in whichever form is shown. */
  #name = "";
  #password: string | undefined;

  static override styles = [...chatStyles, chatEntryStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.server = "";
    this.looks = undefined;
    this.suggestions = undefined;
    this.arriving = false;
    this.manner = "bubbles";
    this.readonly = false;
    this.gone = undefined;
    this.form = undefined;
    this.waiting = false;
    this.refused = undefined;
    this.changing = false;
  }

  /** The form that is shown: the one chosen, else the one that this person is more likely to need. */
  get shownForm(): EntryForm {
    return this.form ?? (this.suggestions?.name === undefined ? "sign-up" : "sign-in");
  }

  protected override render(): TemplateResult {
    const signUp = this.shownForm === "sign-up";
    const address = html`<homeroom-address .text=${this.server} .looks=${this.looks}></homeroom-address>`;
    const off = this.waiting || this.readonly;
    return html`<form novalidate autocomplete="off" @submit=${this.#send} aria-labelledby="title">
      <h2 id="title">${sayRich(signUp ? "chat.sign-up-title" : "chat.sign-in-title", { server: address })}</h2>
      ${this.gone === "keys-lost" ? html`<p class="note">${say("chat.keys-lost")}</p>` : nothing}
      ${this.gone === "elsewhere" ? html`<p class="note">${say("chat.signed-out-elsewhere")}</p>` : nothing}
      ${this.#nameField(off)} ${this.#passwordField(off, signUp)}
      ${this.#loose()}
      <button class="primary send" ?disabled=${off}>
        ${
          this.waiting
            ? html`<span class="spin" aria-hidden="true"></span>${say(signUp ? "chat.signing-up" : "chat.signing-in")}`
            : say(signUp ? "chat.sign-up" : "chat.sign-in")
        }
      </button>
      <p class="said" role="status">${this.waiting && this.arriving ? say("chat.program-arriving") : nothing}</p>
      ${this.suggestions && signUp ? html`<p class="practice">${say("chat.practice-account")}</p>` : nothing}
      <p class="other">
        ${say(signUp ? "chat.have-account" : "chat.no-account")}
        <button type="button" class="plain" ?disabled=${off} @click=${this.#swap}>
          ${say(signUp ? "chat.to-sign-in" : "chat.to-sign-up")}
        </button>
      </p>
    </form>`;
  }

  #nameField(off: boolean): TemplateResult {
    const wrong = this.#wrongWords("name");
    const value = this.#name || (this.shownForm === "sign-in" ? (this.suggestions?.name ?? "") : "");
    return html`<div>
      <label for="name">${say("chat.user-name")}</label>
      <div class=${wrong ? "field wrong" : "field"}>
        <span class="affix" aria-hidden="true">@</span>
        <input
          id="name"
          class="wire"
          name="name"
          .value=${value}
          ?readonly=${off}
          dir="ltr"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          maxlength="255"
          placeholder=${say("chat.user-name-example")}
          aria-invalid=${wrong ? "true" : nothing}
          aria-describedby="name-end name-wrong"
          @input=${this.#typed}
        />
        <span class="affix one-line" id="name-end" aria-hidden="true">:${this.server}</span>
      </div>
      <p class="wrong-words" id="name-wrong" role="alert">${wrong ?? nothing}</p>
    </div>`;
  }

  #passwordField(off: boolean, signUp: boolean): TemplateResult {
    const wrong = this.#wrongWords("password");
    const offered = this.suggestions?.password;
    const kept = offered !== undefined && !this.changing;
    return html`<div>
      <label for="password">${say("chat.password")}</label>
      <div class=${wrong ? "field wrong" : "field"}>
        <input
          id="password"
          class=${this.suggestions ? "wire" : ""}
          name="password"
          type=${this.suggestions ? "text" : "password"}
          .value=${this.#password ?? offered ?? ""}
          ?readonly=${kept || off}
          dir="ltr"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          maxlength="512"
          aria-invalid=${wrong ? "true" : nothing}
          aria-describedby="password-said password-wrong"
          @input=${this.#typed}
        />
        ${
          offered === undefined
            ? nothing
            : html`<button type="button" class="plain" ?disabled=${off} @click=${kept ? this.#change : this.#fillIn}>
                ${say(kept ? "chat.change-password" : "chat.fill-in-password")}
              </button>`
        }
      </div>
      <p class="wrong-words" id="password-wrong" role="alert">${wrong ?? nothing}</p>
      <p class="said" id="password-said">
        ${
          !this.suggestions
            ? nothing
            : kept
              ? say(signUp ? "chat.password-made-up" : "chat.password-kept")
              : say("chat.password-not-real")
        }
      </p>
    </div>`;
  }

  /** What was refused and belongs to no field. */
  #loose(): TemplateResult {
    const { refused } = this;
    const words = refused && !fieldOf(refused, this.shownForm) ? refused.words : nothing;
    return html`<p class="wrong-words" role="alert">${words}</p>`;
  }

  #wrongWords(field: FieldName): string | undefined {
    const { refused } = this;
    return refused && fieldOf(refused, this.shownForm) === field ? refused.words : undefined;
  }

  readonly #typed = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    if (name === "name") this.#name = value;
    else this.#password = value;
    if (this.refused && fieldOf(this.refused, this.shownForm) === name) this.refused = undefined;
  };

  readonly #change = async (): Promise<void> => {
    this.changing = true;
    await this.updateComplete;
    const input = this.renderRoot.querySelector<HTMLInputElement>("#password");
    input?.focus();
    input?.select();
  };

  /** Takes the offered password after all. */
  readonly #fillIn = (): void => {
    this.changing = false;
    this.#password = undefined;
    const input = this.renderRoot.querySelector<HTMLInputElement>("#password");
    if (input) input.value = this.suggestions?.password ?? "";
    if (this.refused && fieldOf(this.refused, this.shownForm) === "password") this.refused = undefined;
  };

  readonly #swap = async (): Promise<void> => {
    this.form = this.shownForm === "sign-up" ? "sign-in" : "sign-up";
    this.refused = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>("#name")?.focus();
  };

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.waiting || this.readonly) return;
    const form = event.target as HTMLFormElement;
    // "@zoe:garden.example" is a way to write one's name, too.
    const written = (form.elements.namedItem("name") as HTMLInputElement).value.trim();
    const ending = `:${this.server}`;
    const name =
      written.startsWith("@") && written.endsWith(ending) ? written.slice(1, -ending.length) : written;
    const password = (form.elements.namedItem("password") as HTMLInputElement).value;
    if (name === "") return this.#refuse({ code: "chat/no-name", facts: {}, field: "name" });
    if (password === "") return this.#refuse({ code: "chat/no-password", facts: {}, field: "password" });
    this.refused = undefined;
    this.waiting = true;
    const type = this.shownForm === "sign-up" ? "signUp" : "signIn";
    const result: ActionResult = await act(this, this.by, { type, name, password });
    this.waiting = false;
    if (!result.ok) await this.#refuse(result.refusal);
  };

  async #refuse(refused: Refused & { field?: string }): Promise<void> {
    // These words are needed once something goes wrong, and not before the form can be filled.
    const { refusalWords } = await import("../../catalogue/refusal-words.ts");
    this.refused = { ...refused, words: refusalWords(refused) };
    await this.updateComplete;
    const field = fieldOf(refused, this.shownForm);
    if (field) this.renderRoot.querySelector<HTMLInputElement>(`#${field}`)?.focus();
  }
}

/** The field that a refusal is about. */
function fieldOf(refused: Refused & { field?: string }, form: EntryForm): FieldName | undefined {
  if (refused.field === "name" || refused.field === "password") return refused.field;
  switch (refused.errcode) {
    case "M_USER_IN_USE":
    case "M_INVALID_USERNAME":
    case "M_EXCLUSIVE":
      return "name";
    case "M_WEAK_PASSWORD":
      return "password";
    case "M_FORBIDDEN":
      return form === "sign-in" ? "password" : undefined;
    default:
      return undefined;
  }
}

customElements.define("homeroom-chat-entry", HomeroomChatEntry);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-entry": HomeroomChatEntry;
  }
}
