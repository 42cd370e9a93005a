import { css, html, LitElement, type TemplateResult } from "lit";
import { say } from "../../catalogue/catalogue.ts";
import type { ClientManner } from "../../world/action.ts";
import type { ServerLooks } from "../server-look.ts";
import type { By } from "./chat-act.ts";
import { type ChatRoom, noRoom } from "./chat-fold.ts";
import { invitation } from "./chat-invitation.ts";
import { chatStyles } from "./chat-styles.ts";
import "./homeroom-chat-composer.ts";
import "./homeroom-chat-timeline.ts";

/** One room on a device's screen: its timeline and the line to write in, or the invitation to it. */
export class HomeroomChatRoom extends LitElement {
  static override properties = {
    by: { attribute: false },
    roomId: { attribute: false },
    room: { attribute: false },
    me: { attribute: false },
    server: { attribute: false },
    looks: { attribute: false },
    manner: { reflect: true },
    readonly: { type: Boolean },
    attended: { type: Boolean },
  };

  declare by: By;
  declare roomId: string;
  declare room: ChatRoom;
  declare me: string | undefined;
  declare server: string;
  declare looks: ServerLooks | undefined;
  declare manner: ClientManner;
  declare readonly: boolean;
  declare attended: boolean;

  static override styles = [
    ...chatStyles,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
        block-size: 100%;
        min-block-size: 0;
        min-inline-size: 0;
      }
      .door {
        display: grid;
        place-content: safe center;
        padding: 1rem;
        overflow-y: auto;
      }
      .invitation {
        display: grid;
        justify-items: center;
        gap: 0.7rem;
        max-inline-size: 22rem;
        text-align: center;
      }
      .about {
        display: grid;
        justify-items: center;
        gap: 0.6rem;
        line-height: 1.45;
      }
      .note {
        padding: 0.65rem 0.9rem;
        border-block-start: 1px solid var(--line);
        color: var(--ink-soft);
        font-size: 0.88rem;
        text-align: center;
      }
      :host([manner="lines"]) :is(.note, .about, button) {
        border-radius: 0;
        font-family: var(--font-wire);
        font-size: 0.86rem;
      }
    `,
  ];

  constructor() {
    super();
    this.by = { person: "", device: "" };
    this.roomId = "";
    this.room = noRoom;
    this.me = undefined;
    this.server = "";
    this.looks = undefined;
    this.manner = "bubbles";
    this.readonly = false;
    this.attended = false;
  }

  protected override render(): TemplateResult {
    const { summary } = this.room;
    if (summary?.membership === "invite")
      return html`<div class="door">${invitation(this, summary, this)}</div>`;
    const inside = summary === undefined || summary.membership === "join";
    return html`<homeroom-chat-timeline
        .by=${this.by}
        .roomId=${this.roomId}
        .room=${this.room}
        .me=${this.me}
        .server=${this.server}
        .looks=${this.looks}
        .manner=${this.manner}
        .readonly=${this.readonly}
        .attended=${this.attended}
      ></homeroom-chat-timeline>
      ${
        inside
          ? html`<homeroom-chat-composer
              .by=${this.by}
              .roomId=${this.roomId}
              .name=${summary?.name ?? ""}
              .manner=${this.manner}
              .readonly=${this.readonly}
              .allowed=${summary?.may.send ?? true}
            ></homeroom-chat-composer>`
          : html`<p class="note">${say(summary.membership === "knock" ? "chat.knocked" : "chat.not-in-room")}</p>`
      }`;
  }
}

customElements.define("homeroom-chat-room", HomeroomChatRoom);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-room": HomeroomChatRoom;
  }
}
