import { say } from "../../catalogue/room-words.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import type { Action } from "../../world/action.ts";
import { type ChatControls, NoControl } from "./chat-controls.ts";
import { ChatPlays, type Of, type Play } from "./chat-plays.ts";
import type { SettingsTab } from "./homeroom-chat-settings.ts";

/** One way through a device's controls for each thing that can be done with rooms. */
export class RoomPlays extends ChatPlays {
  override of(action: Action): Play | undefined {
    switch (action.type) {
      case "createRoom":
      case "createSpace":
        return canCreate(action) ? () => this.#create(action) : undefined;
      case "setRoomName":
        return () => this.#set(action.room, "about", () => this.#type("name", action.name));
      case "setRoomTopic":
        return () => this.#set(action.room, "about", () => this.#type("topic", action.topic));
      case "setRoomJoinRule":
        return () =>
          this.#set(action.room, "access", () => this.#tick(`input[name="rule"][value="${action.rule}"]`));
      case "setRoomHistoryVisibility":
        return () =>
          this.#set(action.room, "access", () =>
            this.#tick(`input[name="history"][value="${action.visibility}"]`),
          );
      case "setRoomAlias":
        return () => this.#set(action.room, "access", () => this.#type("alias", action.alias ?? ""));
      case "setRoomPublished":
        return () =>
          this.#set(action.room, "access", () => this.#tick('input[name="published"]', action.published));
      case "upgradeRoom":
        return action.version === defaultRoomVersion ? () => this.#upgrade(action) : undefined;
      case "setPermission":
        return () =>
          this.#set(action.room, "roles", () =>
            this.#choose(`[data-permission="${action.what}"]`, action.level),
          );
      case "setPower":
        return () => this.#setPower(action);
      case "kick":
      case "ban":
      case "unban":
        return () => this.#moderate(action);
      case "addToSpace":
        return () => this.#addToSpace(action);
      case "searchDirectory":
        return () => this.#searchDirectory(action);
      case "searchMessages":
        return () => this.#searchMessages(action);
      case "browseSpace":
        return () => this.at.toRoom(action.space);
      case "knock":
        return () => this.#knock(action);
      case "forget":
        return () => this.#forget(action.room);
      default:
        return undefined;
    }
  }

  async #create(action: Of<"createRoom" | "createSpace">): Promise<void> {
    const direct = action.type === "createRoom" && action.direct;
    const beginning = action.type === "createSpace" ? "space" : direct || isNotes(action) ? "chat" : "group";
    const pane = await this.at.begin(beginning);
    pane.as = action.as;
    if (isNotes(action)) return this.hand.click(await this.at.find(pane, '[data-act="notes"]:enabled'));
    if (direct) {
      const field = await this.at.find<HTMLInputElement>(pane, "#whom");
      await this.at.pickOrType(pane, field, this.at.user(action.invite?.[0] ?? ""));
    } else {
      await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#name"), action.name ?? "");
      if (action.topic)
        await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#topic"), action.topic);
      if (action.type === "createRoom" && action.space !== undefined)
        await this.#choose("#parent", this.at.room(action.space) ?? "", pane);
      const entry = entryOf(action);
      if (entry !== "invite") await this.#tick(`input[name="entry"][value="${entry}"]`, true, pane);
      if (action.alias)
        await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#alias"), action.alias);
      if (action.published) await this.#tick('input[name="published"]', true, pane);
    }
    await this.hand.click(await this.at.find(pane, '[data-act="begin"]'));
    await this.at.until(() => !pane.isConnected || pane.renderRoot.querySelector('[aria-invalid="true"]'));
  }

  /** Opens a page of the settings, changes something there and saves it. */
  async #set(room: string, tab: SettingsTab, change: () => Promise<void>): Promise<void> {
    if (this.chat.pane !== "settings" || this.chat.openRoom !== this.at.room(room))
      await this.at.menu(room, "settings");
    const pane = await this.at.part("homeroom-chat-settings");
    if (pane.tab !== tab) await this.hand.click(await this.at.find(pane, `[data-tab="${tab}"]`));
    await change();
    const form = await this.#form();
    await this.hand.click(await this.at.find(form, '[data-act="save"]:enabled'));
    // What is said beside the button, or what is wrong: either ends the wait.
    await this.at.until(() => form.renderRoot.querySelector('[data-act="save"]:enabled'));
    await this.at.closePane();
  }

  async #form() {
    const pane = await this.at.part("homeroom-chat-settings");
    const form = await this.at.until(() =>
      pane.renderRoot.querySelector<HTMLElementTagNameMap["homeroom-chat-access"]>("#form > *"),
    );
    await form.updateComplete;
    return form;
  }

  async #type(id: string, text: string): Promise<void> {
    await this.hand.type(await this.at.find<HTMLInputElement>(await this.#form(), `#${id}`), text);
  }

  async #tick(selector: string, wanted = true, pane?: Parameters<ChatControls["find"]>[0]): Promise<void> {
    const input = await this.at.find<HTMLInputElement>(pane ?? (await this.#form()), `${selector}:enabled`);
    if (input.checked !== wanted) await this.hand.click(input);
  }

  async #choose(
    selector: string,
    value: string | number,
    pane?: Parameters<ChatControls["find"]>[0],
  ): Promise<void> {
    const select = await this.at.find<HTMLSelectElement>(pane ?? (await this.#form()), `${selector}:enabled`);
    if (![...select.options].some((option) => option.value === String(value))) throw new NoControl();
    // Its list is the browser's own and cannot be pointed at.
    await this.hand.click(select);
    select.value = String(value);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async #upgrade({ room, as }: Of<"upgradeRoom">): Promise<void> {
    await this.at.menu(room, "settings");
    const pane = await this.at.part("homeroom-chat-settings");
    const part = await this.at.until(() => pane.renderRoot.querySelector("homeroom-chat-upgrade"));
    part.as = as;
    await this.hand.click(await this.at.find(part, '[data-act="ask-upgrade"]:enabled'));
    await this.hand.click(await this.at.find(part, '[data-act="upgrade"]:enabled'));
    await this.at.until(
      () => !part.isConnected || part.renderRoot.querySelector('[role="alert"]:not(:empty)'),
    );
  }

  /** Opens the page of one member. */
  async member(room: string, user: string) {
    await this.at.menu(room, "members");
    const pane = await this.at.part("homeroom-chat-members");
    const line = await this.at.withData(pane, "button[data-user]", { user: this.at.user(user) });
    await this.hand.click(line);
    const card = await this.at.until(() => pane.renderRoot.querySelector("homeroom-chat-member"));
    await card.updateComplete;
    return card;
  }

  async #setPower({ room, user, level }: Of<"setPower">): Promise<void> {
    const card = await this.member(room, user);
    await this.#choose("#role", level, card);
    await this.hand.click(await this.at.find(card, '[data-act="save-role"]:enabled'));
    await this.at.until(() => card.renderRoot.querySelector('[data-act="save-role"]:disabled'));
    await this.at.closePane();
  }

  async #moderate({ type, room, user, reason }: Of<"kick" | "ban" | "unban">): Promise<void> {
    const card = await this.member(room, user);
    if (reason !== undefined && type !== "unban")
      await this.hand.type(await this.at.find<HTMLInputElement>(card, "#reason"), reason);
    await this.hand.click(await this.at.find(card, `[data-act="${type}"]:enabled`));
    await this.at.until(
      () => !card.isConnected || card.renderRoot.querySelector(`[data-act="${type}"]:enabled`) === null,
    );
    await this.at.closePane();
  }

  /** At the door of a room that is on the screen, those who may let somebody in do it there. */
  async letIn(room: string, user: string): Promise<boolean> {
    const id = this.at.user(user);
    const member = this.chat.state.rooms.get(this.at.room(room) ?? "")?.members.get(id);
    if (member?.membership !== "knock") return false;
    await this.at.toRoom(room);
    const inside = await this.at.part("homeroom-chat-room");
    const knocks = await this.at.until(() => inside.renderRoot.querySelector("homeroom-chat-knocks"));
    const line = await this.at.withData(knocks, ".knock", { user: id });
    await this.hand.click(await this.at.until(() => line.querySelector<HTMLElement>('[data-act="let-in"]')));
    return true;
  }

  async #addToSpace({ space, room }: Of<"addToSpace">): Promise<void> {
    await this.at.toRoom(space);
    const inside = await this.at.part("homeroom-chat-room");
    const page = await this.at.until(() => inside.renderRoot.querySelector("homeroom-chat-space"));
    await this.hand.click(await this.at.find(page, '[data-act="add-rooms"]:enabled'));
    const pane = await this.at.part("homeroom-chat-space-rooms");
    const line = await this.at.withData(pane, "[data-room]", { room: this.at.room(room) });
    await this.hand.click(
      await this.at.until(() => line.querySelector<HTMLElement>('[data-act="add"]:enabled')),
    );
    await this.at.until(() => !line.isConnected || pane.renderRoot.querySelector(".wrong-words:not(:empty)"));
    await this.at.closePane();
  }

  async #directory() {
    if (this.chat.pane !== "directory") {
      await this.at.toList();
      const list = await this.at.part("homeroom-chat-list");
      await this.hand.click(await this.at.find(list, '[data-pane="directory"]'));
    }
    return this.at.part("homeroom-chat-directory");
  }

  async #searchDirectory({ term = "", server }: Of<"searchDirectory">): Promise<void> {
    const pane = await this.#directory();
    const field = await this.at.find<HTMLInputElement>(pane, "#term");
    if (field.value !== term) await this.hand.type(field, term);
    if (server !== undefined)
      await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#server"), server);
    await this.hand.click(await this.at.find(pane, '[data-act="search"]:enabled'));
    await this.at.until(() => pane.renderRoot.querySelector('[data-act="search"]:enabled'));
  }

  /** Joins from what a directory or a space shows, if the room is there. */
  async joinShown(room: string): Promise<boolean> {
    const card = this.#card(room);
    const button = card?.querySelector<HTMLElement>('[data-act="join"]:enabled');
    if (!button) return false;
    await this.hand.click(button);
    return true;
  }

  #card(ref: string): HTMLElement | undefined {
    const id = this.chat.bindings?.rooms[ref] ?? ref;
    const inside = this.chat.renderRoot.querySelector("homeroom-chat-room");
    const pages = [
      this.chat.renderRoot.querySelector("homeroom-chat-directory"),
      this.chat.pane === undefined ? inside?.renderRoot.querySelector("homeroom-chat-space") : undefined,
    ];
    return pages
      .flatMap((page) => [...(page?.renderRoot.querySelectorAll<HTMLElement>(".card") ?? [])])
      .find(({ dataset }) => dataset.room === id);
  }

  async #knock({ room, reason }: Of<"knock">): Promise<void> {
    if (!this.#card(room)) {
      const pane = await this.#directory();
      await this.hand.click(await this.at.find(pane, '[data-act="search"]:enabled'));
    }
    const card = await this.at.until(() => this.#card(room));
    await this.hand.click(await this.at.until(() => card.querySelector<HTMLElement>('[data-act="knock"]')));
    const pane = this.chat.renderRoot.querySelector("homeroom-chat-directory");
    if (!pane) return;
    if (reason !== undefined)
      await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#words"), reason);
    await this.hand.click(await this.at.find(pane, '[data-act="knock-now"]:enabled'));
    await this.at.until(() => !pane.renderRoot.querySelector('[data-act="knock-now"]'));
    await this.at.closePane();
  }

  async #searchMessages({ text, in: room }: Of<"searchMessages">): Promise<void> {
    if (room !== undefined) await this.at.toRoom(room);
    const list = await this.at.part("homeroom-chat-list");
    if (!list.checkVisibility()) await this.at.toList();
    await this.hand.click(await this.at.find(list, '[data-pane="search"]'));
    const pane = await this.at.part("homeroom-chat-search");
    await this.hand.type(await this.at.find<HTMLInputElement>(pane, "#text"), text);
    if (room !== undefined) {
      const here = pane.renderRoot.querySelector<HTMLElement>('input[name="where"][value="here"]');
      if (here) await this.hand.click(here);
    }
    await this.hand.click(await this.at.find(pane, '[data-act="search"]:enabled'));
    await this.at.until(() => pane.renderRoot.querySelector('[data-act="search"]:enabled'));
  }

  async #forget(room: string): Promise<void> {
    await this.at.toList();
    const list = await this.at.part("homeroom-chat-list");
    const left = list.renderRoot.querySelector<HTMLDetailsElement>(".left");
    if (left && !left.open) await this.hand.click(await this.at.until(() => left.querySelector("summary")));
    await this.at.toRoom(room);
    const inside = await this.at.part("homeroom-chat-room");
    const doorway = await this.at.until(() => inside.renderRoot.querySelector("homeroom-chat-doorway"));
    await this.hand.click(await this.at.find(doorway, '[data-act="forget"]:enabled'));
  }
}

type New = Of<"createRoom" | "createSpace">;

/** The room for oneself has a control of its own. */
function isNotes(action: New): boolean {
  return (
    action.type === "createRoom" &&
    action.preset === "private_chat" &&
    (action.name === undefined || action.name === say("rooms.notes")) &&
    !action.invite?.length
  );
}

function entryOf(action: New): string {
  if (action.preset === "public_chat") return "public";
  return (action.type === "createRoom" ? action.joinRule : undefined) ?? "invite";
}

/** Does the pane for new rooms have a control for all of it? */
function canCreate(action: New): boolean {
  if (action.type === "createRoom") {
    if (action.roomVersion !== undefined || action.history !== undefined) return false;
    if (action.direct) return action.invite?.length === 1 && action.preset === "trusted_private_chat";
    if (isNotes(action)) return true;
  }
  const entry = entryOf(action);
  const findable = entry === "public" || entry === "knock";
  return (
    action.preset !== "trusted_private_chat" &&
    Boolean(action.name) &&
    !action.invite?.length &&
    (findable || (action.alias === undefined && !action.published))
  );
}
