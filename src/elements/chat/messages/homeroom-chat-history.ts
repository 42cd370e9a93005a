import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import type { MessageVersion } from "../../../client/message-fact.ts";
import type { ClientManner } from "../../../world/action.ts";
import type { ServerLooks } from "../../server-look.ts";
import { act, type By } from "../chat-act.ts";
import { textOf } from "../chat-notice.ts";
import { chatPanel, panelStyles } from "../chat-panel.ts";
import { chatStyles } from "../chat-styles.ts";
import { plainText } from "../chat-text.ts";
import { clockTime } from "../chat-words.ts";

/** Longer versions are cut. */
const longest = 2000;

/** All that an edited message has said, oldest first. */
export class HomeroomChatHistory extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    message: { attribute: false },
    versions: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
  };

  declare by: By;
  declare roomId: string;
  /** The message's id. */
  declare message: string;
  /** Absent until the server has answered. */
  declare versions: readonly MessageVersion[] | undefined;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;

  static override styles = [
    ...chatStyles,
    panelStyles,
    css`
      ol {
        display: grid;
        gap: 0.6rem;
      }
      li {
        padding: 0.45rem 0.7rem;
        border-radius: 11px;
        background: var(--surface-soft);
        overflow-wrap: anywhere;
      }
      time {
        display: block;
        color: var(--ink-soft);
        font-size: 0.78rem;
      }
      .text {
        white-space: pre-wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.message = "";
    this.versions = undefined;
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("message") || this.message === "" || this.readonly) return;
    void act(this, this.by, { type: "listEdits", in: this.roomId, event: this.message });
  }

  protected override render(): TemplateResult {
    const { versions } = this;
    return chatPanel(
      this,
      say("messages.history-title"),
      versions
        ? html`<ol>
            ${versions.map(
              ({ at, content }, place) => html`<li>
                <time
                  >${clockTime(at)}${place === versions.length - 1 ? ` (${say("messages.history-now")})` : ""}</time
                >
                <span class="text" dir="auto">${plainText((textOf(content.body) ?? "").slice(0, longest), this.looks)}</span>
              </li>`,
            )}
          </ol>`
        : html`<p role="status">${say("messages.history-loading")}</p>`,
    );
  }
}

customElements.define("homeroom-chat-history", HomeroomChatHistory);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-history": HomeroomChatHistory;
  }
}
