import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type ChatRoom, noRoom } from "../chat-fold.ts";
import { ChatRoomElement } from "../chat-room-element.ts";
import { chatStyles } from "../chat-styles.ts";
import "../homeroom-chat-composer.ts";
import "../homeroom-chat-timeline.ts";
import "./homeroom-chat-delete.ts";
import "./homeroom-chat-emoji.ts";
import "./homeroom-chat-history.ts";
import { HomeroomChatThread } from "./homeroom-chat-thread.ts";
import type { Nameable } from "./nameable.ts";
import { type OverRoom, RoomWants } from "./room-wants.ts";
import { withoutIgnored, withoutThreads } from "./thread-events.ts";

/**
 * What is said in a room: its timeline, the line to write in, a thread beside it, and what is asked about a message.
 * Where nothing can be written, the slot `end` stands in the line's place.
 */
export class HomeroomChatConversation extends ChatRoomElement {
  static override properties = {
    writable: { type: Boolean },
    ignored: { attribute: false },
  };

  /** There is a line to write in. */
  declare writable: boolean;
  /** Users whose messages are not shown. */
  declare ignored: ReadonlySet<string>;

  readonly #wants = new RoomWants(this);
  /** The room without what ignored people say, and that without what is said in threads. */
  #visible: ChatRoom = noRoom;
  #shown: ChatRoom = noRoom;
  #people: readonly Nameable[] = [];

  static override styles = [
    ...chatStyles,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        block-size: 100%;
        container-type: inline-size;
        min-block-size: 0;
        min-inline-size: 0;
      }
      .columns,
      .main {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        min-block-size: 0;
        min-inline-size: 0;
      }
      .main {
        grid-template-rows: minmax(0, 1fr) auto;
      }
      .over-room,
      homeroom-chat-thread {
        position: absolute;
        inset: 0;
        z-index: 3;
      }
      @container (min-width: 40rem) {
        .with-thread {
          grid-template-columns: minmax(0, 1fr) minmax(17rem, 42%);
        }
        .with-thread homeroom-chat-thread {
          position: static;
          border-inline-start: 1px solid var(--line);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.writable = true;
    this.ignored = new Set();
  }

  /** The root of the thread beside it. */
  get openThread(): string | undefined {
    return this.#wants.thread;
  }

  /** Goes to a message, in its thread if it is in one. */
  async goTo(message: string): Promise<void> {
    await this.updateComplete;
    await this.#wants.goTo(message);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("room") || changed.has("ignored")) {
      this.#visible = withoutIgnored(this.room, this.ignored);
      this.#shown = withoutThreads(this.#visible);
    }
    const isNewCompany = changed.has("room") && changed.get("room")?.members !== this.room.members;
    if (isNewCompany || changed.has("me"))
      this.#people = [...this.room.members.values()].filter(
        ({ user, membership }) => user !== this.me && membership === "join",
      );
  }

  protected override render(): TemplateResult {
    const { summary } = this.room;
    const { thread } = this.#wants;
    return html`<div
      class=${thread === undefined ? "columns" : "columns with-thread"}
      ?inert=${this.#wants.over !== undefined}
      @dragover=${this.#draggedOver}
      @drop=${this.#dropped}
    >
      <div class="main">
        <homeroom-chat-timeline
          .by=${this.by}
          .roomId=${this.roomId}
          .room=${this.#shown}
          .me=${this.me}
          .server=${this.server}
          .looks=${this.looks}
          .manner=${this.manner}
          .readonly=${this.readonly}
          .attended=${this.attended}
        ></homeroom-chat-timeline>
        ${
          this.writable
            ? html`<homeroom-chat-composer
                .by=${this.by}
                .roomId=${this.roomId}
                .name=${summary?.name ?? ""}
                .manner=${this.manner}
                .readonly=${this.readonly}
                .allowed=${summary?.may.send ?? true}
                .answering=${this.#wants.answering}
                .people=${this.#people}
                .looks=${this.looks}
              ></homeroom-chat-composer>`
            : html`<slot name="end"></slot>`
        }
      </div>
      ${
        thread === undefined
          ? nothing
          : html`<homeroom-chat-thread
              .by=${this.by}
              .roomId=${this.roomId}
              .room=${this.#visible}
              .root=${thread}
              .me=${this.me}
              .server=${this.server}
              .looks=${this.looks}
              .manner=${this.manner}
              .readonly=${this.readonly}
              .attended=${this.attended}
              .people=${this.#people}
            ></homeroom-chat-thread>`
      }
    </div>
    ${this.#wants.over ? html`<div class="over-room">${this.#over(this.#wants.over)}</div>` : nothing}`;
  }

  #over({ what, event }: OverRoom): TemplateResult {
    switch (what) {
      case "delete":
        return html`<homeroom-chat-delete .by=${this.by} .roomId=${this.roomId} .event=${event} .manner=${this.manner}></homeroom-chat-delete>`;
      case "history":
        return html`<homeroom-chat-history .by=${this.by} .roomId=${this.roomId} .message=${event?.id ?? ""} .versions=${this.room.edits.get(event?.id ?? "")} .looks=${this.looks} .manner=${this.manner} .readonly=${this.readonly}></homeroom-chat-history>`;
      case "emoji":
        return html`<homeroom-chat-emoji .manner=${this.manner}></homeroom-chat-emoji>`;
    }
  }

  readonly #draggedOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };

  /** Files dropped on a thread go into it. */
  readonly #dropped = (event: DragEvent): void => {
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    const thread = event.composedPath().find((each) => each instanceof HomeroomChatThread);
    const holder = thread ?? this;
    holder.renderRoot.querySelector("homeroom-chat-composer")?.attach(files);
  };
}

customElements.define("homeroom-chat-conversation", HomeroomChatConversation);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-conversation": HomeroomChatConversation;
  }
}
