import { html, nothing, type TemplateResult } from "lit";
import type { Refused } from "../../catalogue/refusal-words.ts";
import { say, type WordsKey } from "../../catalogue/room-words.ts";
import type { ActionResult } from "../../world/action.ts";
import type { Doing } from "./chat-act.ts";
import { avatar } from "./chat-avatar.ts";
import { encryptedChoice, wantsEncryption } from "./chat-encrypted-choice.ts";
import { chatChoice, chatField } from "./chat-field.ts";
import { userOf } from "./chat-fold.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { acquaintances, peopleList } from "./chat-people.ts";
import { Powers, spacesOf } from "./chat-room-state.ts";
import { chatTabs } from "./chat-tabs.ts";
import { sayRich, shortName } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

export type Beginning = "chat" | "group" | "space" | "join";
/** Who may join what is new. */
type Entry = "invite" | "knock" | "restricted" | "public";

const beginnings = ["chat", "group", "space", "join"] as const;

/** Begins something: a chat with one person or oneself, a room for many, a space; or joins a room by its address. */
export class HomeroomChatNew extends ChatPaneElement {
  static override properties = {
    beginning: { state: true },
    entry: { state: true },
    published: { state: true },
    parent: { state: true },
  };

  declare beginning: Beginning;
  declare private entry: Entry;
  declare private published: boolean;
  /** The space that a new room is for. */
  declare private parent: string;
  /** The role that a tutorial's solution gives to the new room. */
  as: string | undefined;

  constructor() {
    super();
    this.beginning = "chat";
    this.entry = "invite";
    this.published = false;
    this.parent = "";
  }

  protected override render(): TemplateResult {
    const form = { chat: this.#chat, group: this.#group, space: this.#space, join: this.#join }[
      this.beginning
    ];
    const words = {
      chat: "chat.begin-chat",
      group: "chat.begin-group",
      space: "rooms.begin-space",
      join: "chat.begin-join",
    } as const;
    return chatPanel(
      this,
      say("chat.new"),
      html`${chatTabs<Beginning>(this, {
        label: say("chat.begin-what"),
        tabs: beginnings.map((name) => ({ name, words: say(words[name]) })),
        chosen: this.beginning,
        choose: (beginning) => {
          this.beginning = beginning;
          this.refused = undefined;
          if (beginning === "space" && this.entry === "restricted") this.entry = "invite";
        },
      })}
        <div id="form" role="tabpanel" aria-labelledby=${`tab-${this.beginning}`}>
          <form novalidate @submit=${this.#send} @input=${this.#mended}>${form.call(this)}</form>
        </div>
        ${
          this.beginning === "chat"
            ? html`${this.#notes()}${peopleList(acquaintances(this.bindings, this.state), this.looks, this.off, this.#pick)}`
            : nothing
        }`,
    );
  }

  #chat(): TemplateResult {
    const example = say("chat.address-example", { server: this.server });
    return html`${chatField({
      id: "whom",
      label: say("chat.whom"),
      wire: true,
      placeholder: example,
      said: sayRich("chat.whom-said", { example: html`<code>${example}</code>` }),
      off: this.off,
      refused: this.refused,
    })}
    ${encryptedChoice(this.state, this.off)} ${this.#button("chat.start-chat")}`;
  }

  /** A room for oneself, where programs put a chat with oneself: on top of the people. */
  #notes(): TemplateResult {
    const me = userOf(this.state.session) ?? "";
    return html`<button class="person" data-act="notes" ?disabled=${this.off} @click=${() => this.#begin({ type: "createRoom", name: say("rooms.notes"), preset: "private_chat" })}>
      ${avatar(me, me, this.looks)}<span
        >${say("rooms.notes-to-self")}<small>${say("rooms.notes-said")}</small></span
      >
    </button>`;
  }

  #group(): TemplateResult {
    const spaces = spacesOf(this.state).filter(({ id }) =>
      new Powers(this.state, this.state.rooms.get(id)).may("m.space.child"),
    );
    return html`${this.#about("chat.room-name")}
    ${
      spaces.length > 0
        ? html`<div>
            <label for="parent">${say("rooms.for-space")}</label>
            <select
              id="parent"
              ?disabled=${this.off}
              @change=${(event: Event) => {
                this.parent = (event.target as HTMLSelectElement).value;
                if (this.parent === "" && this.entry === "restricted") this.entry = "invite";
              }}
            >
              <option value="">${say("rooms.no-space")}</option>
              ${spaces.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.parent}>${shortName(name)}</option>`)}
            </select>
          </div>`
        : nothing
    }
    ${this.#entries(this.parent === "" ? ["invite", "knock", "public"] : ["invite", "restricted", "knock", "public"])}
    ${this.entry === "public" ? nothing : encryptedChoice(this.state, this.off)} ${this.#button("chat.create-room")}`;
  }

  #space(): TemplateResult {
    return html`<p class="said">${say("rooms.space-said")}</p>
      ${this.#about("rooms.name")} ${this.#entries(["invite", "public"])} ${this.#button("rooms.create-space")}`;
  }

