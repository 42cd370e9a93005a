import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { type Refused, refusalWords } from "../../catalogue/refusal-words.ts";
import type { ClientManner } from "../../world/action.ts";
import { act, type By } from "./chat-act.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { chatPanel, panelStyles } from "./chat-panel.ts";
import { chatStyles } from "./chat-styles.ts";
import { named, sayRich } from "./chat-words.ts";

/** Asks before a room is left. */
export class HomeroomChatLeave extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    name: {},
    manner: { reflect: true },
    readonly: { type: Boolean },
    waiting: { state: true },
    refused: { state: true },
  };

  declare by: By;
  declare roomId: string;
  declare name: string;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare private waiting: boolean;
  declare private refused: Refused | undefined;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.name = "";
    this.manner = "bubbles";
    this.readonly = false;
    this.waiting = false;
    this.refused = undefined;
  }

  protected override render(): TemplateResult {
    return chatPanel(
      this,
      sayRich("chat.leave-title", { room: named(this.name) }),
      html`<p>${say("chat.leave-said")}</p>
        <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
        <div class="row">
          <button @click=${() => this.dispatchEvent(new PaneEvent())}>${say("chat.stay")}</button>
          <button class="danger" data-act="leave" ?disabled=${this.waiting || this.readonly} @click=${this.#leave}>
            ${say(this.waiting ? "chat.working" : "chat.leave-room")}
          </button>
        </div>`,
    );
  }

  readonly #leave = async (): Promise<void> => {
    this.waiting = true;
    this.refused = undefined;
    const result = await act(this, this.by, { type: "leave", room: this.roomId });
    this.waiting = false;
    if (!result.ok) {
      this.refused = result.refusal;
      return;
    }
    this.dispatchEvent(new PaneEvent());
    this.dispatchEvent(new OpenRoomEvent(null));
  };
}

customElements.define("homeroom-chat-leave", HomeroomChatLeave);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-leave": HomeroomChatLeave;
  }
}
