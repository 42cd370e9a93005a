import { html, nothing, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import { refusalWords } from "../../../catalogue/refusal-words.ts";
import type { ShownEvent } from "../../../client/client-fact.ts";
import { PaneEvent } from "../chat-pane.ts";
import { ChatPaneElement } from "../chat-pane-element.ts";
import { chatPanel } from "../chat-panel.ts";
import { briefly } from "./message-parts.ts";

/** Asks before a message is deleted, and for a reason. */
export class HomeroomChatDelete extends ChatPaneElement {
  static override properties = {
    event: { attribute: false },
    reason: { state: true },
  };

  declare event: ShownEvent | undefined;
  declare private reason: string;

  constructor() {
    super();
    this.event = undefined;
    this.reason = "";
  }

  protected override render(): TemplateResult {
    return chatPanel(
      this,
      say("messages.delete-title"),
      html`<blockquote><bdi>${this.event ? briefly(this.event) : nothing}</bdi></blockquote>
        <p>${say("messages.delete-note")}</p>
        <form @submit=${this.#delete}>
          <div>
            <label for="reason">${say("messages.delete-reason")}</label>
            <div class="field">
              <input
                id="reason"
                autocomplete="off"
                maxlength="500"
                .value=${this.reason}
                @input=${(event: Event) => {
                  this.reason = (event.target as HTMLInputElement).value;
                }}
              />
            </div>
          </div>
          <p class="wrong-words" role="alert">${this.refused ? refusalWords(this.refused) : nothing}</p>
          <div class="row">
            <button type="button" @click=${() => this.dispatchEvent(new PaneEvent())}>${say("messages.cancel")}</button>
            <button class="danger" data-act="delete-now">${say("messages.delete-now")}</button>
          </div>
        </form>`,
    );
  }

  readonly #delete = async (submit: SubmitEvent): Promise<void> => {
    submit.preventDefault();
    const { event } = this;
    if (!event) return;
    const reason = this.reason.trim();
    const result = await this.do({
      type: "redact",
      in: this.roomId,
      event: event.id,
      ...(reason !== "" && { reason }),
    });
    if (result.ok) this.dispatchEvent(new PaneEvent());
  };
}

customElements.define("homeroom-chat-delete", HomeroomChatDelete);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-delete": HomeroomChatDelete;
  }
}
