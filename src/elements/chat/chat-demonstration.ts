import type { Action } from "../../world/action.ts";
import type { Hand } from "../hand.ts";
import { ChatControls, NoControl } from "./chat-controls.ts";
import type { HomeroomChat } from "./homeroom-chat.ts";
import { KeysPlays } from "./keys-demonstration.ts";
import { MessagePlays } from "./messages/message-demonstration.ts";
import { RoomPlays } from "./room-demonstration.ts";

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
  const stage = new ChatPlays(chat, hand);
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

/** One way through a device's controls for each action. */
class ChatPlays {
  readonly #chat: HomeroomChat;
  readonly #hand: Hand;
  readonly #at: ChatControls;
  readonly #messages: MessagePlays;
  readonly #rooms: RoomPlays;
  readonly #keys: KeysPlays;

  constructor(chat: HomeroomChat, hand: Hand) {
    this.#chat = chat;
    this.#hand = hand;
    this.#at = new ChatControls(chat, hand);
    this.#messages = new MessagePlays(chat, hand, this.#at);
    this.#rooms = new RoomPlays(chat, hand, this.#at);
    this.#keys = new KeysPlays(chat, hand, this.#at, this.#rooms);
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
      case "join":
        return () => this.#join(action.room);
      case "leave":
        return () => this.#leave(action.room);
      case "openRoom":
        return () => (action.room === null ? this.#at.toList() : this.#at.toRoom(action.room));
      case "invite":
        return () => this.#invite(action);
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
        return this.#messages.of(action) ?? this.#rooms.of(action) ?? this.#keys.of(action);
    }
  }

