import { LitElement } from "lit";
import type { Action } from "../world/action.ts";
import type { Bindings } from "../world/world.ts";
import type { Hand } from "./hand.ts";
import type { HomeroomChat } from "./homeroom-chat.ts";

/** A control that does not come in this time is not there. Milliseconds. */
const patience = 4000;

/** Nothing was found to play the action with: the world does it instead. */
class NoControl extends Error {}

type Of<Type extends Action["type"]> = Extract<Action, { type: Type }>;

/**
 * Plays an action with this device's own controls, opening what is needed on the way. False where it is not for this
 * device or has no control here; true also when the hand was stopped.
 */
export async function demonstrateChat(chat: HomeroomChat, action: Action, hand: Hand): Promise<boolean> {
  const { person, device } = chat.by;
  if (!("person" in action) || action.person !== person) return false;
  if ("device" in action && action.device !== undefined && action.device !== device) return false;
  if (chat.readonly || !chat.checkVisibility()) return false;
  const stage = new ChatStage(chat, hand);
  const signedOut = chat.state.session.state === "signed-out";
  const play = signedOut ? stage.atTheDoor(action) : stage.inside(action);
  if (!play) return false;
  try {
    await play();
    return true;
  } catch (error) {
    if (hand.signal.aborted) return true;
    if (error instanceof NoControl) return false;
    throw error;
  }
}

type Play = () => Promise<void>;

/** A device's controls, as a hand finds them. */
class ChatStage {
  readonly #chat: HomeroomChat;
  readonly #hand: Hand;

  constructor(chat: HomeroomChat, hand: Hand) {
    this.#chat = chat;
    this.#hand = hand;
  }

  atTheDoor(action: Action): Play | undefined {
    switch (action.type) {
      case "signUp":
        return () => this.#enter(action, "sign-up");
      case "signIn":
        return () => this.#enter(action, "sign-in");
      default:
        return undefined;
    }
  }

  inside(action: Action): Play | undefined {
    switch (action.type) {
      case "send":
        return action.text === undefined ? undefined : () => this.#send(action.in, action.text ?? "");
      case "join":
        return () => this.#join(action.room);
      case "leave":
        return () => this.#leave(action.room);
      case "openRoom":
        return () => (action.room === null ? this.#toList() : this.#toRoom(action.room));
      case "invite":
        return () => this.#invite(action);
      case "createRoom":
        return canCreate(action) ? () => this.#create(action) : undefined;
      case "setDisplayName":
        return () => this.#rename(action.name);
      case "signOut":
        return action.everywhere ? undefined : () => this.#signOut();
      case "endSession":
        return () => this.#endSession(action);
      case "loseDevice":
        return this.#chat.state.devices.length > 1 ? () => this.#lose() : undefined;
      case "loadOlder":
        return () => this.#loadOlder(action.in);
      case "retry":
      case "discard":
        return () => this.#mend(action);
      default:
        return undefined;
    }
  }

  async #enter({ name, password }: Of<"signUp"> | Of<"signIn">, form: "sign-up" | "sign-in"): Promise<void> {
    const entry = await this.#part("homeroom-chat-entry");
    if (entry.shownForm !== form) await this.#hand.click(await this.#find(entry, ".other button"));
    const field = await this.#find<HTMLInputElement>(entry, "#name");
    if (field.value !== name) await this.#hand.type(field, name);
    const secret = await this.#find<HTMLInputElement>(entry, "#password");
    // An offered password is as good as the tutorial's at sign-up; signing in takes the right one.
    if (form === "sign-in" ? secret.value !== password : secret.value === "") {
      if (secret.readOnly) await this.#hand.click(await this.#find(entry, ".field .plain"));
      await this.#hand.type(secret, password);
    }
    await this.#hand.click(await this.#find(entry, ".send"));
    await this.#until(() => !entry.isConnected || !entry.waiting);
  }

