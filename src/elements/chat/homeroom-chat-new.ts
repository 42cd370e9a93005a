import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say, type WordsKey } from "../../catalogue/catalogue.ts";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";
import type { ActionResult, ClientManner } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By, type Doing } from "./chat-act.ts";
import { type ChatState, noChat } from "./chat-fold.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { chatPanel, panelStyles } from "./chat-panel.ts";
import { acquaintances, peopleList } from "./chat-people.ts";
import { chatStyles } from "./chat-styles.ts";
import { sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

export type Beginning = "chat" | "group" | "join";
type FieldName = "whom" | "name" | "alias" | "room";

/** Begins something: a chat with one person, a room for many, or joins a room by its address. */
export class HomeroomChatNew extends LitElement {
  static override properties = {
    by: { attribute: false },
    state: { attribute: false },
    server: {},
    bindings: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    beginning: { state: true },
    open: { state: true },
    waiting: { state: true },
    refused: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  declare server: string;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare beginning: Beginning;
  /** The new room is for everyone. */
  declare private open: boolean;
  declare private waiting: boolean;
  declare private refused: (Refused & { field?: string }) | undefined;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.server = "";
    this.bindings = undefined;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.beginning = "chat";
    this.open = false;
    this.waiting = false;
    this.refused = undefined;
  }

  protected override render(): TemplateResult {
    const form = { chat: this.#chat, group: this.#group, join: this.#join }[this.beginning];
    return chatPanel(
      this,
      say("chat.new"),
      html`<div class="choices" role="tablist" aria-label=${say("chat.begin-what")} @keydown=${this.#arrow}>
          ${(["chat", "group", "join"] as const).map(
            (each) => html`<button
              role="tab"
              id=${`tab-${each}`}
              data-begin=${each}
              aria-selected=${each === this.beginning ? "true" : "false"}
              aria-controls="form"
              tabindex=${each === this.beginning ? 0 : -1}
              @click=${() => this.#choose(each)}
            >
              ${say(`chat.begin-${each}`)}
            </button>`,
          )}
        </div>
        <div id="form" role="tabpanel" aria-labelledby=${`tab-${this.beginning}`}>
          <form novalidate @submit=${this.#send}>${form.call(this)}</form>
        </div>
        ${
          this.beginning === "chat"
            ? peopleList(acquaintances(this.bindings, this.state), this.looks, this.#off, this.#pick)
            : nothing
        }`,
    );
  }

  get #off(): boolean {
    return this.waiting || this.readonly;
  }

  #chat(): TemplateResult {
    const example = say("chat.address-example", { server: this.server });
    return html`${this.#field("whom", "chat.whom", { wire: true, placeholder: example })} ${this.#button("chat.start-chat")}`;
  }

  #group(): TemplateResult {
    return html`${this.#field("name", "chat.room-name", {})}
      <div>
        <label for="topic">${say("chat.room-topic")}</label>
        <div class="field"><input id="topic" dir="auto" ?readonly=${this.#off} /></div>
      </div>
      <fieldset ?disabled=${this.#off}>
        <legend>${say("chat.who-may-join")}</legend>
        ${[false, true].map(
          (open) => html`<label class="option"
            ><input
              type="radio"
              name="open"
              value=${open ? "public" : "private"}
              .checked=${this.open === open}
              @change=${() => {
                this.open = open;
              }}
            />${say(open ? "chat.public" : "chat.private")}</label
          >`,
        )}
      </fieldset>
      ${this.open ? this.#field("alias", "chat.room-address", { wire: true, before: "#", after: `:${this.server}` }) : nothing}
      ${this.#button("chat.create-room")}`;
  }

  #join(): TemplateResult {
    const example = say("chat.alias-example", { server: this.server });
    return html`${this.#field("room", "chat.room-to-join", { wire: true, placeholder: example })}
    ${this.#button("chat.join")}`;
  }

  #field(
    name: FieldName,
    label: WordsKey,
    {
      wire = false,
      placeholder = "",
      before = "",
      after = "",
    }: { wire?: boolean; placeholder?: string; before?: string; after?: string },
  ): TemplateResult {
    const wrong =
      this.refused && fieldOf(this.refused, this.beginning) === name ? refusalWords(this.refused) : undefined;
    return html`<div>
      <label for=${name}>${say(label)}</label>
      <div class=${wrong ? "field wrong" : "field"}>
        ${before ? html`<span class="affix" aria-hidden="true">${before}</span>` : nothing}
        <input
          id=${name}
          class=${wire ? "wire" : ""}
          dir=${wire ? "ltr" : "auto"}
          ?readonly=${this.#off}
          autocapitalize=${wire ? "none" : nothing}
          autocorrect="off"
          spellcheck="false"
          placeholder=${placeholder || nothing}
          aria-invalid=${wrong ? "true" : nothing}
          aria-describedby=${`${name}-wrong`}
          @input=${() => {
            this.refused = undefined;
          }}
        />
        ${after ? html`<span class="affix end one-line" aria-hidden="true">${after}</span>` : nothing}
      </div>
      <p class="wrong-words" id=${`${name}-wrong`} role="alert">${wrong ?? nothing}</p>
      ${name === "whom" ? html`<p class="said">${sayRich("chat.whom-said", { example: html`<code>${placeholder}</code>` })}</p>` : nothing}
    </div>`;
  }

  #button(words: WordsKey): TemplateResult {
    return html`<button class="primary" data-act="begin" ?disabled=${this.#off}>
      ${say(this.waiting ? "chat.working" : words)}
    </button>`;
  }

  readonly #choose = (beginning: Beginning): void => {
    this.beginning = beginning;
    this.refused = undefined;
  };

  readonly #arrow = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = ["chat", "group", "join"] as const;
    this.#choose(all.at((all.indexOf(this.beginning) + step) % all.length) ?? "chat");
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(),
    );
  };

  readonly #pick = (user: string): void => {
    const field = this.#input("whom");
    if (!field) return;
    field.value = user;
    this.refused = undefined;
    field.focus();
  };

  #input(id: string): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  #written(id: string): string {
    return this.#input(id)?.value.trim() ?? "";
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.#off) return;
    const wanted = this.#wanted();
    if ("code" in wanted) return this.#refuse(wanted);
    this.waiting = true;
    this.refused = undefined;
    const result: ActionResult = await act(this, this.by, wanted);
    this.waiting = false;
    if (!result.ok) return this.#refuse(result.refusal);
    this.dispatchEvent(new PaneEvent());
    if (result.room !== undefined) this.dispatchEvent(new OpenRoomEvent(result.room));
  };

  #wanted(): Doing | (Refused & { field: string }) {
    switch (this.beginning) {
      case "chat": {
        const user = this.#written("whom");
        if (user === "") return { code: "chat/no-address", facts: {}, field: "whom" };
        return { type: "createRoom", preset: "trusted_private_chat", direct: true, invite: [user] };
      }
      case "group": {
        const [name, topic, alias] = [this.#written("name"), this.#written("topic"), this.#written("alias")];
        if (name === "") return { code: "chat/no-room-name", facts: {}, field: "name" };
        return {
          type: "createRoom",
          name,
          preset: this.open ? "public_chat" : "private_chat",
          ...(topic !== "" && { topic }),
          ...(this.open && alias !== "" && { alias: localAlias(alias, this.server) }),
        };
      }
      case "join": {
        const room = this.#written("room");
        return room === "" ? { code: "chat/no-address", facts: {}, field: "room" } : { type: "join", room };
      }
    }
  }

  async #refuse(refused: Refused & { field?: string }): Promise<void> {
    this.refused = refused;
    await this.updateComplete;
    this.#input(fieldOf(refused, this.beginning))?.focus();
  }
}

/** `tea` of `#tea:garden.example`, where somebody writes all of it. */
function localAlias(written: string, server: string): string {
  const ending = `:${server}`;
  const name = written.startsWith("#") ? written.slice(1) : written;
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function fieldOf({ field }: { field?: string }, beginning: Beginning): FieldName {
  if (beginning === "chat") return "whom";
  if (beginning === "join") return "room";
  return field === "alias" ? "alias" : "name";
}

customElements.define("homeroom-chat-new", HomeroomChatNew);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-new": HomeroomChatNew;
  }
}