  #about(label: WordsKey): TemplateResult {
    return html`${chatField({ id: "name", label: say(label), off: this.off, refused: this.refused })}
    ${chatField({ id: "topic", label: say("chat.room-topic"), off: this.off })}`;
  }

  #entries(entries: readonly Entry[]): TemplateResult {
    return html`${chatChoice<Entry>({
      name: "entry",
      legend: say("chat.who-may-join"),
      options: entries.map((value) => ({ value, words: say(`rooms.rule-${value}`) })),
      chosen: this.entry,
      off: this.off,
      choose: (entry) => {
        this.entry = entry;
      },
    })}
    ${
      this.entry === "public" || this.entry === "knock"
        ? html`${chatField({ id: "alias", label: say("chat.room-address"), wire: true, before: "#", after: `:${this.server}`, off: this.off, refused: this.refused })}
            <label class="option"
              ><input
                type="checkbox"
                name="published"
                .checked=${this.published}
                ?disabled=${this.off}
                @change=${(event: Event) => {
                  this.published = (event.target as HTMLInputElement).checked;
                }}
              /><span>${say("rooms.in-directory", { server: this.server })}</span></label
            >`
        : nothing
    }`;
  }

  #join(): TemplateResult {
    const example = say("chat.alias-example", { server: this.server });
    return html`${chatField({
      id: "room",
      label: say("chat.room-to-join"),
      wire: true,
      placeholder: example,
      off: this.off,
      refused: this.refused,
    })}
    ${this.#button("chat.join")}`;
  }

  #button(words: WordsKey): TemplateResult {
    return html`<button class="primary" data-act="begin" ?disabled=${this.off}>
      ${say(this.waiting ? "chat.working" : words)}
    </button>`;
  }

  readonly #mended = (): void => {
    this.refused = undefined;
  };

  readonly #pick = (user: string): void => {
    const field = this.input("whom");
    if (!field) return;
    field.value = user;
    this.refused = undefined;
    field.focus();
  };

  #written(id: string): string {
    return this.input(id)?.value.trim() ?? "";
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    const wanted = this.#wanted();
    if ("code" in wanted) return this.#refuse(wanted);
    await this.#begin(wanted);
  };

  async #begin(wanted: Doing): Promise<void> {
    const named = this.as !== undefined && (wanted.type === "createRoom" || wanted.type === "createSpace");
    const result: ActionResult = await this.do(named ? { ...wanted, as: this.as! } : wanted);
    if (!result.ok) return this.#refuse(result.refusal);
    this.dispatchEvent(new PaneEvent());
    if (result.room !== undefined) this.dispatchEvent(new OpenRoomEvent(result.room));
  }

  #wanted(): Doing | (Refused & { field: string }) {
    switch (this.beginning) {
      case "chat": {
        const user = this.#written("whom");
        if (user === "") return { code: "chat/no-address", facts: {}, field: "whom" };
        return {
          type: "createRoom",
          preset: "trusted_private_chat",
          direct: true,
          invite: [user],
          ...wantsEncryption(this.renderRoot),
        };
      }
      case "group":
      case "space":
        return this.#newRoom();
      case "join": {
        const room = this.#written("room");
        return room === "" ? { code: "chat/no-address", facts: {}, field: "room" } : { type: "join", room };
      }
    }
  }

  #newRoom(): Doing | (Refused & { field: string }) {
    const [name, topic, alias] = [this.#written("name"), this.#written("topic"), this.#written("alias")];
    if (name === "") return { code: "chat/no-room-name", facts: {}, field: "name" };
    const { entry } = this;
    const findable = entry === "public" || entry === "knock";
    const about = {
      name,
      preset: entry === "public" ? "public_chat" : "private_chat",
      ...(topic !== "" && { topic }),
      ...(findable && alias !== "" && { alias: localAlias(alias, this.server) }),
      ...(findable && this.published && { published: true }),
    } as const;
    if (this.beginning === "space") return { type: "createSpace", ...about };
    return {
      type: "createRoom",
      ...about,
      ...wantsEncryption(this.renderRoot),
      ...(this.parent !== "" && { space: this.parent }),
      ...((entry === "knock" || entry === "restricted") && { joinRule: entry }),
    };
  }

  async #refuse(refused: Refused & { field?: string }): Promise<void> {
    const field = fieldOf(refused, this.beginning);
    this.refused = { ...refused, field };
    await this.updateComplete;
    this.input(field)?.focus();
  }
}

/** `tea` of `#tea:garden.example`, where somebody writes all of it. */
function localAlias(written: string, server: string): string {
  const ending = `:${server}`;
  const name = written.startsWith("#") ? written.slice(1) : written;
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function fieldOf({ field }: { field?: string }, beginning: Beginning): "whom" | "room" | "alias" | "name" {
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