  async #send(room: string, text: string): Promise<void> {
    await this.#toRoom(room);
    const composer = await this.#composer();
    const field = await this.#until(() => composer.field);
    await this.#hand.type(field, text);
    await this.#hand.click(await this.#find(composer, ".send:enabled"));
  }

  async #join(ref: string): Promise<void> {
    const room = this.#room(ref);
    const summary = room === undefined ? undefined : this.#chat.state.rooms.get(room)?.summary;
    if (summary?.membership === "invite") {
      const holder = this.#chat.openRoom === room ? "homeroom-chat-room" : "homeroom-chat-list";
      if (holder === "homeroom-chat-list") await this.#toList();
      const list = await this.#part(holder);
      const card = await this.#until(() =>
        [...list.renderRoot.querySelectorAll<HTMLElement>(".invitation")].find(
          (each) => each.dataset.room === room,
        ),
      );
      await this.#hand.click(await this.#until(() => card.querySelector<HTMLElement>('[data-act="join"]')));
      return;
    }
    const pane = await this.#new("join");
    await this.#hand.type(await this.#find<HTMLInputElement>(pane, "#room"), ref);
    await this.#hand.click(await this.#find(pane, '[data-act="begin"]'));
  }

  async #leave(room: string): Promise<void> {
    const id = this.#room(room);
    const list = this.#chat.state.rooms.get(id ?? "")?.summary;
    if (list?.membership === "invite") {
      await this.#toList();
      const part = await this.#part("homeroom-chat-list");
      const card = await this.#until(() =>
        [...part.renderRoot.querySelectorAll<HTMLElement>(".invitation")].find(
          (each) => each.dataset.room === id,
        ),
      );
      await this.#hand.click(
        await this.#until(() => card.querySelector<HTMLElement>('[data-act="decline"]')),
      );
      return;
    }
    await this.#menu(room, "leave");
    const pane = await this.#part("homeroom-chat-leave");
    await this.#hand.click(await this.#find(pane, '[data-act="leave"]'));
  }

  async #invite({ room, user }: Of<"invite">): Promise<void> {
    await this.#menu(room, "invite");
    const pane = await this.#part("homeroom-chat-invite");
    const field = await this.#find<HTMLInputElement>(pane, "#whom");
    await this.#pickOrType(pane, field, this.#user(user));
    await this.#hand.click(await this.#find(pane, "form .primary:enabled"));
    await this.#until(
      () => !pane.isConnected || field.value === "" || field.matches('[aria-invalid="true"]'),
    );
    await this.#closePane();
  }

  async #create(action: Of<"createRoom">): Promise<void> {
    const pane = await this.#new(action.direct ? "chat" : "group");
    if (action.direct) {
      const field = await this.#find<HTMLInputElement>(pane, "#whom");
      await this.#pickOrType(pane, field, this.#user(action.invite?.[0] ?? ""));
    } else {
      await this.#hand.type(await this.#find<HTMLInputElement>(pane, "#name"), action.name ?? "");
      if (action.topic)
        await this.#hand.type(await this.#find<HTMLInputElement>(pane, "#topic"), action.topic);
      if (action.preset === "public_chat") {
        await this.#hand.click(await this.#find(pane, 'input[value="public"]'));
        const alias = await this.#find<HTMLInputElement>(pane, "#alias");
        if (action.alias) await this.#hand.type(alias, action.alias);
      }
    }
    await this.#hand.click(await this.#find(pane, '[data-act="begin"]'));
    await this.#until(() => !pane.isConnected || pane.renderRoot.querySelector('[aria-invalid="true"]'));
  }

  async #rename(name: string): Promise<void> {
    const pane = await this.#account();
    await this.#hand.type(await this.#find<HTMLInputElement>(pane, "#name"), name);
    await this.#hand.click(await this.#find(pane, '[data-act="save-name"]'));
  }

  async #signOut(): Promise<void> {
    const pane = await this.#account();
    await this.#hand.click(await this.#find(pane, '[data-act="sign-out"]'));
  }

  async #lose(): Promise<void> {
    const pane = await this.#account();
    await this.#hand.click(await this.#find(pane, '[data-act="lose"]'));
    await this.#hand.click(await this.#find(pane, '[data-act="lose-now"]'));
  }

  async #endSession({ target, password }: Of<"endSession">): Promise<void> {
    const pane = await this.#account();
    const line = await this.#until(() =>
      [...pane.renderRoot.querySelectorAll<HTMLElement>("[data-device]")].find(
        ({ dataset }) => dataset.device === target || dataset.name === target,
      ),
    );
    const id = line.dataset.device ?? "";
    await this.#hand.click(
      await this.#until(() => line.querySelector<HTMLElement>('[data-act="end-session"]')),
    );
    const form = await this.#until(() =>
      [...pane.renderRoot.querySelectorAll<HTMLElement>("form.ask")].find(
        ({ dataset }) => dataset.device === id,
      ),
    );
    const field = await this.#until(() => form.querySelector<HTMLInputElement>("#password"));
    if (password !== undefined && field.value !== password) await this.#hand.type(field, password);
    await this.#hand.click(
      await this.#until(() => form.querySelector<HTMLElement>('[data-act="end-session-now"]')),
    );
    await this.#until(() => !form.isConnected || form.querySelector('[aria-invalid="true"]'));
    await this.#closePane();
  }

  async #loadOlder(room: string): Promise<void> {
    await this.#toRoom(room);
    const timeline = await this.#timeline();
    await this.#hand.click(await this.#find(timeline, ".older"));
  }

  async #mend({ type, in: room, event }: Extract<Action, { type: "retry" | "discard" }>): Promise<void> {
    await this.#toRoom(room);
    const timeline = await this.#timeline();
    const row = await this.#until(() =>
      [...timeline.renderRoot.querySelectorAll<HTMLElement>("[data-event]")].find(
        ({ dataset }) => dataset.event === event,
      ),
    );
    const button = row.closest(".entry")?.querySelector<HTMLElement>(`[data-act="${type}"]`);
    if (!button) throw new NoControl();
    await this.#hand.click(button);
  }

  /** Shows the room, by its line in the list. */
  async #toRoom(ref: string): Promise<void> {
    const room = this.#room(ref);
    if (room === undefined) throw new NoControl();
    await this.#closePane();
    if (this.#chat.openRoom === room) return;
    await this.#toList();
    const list = await this.#part("homeroom-chat-list");
    const line = await this.#until(() =>
      [...list.renderRoot.querySelectorAll<HTMLElement>("button.room")].find(
        ({ dataset }) => dataset.room === room,
      ),
    );
    await this.#hand.click(line);
    await this.#until(() => this.#chat.openRoom === room);
  }

  /** Shows the list, where the room hides it. */
  async #toList(): Promise<void> {
    await this.#closePane();
    const back = this.#chat.renderRoot.querySelector<HTMLElement>(".back");
    if (back?.checkVisibility()) await this.#hand.click(back);
  }

  async #closePane(): Promise<void> {
    const over = this.#chat.renderRoot.querySelector(".over")?.firstElementChild;
    if (!(over instanceof LitElement)) return;
    await this.#hand.click(await this.#find(over, "header .icon"));
    await this.#chat.updateComplete;
  }

  async #menu(room: string, pane: "invite" | "leave" | "members"): Promise<void> {
    await this.#toRoom(room);
    await this.#hand.click(await this.#find(this.#chat, ".menu-button"));
    await this.#hand.click(await this.#find(this.#chat, `.menu [data-pane="${pane}"]:enabled`));
  }

  async #account() {
    if (this.#chat.pane !== "account") {
      await this.#closePane();
      await this.#hand.click(await this.#find(this.#chat, "button.owner"));
    }
    return this.#part("homeroom-chat-account");
  }

  async #new(beginning: "chat" | "group" | "join") {
    await this.#toList();
    const list = await this.#part("homeroom-chat-list");
    await this.#hand.click(await this.#find(list, ".top .icon"));
    const pane = await this.#part("homeroom-chat-new");
    if (pane.beginning !== beginning)
      await this.#hand.click(await this.#find(pane, `[data-begin="${beginning}"]`));
    return pane;
  }

  async #pickOrType(pane: LitElement, field: HTMLInputElement, user: string): Promise<void> {
    await this.#until(() => pane.hasUpdated);
    const person = [...pane.renderRoot.querySelectorAll<HTMLElement>("[data-user]")].find(
      ({ dataset }) => dataset.user === user,
    );
    if (person) await this.#hand.click(person);
    else await this.#hand.type(field, user);
  }

  async #composer() {
    const room = await this.#part("homeroom-chat-room");
    return this.#until(() => room.renderRoot.querySelector("homeroom-chat-composer"));
  }

  async #timeline() {
    const room = await this.#part("homeroom-chat-room");
    return this.#until(() => room.renderRoot.querySelector("homeroom-chat-timeline"));
  }

  #bindings(): Bindings {
    return this.#chat.bindings ?? { rooms: {}, people: {} };
  }

  /** A room's id, by role, alias or id, where this device knows it. */
  #room(ref: string): string | undefined {
    const id = this.#bindings().rooms[ref] ?? ref;
    if (this.#chat.state.rooms.has(id)) return id;
    for (const [room, { summary }] of this.#chat.state.rooms) if (summary?.alias === ref) return room;
    return undefined;
  }

  #user(ref: string): string {
    return this.#bindings().people[ref]?.user ?? ref;
  }

  #part<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): Promise<HTMLElementTagNameMap[Tag]> {
    return this.#until(() => this.#chat.renderRoot.querySelector(tag));
  }

  #find<Found extends HTMLElement = HTMLElement>(root: LitElement, selector: string): Promise<Found> {
    return this.#until(() => root.renderRoot.querySelector<Found>(selector));
  }

  /** Waits for what drawing brings. */
  async #until<Found>(look: () => Found | null | undefined | false): Promise<NonNullable<Found>> {
    for (const end = performance.now() + patience; ; ) {
      this.#hand.signal.throwIfAborted();
      const found = look();
      if (found) return found;
      if (performance.now() > end) throw new NoControl();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** Does the pane for new rooms have a field for all of it? */
function canCreate(action: Of<"createRoom">): boolean {
  if (action.as !== undefined || action.roomVersion !== undefined) return false;
  if (action.direct) return action.invite?.length === 1 && action.preset === "trusted_private_chat";
  const known = action.preset === "public_chat" || action.preset === "private_chat";
  return (
    known &&
    Boolean(action.name) &&
    !action.invite?.length &&
    (action.alias === undefined || action.preset === "public_chat")
  );
}
