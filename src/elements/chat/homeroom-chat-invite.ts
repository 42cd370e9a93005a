import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";
import type { ClientManner } from "../../world/action.ts";
import type { Bindings } from "../../world/world.ts";
import type { ServerLooks } from "../server-look.ts";
import { act, type By } from "./chat-act.ts";
import { historyWarning } from "./chat-encrypted-choice.ts";
import { type ChatState, noChat } from "./chat-fold.ts";
import { chatPanel, panelStyles } from "./chat-panel.ts";
import { acquaintances, peopleList } from "./chat-people.ts";
import { chatStyles } from "./chat-styles.ts";
import { named, sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** Invites somebody into a room, by address or from the list. */
export class HomeroomChatInvite extends LitElement {
  static override properties = {
    by: { attribute: false },
    state: { attribute: false },
    roomId: { attribute: false },
    server: {},
    bindings: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    waiting: { state: true },
    refused: { state: true },
    done: { state: true },
  };

  declare by: By;
  declare state: ChatState;
  declare roomId: string;
  declare server: string;
  declare bindings: Bindings | undefined;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare private waiting: boolean;
  declare private refused: Refused | undefined;
  /** Who was invited last. */
  declare private done: string | undefined;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.state = noChat;
    this.roomId = "";
    this.server = "";
    this.bindings = undefined;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.waiting = false;
    this.refused = undefined;
    this.done = undefined;
  }

  protected override render(): TemplateResult {
    const room = this.state.rooms.get(this.roomId);
    const inside = [...(room?.members.values() ?? [])]
      .filter(({ membership }) => membership === "join" || membership === "invite")
      .map(({ user }) => user);
    const others = acquaintances(this.bindings, this.state).filter(({ user }) => !inside.includes(user));
    const off = this.waiting || this.readonly;
    const wrong = this.refused ? refusalWords(this.refused) : nothing;
    return chatPanel(
      this,
      sayRich("chat.invite-title", { room: named(room?.summary?.name ?? "") }),
      html`${historyWarning(this.state, this.roomId)}
        <form novalidate @submit=${this.#send}>
          <div>
            <label for="whom">${say("chat.invite-whom")}</label>
            <div class=${this.refused ? "field wrong" : "field"}>
              <input
                id="whom"
                class="wire"
                dir="ltr"
                ?readonly=${off}
                autocapitalize="none"
                autocorrect="off"
                spellcheck="false"
                placeholder=${say("chat.address-example", { server: this.server })}
                aria-invalid=${this.refused ? "true" : nothing}
                aria-describedby="wrong"
                @input=${() => {
                  this.refused = undefined;
                }}
              />
            </div>
            <p class="wrong-words" id="wrong" role="alert">${wrong}</p>
          </div>
          <button class="primary" ?disabled=${off}>${say(this.waiting ? "chat.working" : "chat.invite")}</button>
          <p class="said" role="status">${this.done ? sayRich("chat.invited-now", { user: named(this.done) }) : nothing}</p>
        </form>
        ${peopleList(others, this.looks, off, this.#pick)}`,
    );
  }

  readonly #pick = (user: string): void => {
    const field = this.renderRoot.querySelector<HTMLInputElement>("#whom");
    if (!field) return;
    field.value = user;
    this.refused = undefined;
    field.focus();
  };

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.waiting || this.readonly) return;
    const field = this.renderRoot.querySelector<HTMLInputElement>("#whom");
    const user = field?.value.trim() ?? "";
    this.done = undefined;
    if (user === "") this.refused = { code: "chat/no-address", facts: {} };
    else {
      this.waiting = true;
      this.refused = undefined;
      const result = await act(this, this.by, { type: "invite", room: this.roomId, user });
      this.waiting = false;
      if (result.ok) {
        this.done = user;
        if (field) field.value = "";
      } else this.refused = result.refusal;
    }
    if (this.refused) field?.focus();
  };
}

customElements.define("homeroom-chat-invite", HomeroomChatInvite);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-invite": HomeroomChatInvite;
  }
}
