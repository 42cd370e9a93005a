import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { ShownEvent } from "../../../client/client-fact.ts";
import { act, type By } from "../chat-act.ts";
import { focusedIn } from "../chat-focus.ts";
import type { ChatRoom } from "../chat-fold.ts";
import { PaneEvent } from "../chat-pane.ts";
import type { Answering, HomeroomChatComposer } from "../homeroom-chat-composer.ts";
import { EmojiEvent } from "./homeroom-chat-emoji.ts";
import { isOwn } from "./message-menu.ts";
import { WantEvent } from "./want-event.ts";

type RoomHost = ReactiveControllerHost &
  HTMLElement & {
    readonly renderRoot: ParentNode;
    readonly by: By;
    readonly roomId: string;
    readonly room: ChatRoom;
    readonly me: string | undefined;
  };

/** What lies over a room's timeline. */
export type OverRoom = { what: "delete" | "history" | "emoji"; event?: ShownEvent };

/** What somebody wants with a room's messages: what is answered, which thread is open, what is asked. */
export class RoomWants implements ReactiveController {
  readonly #host: RoomHost;
  /** The room that all of it is about. */
  #room = "";
  answering: Answering | undefined;
  /** The root of the open thread. */
  thread: string | undefined;
  over: OverRoom | undefined;
  #cameFrom: HTMLElement | undefined;
  /** Where a chosen emoji goes. */
  #composer: HomeroomChatComposer | undefined;

  constructor(host: RoomHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener(WantEvent.type, this.#wanted);
    host.addEventListener(PaneEvent.type, this.#paneWanted);
    host.addEventListener(EmojiEvent.type, this.#emojiChosen);
  }

  hostUpdate(): void {
    if (this.#host.roomId === this.#room) return;
    this.#room = this.#host.roomId;
    this.answering = undefined;
    this.thread = undefined;
    this.over = undefined;
  }

  readonly #wanted = (event: WantEvent): void => {
    event.stopPropagation();
    const { events } = this.#host.room;
    const message =
      event.want === "edit" && event.message === ""
        ? lastOwn(events, this.#host.me)
        : events.find(({ id }) => id === event.message);
    switch (event.want) {
      case undefined:
        this.answering = undefined;
        break;
      case "reply":
      case "edit":
        if (message) this.answering = { what: event.want, event: message };
        break;
      case "thread":
        void this.#showThread(message?.thread ?? message?.id);
        break;
      case "jump":
        void this.goTo(event.message);
        break;
      case "delete":
      case "history":
        if (message) void this.#show({ what: event.want, event: message });
        break;
      case "emoji": {
        const from = event.composedPath().find((each) => each instanceof HTMLElement);
        this.#composer =
          from?.localName === "homeroom-chat-composer" ? (from as HomeroomChatComposer) : undefined;
        void this.#show({ what: "emoji", ...(message && { event: message }) });
      }
    }
    this.#host.requestUpdate();
  };

  readonly #paneWanted = (event: PaneEvent): void => {
    if (!this.over || event.pane !== undefined) return;
    event.stopPropagation();
    void this.#show(undefined);
  };

  readonly #emojiChosen = async (event: EmojiEvent): Promise<void> => {
    event.stopPropagation();
    const about = this.over?.event;
    const composer = this.#composer;
    await this.#show(undefined);
    if (!about) {
      composer?.insert(event.emoji);
      return;
    }
    const { by, roomId, me } = this.#host;
    if (isOwn(about, event.emoji, me)) return;
    void act(this.#host, by, { type: "react", in: roomId, event: about.id, key: event.emoji });
  };

  /** Opens what lies over the room, with the focus in it; closes it, with the focus where it came from. */
  async #show(over: OverRoom | undefined): Promise<void> {
    if (over && !this.over) this.#cameFrom = focusedIn(this.#host.shadowRoot);
    this.over = over;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (over) {
      const element = this.#host.renderRoot.querySelector(".over-room")?.firstElementChild;
      if (element && "updateComplete" in element) await element.updateComplete;
      element?.shadowRoot?.querySelector<HTMLElement>("h3")?.focus();
    } else if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
  }

  async #showThread(root: string | undefined): Promise<void> {
    const opener = focusedIn(this.#host.shadowRoot);
    const before = this.thread;
    this.thread = root;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (root !== undefined) {
      if (before === undefined) this.#cameFrom = opener;
      const pane = this.#host.renderRoot.querySelector("homeroom-chat-thread");
      await pane?.updateComplete;
      const composer = pane?.renderRoot.querySelector("homeroom-chat-composer");
      await composer?.updateComplete;
      if (matchMedia("(pointer: fine)").matches) composer?.field?.focus();
      else pane?.renderRoot.querySelector<HTMLElement>("h3")?.focus();
    } else if (this.#cameFrom?.isConnected) this.#cameFrom.focus();
  }

  /** Goes to where a message stands; opens the thread that it is in. */
  async goTo(message: string): Promise<void> {
    const timeline = this.#host.renderRoot.querySelector("homeroom-chat-timeline");
    const known = (): ShownEvent | undefined => this.#host.room.events.find(({ id }) => id === message);
    await timeline?.loadUntil(() => known() !== undefined);
    const thread = known()?.thread;
    if (thread === undefined) return void (await timeline?.toMessage(message));
    await this.#showThread(thread);
    const beside = this.#host.renderRoot.querySelector("homeroom-chat-thread")?.timeline;
    await beside?.updateComplete;
    await beside?.toMessage(message);
  }
}

/** The newest message of one's own in the room itself. */
function lastOwn(events: readonly ShownEvent[], me: string | undefined): ShownEvent | undefined {
  return events.findLast(
    ({ sender, redacted, type, thread, status }) =>
      sender === me && !redacted && type === "m.room.message" && thread === undefined && status === "sent",
  );
}
