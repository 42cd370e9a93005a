import { LitElement } from "lit";
import type { Bindings } from "../../world/world.ts";
import type { Hand } from "../hand.ts";
import type { HomeroomChat } from "./homeroom-chat.ts";
import type { Beginning } from "./homeroom-chat-new.ts";

/** A control that does not come in this time is not there. Milliseconds. */
const patience = 4000;

/** Nothing was found to play the action with: the world does it instead. */
export class NoControl extends Error {}

/** A device's controls, as a hand finds them, and the ways to them. */
export class ChatControls {
  readonly #chat: HomeroomChat;
  readonly #hand: Hand;

  constructor(chat: HomeroomChat, hand: Hand) {
    this.#chat = chat;
    this.#hand = hand;
  }

  /** Shows the room, by its line in the list. */
  async toRoom(ref: string): Promise<void> {
    const room = this.room(ref);
    if (room === undefined) throw new NoControl();
    await this.closePane();
    if (this.#chat.openRoom === room) return;
    await this.toList();
    const list = await this.part("homeroom-chat-list");
    await this.#hand.click(await this.withData(list, "button.room", { room }));
    await this.until(() => this.#chat.openRoom === room);
  }

  /** Shows the list, where the room hides it. */
  async toList(): Promise<void> {
    await this.closePane();
    const back = this.#chat.renderRoot.querySelector<HTMLElement>(".back");
    if (back?.checkVisibility()) await this.#hand.click(back);
  }

  async closePane(): Promise<void> {
    const over = this.#chat.renderRoot.querySelector(".over")?.firstElementChild;
    if (!(over instanceof LitElement)) return;
    await this.#hand.click(await this.find(over, "header .icon"));
    await this.#chat.updateComplete;
  }

  async menu(room: string, pane: "invite" | "leave" | "members" | "settings"): Promise<void> {
    await this.toRoom(room);
    const menu = await this.part("homeroom-chat-room-menu");
    await this.#hand.click(await this.find(menu, ".menu-button"));
    await this.#hand.click(await this.find(menu, `[data-pane="${pane}"]:enabled`));
  }

  async account() {
    if (this.#chat.pane !== "account") {
      await this.closePane();
      await this.#hand.click(await this.find(this.#chat, "button.owner"));
    }
    return this.part("homeroom-chat-account");
  }

  async begin(beginning: Beginning) {
    await this.toList();
    const list = await this.part("homeroom-chat-list");
    await this.#hand.click(await this.find(list, '[data-pane="new"]'));
    const pane = await this.part("homeroom-chat-new");
    if (pane.beginning !== beginning)
      await this.#hand.click(await this.find(pane, `[data-tab="${beginning}"]`));
    return pane;
  }

  async pickOrType(pane: LitElement, field: HTMLInputElement, user: string): Promise<void> {
    await this.until(() => pane.hasUpdated);
    const person = [...pane.renderRoot.querySelectorAll<HTMLElement>("[data-user]")].find(
      ({ dataset }) => dataset.user === user,
    );
    if (person) await this.#hand.click(person);
    else await this.#hand.type(field, user);
  }

  /** The one of some elements that has such a `data-` attribute, once it is there. */
  withData(
    pane: LitElement,
    selector: string,
    data: Record<string, string | undefined>,
  ): Promise<HTMLElement> {
    const [[name, value] = ["", ""]] = Object.entries(data);
    return this.until(() =>
      [...pane.renderRoot.querySelectorAll<HTMLElement>(selector)].find(
        ({ dataset }) => dataset[name] === value,
      ),
    );
  }

  async composer() {
    const room = await this.part("homeroom-chat-room");
    return this.until(() => room.conversation?.renderRoot.querySelector("homeroom-chat-composer"));
  }

  async timeline() {
    const room = await this.part("homeroom-chat-room");
    return this.until(() => room.conversation?.renderRoot.querySelector("homeroom-chat-timeline"));
  }

  #bindings(): Bindings {
    return this.#chat.bindings ?? { rooms: {}, people: {} };
  }

  /** A room's id, by role, alias or id, where this device knows it. */
  room(ref: string): string | undefined {
    const id = this.#bindings().rooms[ref] ?? ref;
    if (this.#chat.state.rooms.has(id)) return id;
    for (const [room, { summary }] of this.#chat.state.rooms) if (summary?.alias === ref) return room;
    return undefined;
  }

  user(ref: string): string {
    return this.#bindings().people[ref]?.user ?? ref;
  }

  part<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): Promise<HTMLElementTagNameMap[Tag]> {
    return this.until(() => this.#chat.renderRoot.querySelector(tag));
  }

  find<Found extends HTMLElement = HTMLElement>(root: LitElement, selector: string): Promise<Found> {
    return this.until(() => root.renderRoot.querySelector<Found>(selector));
  }

  /** Waits for what drawing brings. */
  async until<Found>(look: () => Found | null | undefined | false): Promise<NonNullable<Found>> {
    for (const end = performance.now() + patience; ; ) {
      this.#hand.signal.throwIfAborted();
      const found = look();
      if (found) return found;
      if (performance.now() > end) throw new NoControl();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
