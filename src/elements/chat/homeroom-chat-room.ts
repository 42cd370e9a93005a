import { css, html, nothing, type TemplateResult } from "lit";
import { successorOf } from "../../client/room-state.ts";
import { type ChatState, noChat } from "./chat-fold.ts";
import { invitation } from "./chat-invitation.ts";
import { ChatRoomElement } from "./chat-room-element.ts";
import { isSpaceRoom, stateOf } from "./chat-room-state.ts";
import { chatStyles } from "./chat-styles.ts";
import "./homeroom-chat-doorway.ts";
import "./homeroom-chat-knocks.ts";
import "./homeroom-chat-space.ts";
import type { HomeroomChatConversation } from "./messages/homeroom-chat-conversation.ts";
import "./messages/homeroom-chat-conversation.ts";

/** One room on a device's screen: its timeline and the line to write in, or the invitation to it. */
export class HomeroomChatRoom extends ChatRoomElement {
  static override properties = {
    state: { attribute: false },
  };

  declare state: ChatState;

  static override styles = [
    ...chatStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        block-size: 100%;
        min-block-size: 0;
        min-inline-size: 0;
      }
      .door,
      homeroom-chat-space,
      homeroom-chat-conversation {
        grid-row: 2;
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
      :host([manner="lines"]) :is(.about, button) {
        border-radius: 0;
        font-family: var(--font-wire);
        font-size: 0.86rem;
      }
    `,
  ];

  constructor() {
    super();
    this.state = noChat;
  }

  /** What is said in it, where it shows that. */
  get conversation(): HomeroomChatConversation | null {
    return this.renderRoot.querySelector("homeroom-chat-conversation");
  }

  protected override render(): TemplateResult {
    const { summary } = this.room;
    if (summary?.membership === "invite")
      return html`<div class="door">${invitation(this, summary, this)}</div>`;
    const inside = summary === undefined || summary.membership === "join";
    if (inside && isSpaceRoom(this.room))
      return html`${this.#knocks()}<homeroom-chat-space
        .by=${this.by}
        .state=${this.state}
        .roomId=${this.roomId}
        .server=${this.server}
        .looks=${this.looks}
        .manner=${this.manner}
        .readonly=${this.readonly}
      ></homeroom-chat-space>`;
    const writable = inside && !successorOf(stateOf(this.room));
    return html`${this.#knocks()}<homeroom-chat-conversation
        .by=${this.by}
        .roomId=${this.roomId}
        .room=${this.room}
        .me=${this.me}
        .server=${this.server}
        .looks=${this.looks}
        .manner=${this.manner}
        .readonly=${this.readonly}
        .attended=${this.attended}
        .writable=${writable}
        .ignored=${this.state.ignored}
      >
        ${
          writable
            ? nothing
            : html`<homeroom-chat-doorway
                slot="end"
                .by=${this.by}
                .state=${this.state}
                .roomId=${this.roomId}
                .manner=${this.manner}
                .readonly=${this.readonly}
              ></homeroom-chat-doorway>`
        }
      </homeroom-chat-conversation>`;
  }

  #knocks(): TemplateResult {
    return html`<homeroom-chat-knocks
      .by=${this.by}
      .state=${this.state}
      .roomId=${this.roomId}
      .looks=${this.looks}
      .manner=${this.manner}
      .readonly=${this.readonly}
    ></homeroom-chat-knocks>`;
  }
}

customElements.define("homeroom-chat-room", HomeroomChatRoom);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-room": HomeroomChatRoom;
  }
}