  async #enter({ name, password }: Of<"signUp"> | Of<"signIn">, form: "sign-up" | "sign-in"): Promise<void> {
    const entry = await this.#at.part("homeroom-chat-entry");
    if (entry.shownForm !== form) await this.#hand.click(await this.#at.find(entry, ".other button"));
    const field = await this.#at.find<HTMLInputElement>(entry, "#name");
    if (field.value !== name) await this.#hand.type(field, name);
    const secret = await this.#at.find<HTMLInputElement>(entry, "#password");
    // An offered password is as good as the tutorial's at sign-up; signing in takes the right one.
    if (form === "sign-in" ? secret.value !== password : secret.value === "") {
      if (secret.readOnly) await this.#hand.click(await this.#at.find(entry, ".field .plain"));
      await this.#hand.type(secret, password);
    }
    await this.#hand.click(await this.#at.find(entry, ".send"));
    await this.#at.until(() => !entry.isConnected || !entry.waiting);
  }

  async #join(ref: string): Promise<void> {
    const room = this.#at.room(ref);
    const summary = room === undefined ? undefined : this.#chat.state.rooms.get(room)?.summary;
    if (summary?.membership === "invite") {
      const holder = this.#chat.openRoom === room ? "homeroom-chat-room" : "homeroom-chat-list";
      if (holder === "homeroom-chat-list") await this.#at.toList();
      const list = await this.#at.part(holder);
      const card = await this.#at.until(() =>
        [...list.renderRoot.querySelectorAll<HTMLElement>(".invitation")].find(
          (each) => each.dataset.room === room,
        ),
      );
      await this.#hand.click(
        await this.#at.until(() => card.querySelector<HTMLElement>('[data-act="join"]')),
      );
      return;
    }
    if (await this.#rooms.joinShown(ref)) return;
    const pane = await this.#at.begin("join");
    await this.#hand.type(await this.#at.find<HTMLInputElement>(pane, "#room"), ref);
    await this.#hand.click(await this.#at.find(pane, '[data-act="begin"]'));
  }

  async #leave(room: string): Promise<void> {
    const id = this.#at.room(room);
    const list = this.#chat.state.rooms.get(id ?? "")?.summary;
    if (list?.membership === "invite") {
      await this.#at.toList();
      const part = await this.#at.part("homeroom-chat-list");
      const card = await this.#at.until(() =>
        [...part.renderRoot.querySelectorAll<HTMLElement>(".invitation")].find(
          (each) => each.dataset.room === id,
        ),
      );
      await this.#hand.click(
        await this.#at.until(() => card.querySelector<HTMLElement>('[data-act="decline"]')),
      );
      return;
    }
    await this.#at.menu(room, "leave");
    const pane = await this.#at.part("homeroom-chat-leave");
    await this.#hand.click(await this.#at.find(pane, '[data-act="leave"]'));
  }

  async #invite({ room, user }: Of<"invite">): Promise<void> {
    if (await this.#rooms.letIn(room, user)) return;
    await this.#at.menu(room, "invite");
    const pane = await this.#at.part("homeroom-chat-invite");
    const field = await this.#at.find<HTMLInputElement>(pane, "#whom");
    await this.#at.pickOrType(pane, field, this.#at.user(user));
    await this.#hand.click(await this.#at.find(pane, "form .primary:enabled"));
    await this.#at.until(
      () => !pane.isConnected || field.value === "" || field.matches('[aria-invalid="true"]'),
    );
    await this.#at.closePane();
  }

  async #rename(name: string): Promise<void> {
    const pane = await this.#at.account();
    await this.#hand.type(await this.#at.find<HTMLInputElement>(pane, "#name"), name);
    await this.#hand.click(await this.#at.find(pane, '[data-act="save-name"]'));
  }

  async #signOut(): Promise<void> {
    const pane = await this.#at.account();
    await this.#hand.click(await this.#at.find(pane, '[data-act="sign-out"]'));
  }

  async #lose(): Promise<void> {
    const pane = await this.#at.account();
    await this.#hand.click(await this.#at.find(pane, '[data-act="lose"]'));
    await this.#hand.click(await this.#at.find(pane, '[data-act="lose-now"]'));
  }

  async #endSession({ target, password }: Of<"endSession">): Promise<void> {
    const pane = await this.#at.account();
    const line = await this.#at.until(() =>
      [...pane.renderRoot.querySelectorAll<HTMLElement>("[data-device]")].find(
        ({ dataset }) => dataset.device === target || dataset.name === target,
      ),
    );
    const id = line.dataset.device ?? "";
    await this.#hand.click(
      await this.#at.until(() => line.querySelector<HTMLElement>('[data-act="end-session"]')),
    );
    const form = await this.#at.until(() =>
      [...pane.renderRoot.querySelectorAll<HTMLElement>("form.ask")].find(
        ({ dataset }) => dataset.device === id,
      ),
    );
    const field = await this.#at.until(() => form.querySelector<HTMLInputElement>("#password"));
    if (password !== undefined && field.value !== password) await this.#hand.type(field, password);
    await this.#hand.click(
      await this.#at.until(() => form.querySelector<HTMLElement>('[data-act="end-session-now"]')),
    );
    await this.#at.until(() => !form.isConnected || form.querySelector('[aria-invalid="true"]'));
    await this.#at.closePane();
  }

  async #loadOlder(room: string): Promise<void> {
    await this.#at.toRoom(room);
    const timeline = await this.#at.timeline();
    await this.#hand.click(await this.#at.find(timeline, ".older"));
  }

  async #mend({ type, in: room, event }: Extract<Action, { type: "retry" | "discard" }>): Promise<void> {
    await this.#at.toRoom(room);
    const timeline = await this.#at.timeline();
    const row = await this.#at.until(() =>
      [...timeline.renderRoot.querySelectorAll<HTMLElement>("[data-event]")].find(
        ({ dataset }) => dataset.event === event,
      ),
    );
    const button = row.closest(".entry")?.querySelector<HTMLElement>(`[data-act="${type}"]`);
    if (!button) throw new NoControl();
    await this.#hand.click(button);
  }
}
