import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import { type Refused, refusalWords } from "../../../catalogue/refusal-words.ts";
import type { ShownEvent } from "../../../client/client-fact.ts";
import type { ClientManner } from "../../../world/action.ts";
import { act, type By } from "../chat-act.ts";
import { PaneEvent } from "../chat-pane.ts";
import { chatPanel, panelStyles } from "../chat-panel.ts";
import { chatStyles } from "../chat-styles.ts";
import { briefly } from "./message-parts.ts";

/** Asks before a message is deleted, and for a reason. */
export class HomeroomChatDelete extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    event: { attribute: false },
    manner: { reflect: true },
    reason: { state: true },
    refused: { state: true },
  };

  declare by: By;
  declare roomId: string;
  declare event: ShownEvent | undefined;
  declare manner: ClientManner;
  declare private reason: string;
  declare private refused: Refused | undefined;

  static override styles = [...chatStyles, panelStyles];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.event = undefined;
    this.manner = "bubbles";
    this.reason = "";
    this.refused = undefined;
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
    this.refused = undefined;
    const reason = this.reason.trim();
    const deleted = act(this, this.by, {
      type: "redact",
      in: this.roomId,
      event: event.id,
      ...(reason !== "" && { reason }),
    });
    const result = await deleted;
    if (result.ok) this.dispatchEvent(new PaneEvent());
    else this.refused = result.refusal;
  };
}

customElements.define("homeroom-chat-delete", HomeroomChatDelete);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-delete": HomeroomChatDelete;
  }
}
