import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { say } from "../../../catalogue/message-words.ts";
import { type ChatRoom, noRoom } from "../chat-fold.ts";
import { icon } from "../chat-icons.ts";
import { ChatRoomElement } from "../chat-room-element.ts";
import { chatStyles } from "../chat-styles.ts";
import "../homeroom-chat-composer.ts";
import type { Answering } from "../homeroom-chat-composer.ts";
import type { HomeroomChatTimeline } from "../homeroom-chat-timeline.ts";
import "../homeroom-chat-timeline.ts";
import { briefly } from "./message-parts.ts";
import type { Nameable } from "./nameable.ts";
import { threadRoom } from "./thread-events.ts";
import { WantEvent } from "./want-event.ts";

/** One thread: its root, its answers, and a line to write in. */
export class HomeroomChatThread extends ChatRoomElement {
  static override properties = {
    root: { attribute: false },
    people: { attribute: false },
    answering: { state: true },
  };

  /** The id of the message that it began with. */
  declare root: string;
  declare people: readonly Nameable[];
  declare private answering: Answering | undefined;

  #thread: ChatRoom = noRoom;

  static override styles = [
    ...chatStyles,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        min-block-size: 0;
        background: var(--surface);
      }
      header {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        min-inline-size: 0;
        padding: 0.3rem 0.4rem 0.3rem 0.9rem;
        border-block-end: 1px solid var(--line);
      }
      h3 {
        flex: 1;
        font-size: 0.92rem;
        outline: none;
      }
    `,
  ];

  constructor() {
    super();
    this.root = "";
    this.people = [];
    this.answering = undefined;
    this.addEventListener(WantEvent.type, this.#wanted);
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.stopPropagation();
      this.#close();
    });
  }

  get timeline(): HomeroomChatTimeline | null {
    return this.renderRoot.querySelector("homeroom-chat-timeline");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("root")) this.answering = undefined;
    if (changed.has("room") || changed.has("root")) this.#thread = threadRoom(this.room, this.root);
  }

  protected override render(): TemplateResult {
    const root = this.#thread.events[0];
    const title = root ? say("messages.thread-of", { text: briefly(root) }) : say("messages.thread");
    return html`<header>
        <h3 class="one-line" tabindex="-1" dir="auto">${title}</h3>
        <button class="icon" data-act="close-thread" aria-label=${say("messages.thread-close")} title=${say("messages.thread-close")} @click=${this.#close}>
          ${icon("close")}
        </button>
      </header>
      <homeroom-chat-timeline
        .by=${this.by}
        .roomId=${this.roomId}
        .room=${this.#thread}
        .me=${this.me}
        .server=${this.server}
        .looks=${this.looks}
        .manner=${this.manner}
        .readonly=${this.readonly}
        .attended=${this.attended}
        .inThread=${true}
      ></homeroom-chat-timeline>
      ${
        this.room.summary?.may.send === false
          ? nothing
          : html`<homeroom-chat-composer
              .by=${this.by}
              .roomId=${this.roomId}
              .thread=${this.root}
              .name=${this.room.summary?.name ?? ""}
              .manner=${this.manner}
              .readonly=${this.readonly}
              .people=${this.people}
              .looks=${this.looks}
              .answering=${this.answering}
            ></homeroom-chat-composer>`
      }`;
  }

  readonly #close = (): void => {
    this.dispatchEvent(new WantEvent("thread"));
  };

  /** Answers and edits stay in the thread; the rest is the room's. */
  readonly #wanted = (event: WantEvent): void => {
    if (event.composedPath()[0] === this) return;
    const { events } = this.#thread;
    const message =
      event.want === "edit" && event.message === ""
        ? events.findLast(
            ({ sender, redacted, type }) => sender === this.me && !redacted && type === "m.room.message",
          )
        : events.find(({ id }) => id === event.message);
    if (event.want === undefined) this.answering = undefined;
    else if ((event.want === "reply" || event.want === "edit") && message)
      this.answering = { what: event.want, event: message };
    else if (event.want === "jump" && message) void this.timeline?.toMessage(message.id);
    else return;
    event.stopPropagation();
  };
}

customElements.define("homeroom-chat-thread", HomeroomChatThread);

declare global {
  interface HTMLElementTagNameMap {
    "homeroom-chat-thread": HomeroomChatThread;
  }
}
