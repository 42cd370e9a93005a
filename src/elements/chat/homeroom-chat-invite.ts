import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { historyWarning } from "./chat-encrypted-choice.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { acquaintances, peopleList } from "./chat-people.ts";
import { named, sayRich } from "./chat-words.ts";
import "../addresses/homeroom-address.ts";

/** Invites somebody into a room, by address or from the list. */
export class HomeroomChatInvite extends ChatPaneElement {
  static override properties = {
    done: { state: true },
  };

  /** Who was invited last. */
  declare private done: string | undefined;

  constructor() {
    super();
    this.done = undefined;
  }

  protected override render(): TemplateResult {
    const { room, off } = this;
    const inside = [...(room?.members.values() ?? [])]
      .filter(({ membership }) => membership === "join" || membership === "invite")
      .map(({ user }) => user);
    const others = acquaintances(this.bindings, this.state).filter(({ user }) => !inside.includes(user));
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
    const field = this.input("whom");
    if (!field) return;
    field.value = user;
    this.refused = undefined;
    field.focus();
  };

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.off) return;
    const field = this.input("whom");
    const user = field?.value.trim() ?? "";
    this.done = undefined;
    if (user === "") this.refused = { code: "chat/no-address", facts: {} };
    else {
      const result = await this.do({ type: "invite", room: this.roomId, user });
      if (result.ok) {
        this.done = user;
        if (field) field.value = "";
      }
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
