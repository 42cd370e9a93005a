import type { ShownEvent } from "../../../client/client-fact.ts";
import type { Action, MessageRef } from "../../../world/action.ts";
import { drawPicture } from "../../../world/actions/drawn-picture.ts";
import { findMessage } from "../../../world/actions/find-message.ts";
import type { FileAction } from "../../../world/actions/message-action.ts";
import { NoControl } from "../chat-controls.ts";
import { ChatPlays, type Of, type Play } from "../chat-plays.ts";
import type { HomeroomChatComposer } from "../homeroom-chat-composer.ts";
import type { HomeroomChatTimeline } from "../homeroom-chat-timeline.ts";
import { isOwn } from "./message-menu.ts";
import { namedIn } from "./nameable.ts";

/** Where a message stands, and where one would write beside it. */
type Spot = { event: ShownEvent; timeline: HomeroomChatTimeline; composer(): Promise<HomeroomChatComposer> };

/** One way through a device's controls for each thing that can be done with messages. */
export class MessagePlays extends ChatPlays {
  override of(action: Action): Play | undefined {
    switch (action.type) {
      case "send":
        return action.text === undefined ? undefined : () => this.#send(action, action.text ?? "");
      case "edit":
        return action.text === undefined ? undefined : () => this.#edit(action, action.text ?? "");
      case "react":
        return () => this.#react(action);
      case "redact":
        return () => this.#redact(action);
      case "listEdits":
        return () => this.#listEdits(action);
      case "sendImage":
      case "sendFile":
        return action.say === undefined ? () => this.#sendFile(action) : undefined;
      case "ignore":
        return () => (action.ignored ? this.#ignore(action.user) : this.#stopIgnoring(action.user));
      default:
        return undefined;
    }
  }

  async #send(action: Of<"send">, text: string): Promise<void> {
    const composer = await this.#composerFor(action);
    const named = namedIn(text, composer.people).map(({ user }) => user);
    if (action.mentions?.some((user) => !named.includes(this.at.user(user)))) throw new NoControl();
    await this.#write(composer, text);
  }

