import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import { refusalWords } from "../../catalogue/refusal-words.ts";
import { OpenRoomEvent, PaneEvent } from "./chat-pane.ts";
import { ChatPaneElement } from "./chat-pane-element.ts";
import { chatPanel } from "./chat-panel.ts";
import { named, sayRich } from "./chat-words.ts";

/** Asks before a room is left. */
export class HomeroomChatLeave extends ChatPaneElement {
  protected override render(): TemplateResult {
    return chatPanel(
      this,
      sayRich("chat.leave-title", { room: named(this.room?.summary?.name ?? "") }),
      html`<p>${say("chat.leave-said")}</p>
        <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
        <div class="row">
          <button @click=${() => this.dispatchEvent(new PaneEvent())}>${say("chat.stay")}</button>
          <button class="danger" data-act="leave" ?disabled=${this.off} @click=${this.#leave}>
            ${say(this.waiting ? "chat.working" : "chat.leave-room")}
          </button>
        </div>`,
    );
  }

  readonly #leave = async (): Promise<void> => {
    const result = await this.do({ type: "leave", room: this.roomId });
    if (!result.ok) return;
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