  /** The line to write in: the room's, or the thread's, answering what is to be answered. */
  async #composerFor(action: { in: string; replyTo?: MessageRef; thread?: MessageRef }) {
    await this.at.toRoom(action.in);
    if (action.thread !== undefined) await this.#openThread(action.in, action.thread);
    else await this.#closeThread();
    const isInThread = action.thread !== undefined;
    if (action.replyTo !== undefined) {
      const spot = await this.#find(action.in, action.replyTo);
      await this.#choose(spot, "reply");
      return spot.composer();
    }
    return isInThread ? this.#threadComposer() : this.at.composer();
  }

  async #write(composer: HomeroomChatComposer, text: string): Promise<void> {
    const field = await this.at.until(() => composer.field);
    if (text !== "") await this.hand.type(field, text);
    await this.hand.click(await this.at.find(composer, ".send:enabled"));
  }

  async #edit(action: Of<"edit">, text: string): Promise<void> {
    const spot = await this.#find(action.in, action.event);
    await this.#choose(spot, "edit");
    const composer = await spot.composer();
    await this.at.until(() => composer.answering?.what === "edit");
    await this.#write(composer, text);
  }

  async #react({ in: room, event: ref, key, remove }: Of<"react">): Promise<void> {
    const { event, timeline } = await this.#find(room, ref);
    const row = await this.#row(timeline, event.id);
    const own = isOwn(event, key, this.#me());
    if (own !== (remove === true)) throw new NoControl();
    const withKey = (root: ParentNode, selector: string): HTMLElement | undefined =>
      [...root.querySelectorAll<HTMLElement>(selector)].find(({ dataset }) => dataset.key === key);
    const chip = withKey(row, ".reaction");
    if (chip) return this.hand.click(chip);
    await this.#openMenu(row);
    const quick = withKey(timeline.renderRoot, ".quick button");
    if (quick) return this.hand.click(quick);
    await this.hand.click(await this.at.find(timeline, '.message-menu [data-act="emoji"]'));
    const picker = await this.#over("homeroom-chat-emoji");
    await this.hand.click(await this.at.until(() => withKey(picker.renderRoot, ".emoji button")));
  }

  async #redact({ in: room, event, reason }: Of<"redact">): Promise<void> {
    await this.#choose(await this.#find(room, event), "delete");
    const pane = await this.#over("homeroom-chat-delete");
    const field = await this.at.find<HTMLInputElement>(pane, "#reason");
    if (reason !== undefined) await this.hand.type(field, reason);
    await this.hand.click(await this.at.find(pane, '[data-act="delete-now"]'));
  }

  async #listEdits({ in: room, event }: Of<"listEdits">): Promise<void> {
    const spot = await this.#find(room, event);
    const row = await this.#row(spot.timeline, spot.event.id);
    await this.hand.click(await this.at.until(() => row.querySelector<HTMLElement>("button.edited")));
  }

  /** A file picker belongs to the machine, and no hand in a page can use it: the file is there when it has been shown. */
  async #sendFile(action: FileAction): Promise<void> {
    const composer = await this.#composerFor(action);
    const source = action.file;
    if ("picked" in source) throw new NoControl();
    await this.hand.moveTo(await this.at.find(composer, '[data-act="attach"]'));
    const bytes = "picture" in source ? await drawPicture(source.picture) : source.content;
    const isPicture = action.type === "sendImage";
    const type = isPicture ? "image/png" : "text/plain";
    composer.attach([new File([bytes], action.name, { type })]);
    await this.#write(composer, action.text ?? "");
  }

  async #ignore(user: string): Promise<void> {
    const id = this.at.user(user);
    const room = this.chat.openRoom;
    if (room === null) throw new NoControl();
    const events = this.chat.state.rooms.get(room)?.events ?? [];
    const said = events.findLast(({ sender, type, thread }) => {
      return sender === id && type === "m.room.message" && thread === undefined;
    });
    if (!said) throw new NoControl();
    await this.#choose(await this.#find(room, said.id), "ignore");
  }

  async #stopIgnoring(user: string): Promise<void> {
    const pane = await this.at.account();
    const line = await this.at.withData(pane, ".person", { user: this.at.user(user) });
    await this.hand.click(
      await this.at.until(() => line.querySelector<HTMLElement>('[data-act="stop-ignoring"]')),
    );
    await this.at.closePane();
  }

  async #openThread(room: string, ref: MessageRef): Promise<void> {
    const id = this.#message(room, ref).id;
    if (this.#conversation()?.openThread === id) return;
    await this.#closeThread();
    const { timeline } = await this.#find(room, id);
    const row = await this.#row(timeline, id);
    const mark = row.querySelector<HTMLElement>('[data-act="thread"]');
    if (mark) await this.hand.click(mark);
    else {
      await this.#openMenu(row);
      await this.hand.click(await this.at.find(timeline, '.message-menu [data-act="thread"]'));
    }
    await this.#threadComposer();
  }

  async #closeThread(): Promise<void> {
    const thread = this.#thread();
    if (thread) await this.hand.click(await this.at.find(thread, '[data-act="close-thread"]'));
  }

  async #choose({ event, timeline }: Spot, act: string): Promise<void> {
    await this.#openMenu(await this.#row(timeline, event.id));
    await this.hand.click(await this.at.find(timeline, `.message-menu > [data-act="${act}"]`));
  }

  async #openMenu(row: HTMLElement): Promise<void> {
    await this.hand.click(await this.at.until(() => row.querySelector<HTMLElement>(".tools")));
  }

  /** Goes to where the message stands. */
  async #find(room: string, ref: MessageRef): Promise<Spot> {
    const event = this.#message(room, ref);
    await this.at.toRoom(room);
    if (event.thread !== undefined) {
      await this.#openThread(room, event.thread);
      const thread = await this.at.until(() => this.#thread());
      const timeline = await this.at.until(() => thread.renderRoot.querySelector("homeroom-chat-timeline"));
      return { event, timeline, composer: () => this.#threadComposer() };
    }
    const narrow = this.#thread();
    // A thread over the room hides it.
    if (narrow && getComputedStyle(narrow).position === "absolute") await this.#closeThread();
    return { event, timeline: await this.at.timeline(), composer: () => this.at.composer() };
  }

  async #row(timeline: HomeroomChatTimeline, id: string): Promise<HTMLElement> {
    const drawn = (): HTMLElement | undefined =>
      [...timeline.renderRoot.querySelectorAll<HTMLElement>(".entry")].find((row) =>
        [...row.querySelectorAll<HTMLElement>("[data-event]")].some(({ dataset }) => dataset.event === id),
      );
    if (!drawn()) await timeline.toMessage(id);
    return this.at.until(drawn);
  }

  #message(ref: string, wanted: MessageRef): ShownEvent {
    const room = this.at.room(ref);
    const events = room === undefined ? [] : (this.chat.state.rooms.get(room)?.events ?? []);
    const candidates = events
      .filter(({ type, redacted }) => type === "m.room.message" && !redacted)
      .map(({ id, sender, content }) => ({ event: id, sender, text: String(content.body ?? "") }));
    const id = findMessage(wanted, candidates, this.chat.bindings?.people ?? {});
    const event = events.find((each) => each.id === id);
    if (!event) throw new NoControl();
    return event;
  }

  #me(): string | undefined {
    const { session } = this.chat.state;
    return session.state === "signed-out" ? undefined : session.user;
  }

  #conversation() {
    return this.chat.renderRoot.querySelector("homeroom-chat-room")?.conversation;
  }

  #thread() {
    return this.#conversation()?.renderRoot.querySelector("homeroom-chat-thread");
  }

  #threadComposer(): Promise<HomeroomChatComposer> {
    return this.at.until(() => this.#thread()?.renderRoot.querySelector("homeroom-chat-composer"));
  }

  #over<Tag extends "homeroom-chat-emoji" | "homeroom-chat-delete">(tag: Tag) {
    return this.at.until(() => this.#conversation()?.renderRoot.querySelector(tag));
  }
}
