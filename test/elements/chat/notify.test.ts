import { sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import "../../../src/elements/chat/chat-parts.ts";
import "../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../src/elements/chat/homeroom-chat.ts";
import type { Json } from "../../../src/protocol/json.ts";
import type { Action } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { byName, focused, waitFor } from "../deep.ts";
import { bindings, chatState, looks, room, scene } from "./chat-story.ts";

/** What the account's push rules say of rooms. */
function rules(content: Record<string, Json>): ClientFact {
  return { type: "account-data", kind: "m.push_rules", content: { global: content } };
}

const muted = (id: string): Json => ({
  rule_id: id,
  enabled: true,
  actions: [],
  conditions: [{ kind: "event_match", key: "room_id", pattern: id }],
});

describe("what one hears of rooms in homeroom-chat", () => {
  let place: HTMLElement;
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];

  function tell(...more: ClientFact[]): void {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
  }

  const button = (name: string | RegExp) => waitFor(() => byName<HTMLButtonElement>(chat, "button", name));
  const done = (type: Action["type"]) => waitFor(() => acts.filter((action) => action.type === type).at(-1));
  const openMenu = async () => {
    const menu = await button("Options for Crowd");
    menu.focus();
    await sendKeys({ press: "Enter" });
    await waitFor(() => focused()?.getAttribute("role") === "menuitem");
    return menu;
  };

  beforeEach(async () => {
    acts = [];
    facts = [];
    place = document.createElement("div");
    place.style.cssText = "inline-size: 331px; block-size: 560px";
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, { host: "you/laptop", person: "You", server: "garden.example", looks, bindings });
    chat.addEventListener("homeroom-act", (event) => {
      acts.push(event.action);
      if (event.action.type === "openRoom") tell({ type: "open-room", room: event.action.room });
      event.result = Promise.resolve({ ok: true });
    });
    place.append(chat);
    document.body.append(place);
    tell(...scene(), room("!crowd", "Crowd", { unread: 3, highlights: 1 }));
    await button("Options for Crowd");
  });

  afterEach(() => place.remove());

  it("is chosen in the list, by keyboard, and the focus comes back", async () => {
    const menu = await openMenu();
    expect(byName(chat, "menuitemradio", "All messages")?.ariaChecked).to.equal("true");
    await expectAccessible(place);
    await sendKeys({ press: "End" });
    await waitFor(() => focused()?.textContent?.trim() === "Mute");
    await sendKeys({ press: "ArrowUp" });
    await sendKeys({ press: "Enter" });
    expect(await done("setRoomNotify")).to.deep.include({ room: "!crowd", notify: "mentions" });
    await waitFor(() => focused() === menu && menu.ariaExpanded === "false");
    await openMenu();
    await sendKeys({ press: "Escape" });
    await waitFor(() => focused() === menu && menu.ariaExpanded === "false");
  });

  it("shows in the counts of unread messages", async () => {
    await button(/Crowd.*3 unread messages/);
    tell(rules({ room: [{ rule_id: "!crowd", enabled: true, actions: [] }] }));
    await button(/Crowd.*1 unread message/);
    tell(rules({ override: [muted("!crowd")] }));
    const line = await button(/Crowd.*Muted/);
    expect(line.textContent).to.not.match(/unread/);
    await expectAccessible(place);
    await openMenu();
    expect(byName(chat, "menuitemradio", "Mute")?.ariaChecked).to.equal("true");
    tell(rules({ override: [] }));
    await button(/Crowd.*3 unread messages/);
  });

  it("is done with, or kept for later, without opening the room", async () => {
    await openMenu();
    byName(chat, "menuitem", "Mark as read")?.click();
    expect(await done("markRoom")).to.deep.include({ room: "!crowd", unread: false });
    tell(room("!crowd", "Crowd"));
    await waitFor(() => byName(chat, "button", /^Crowd(?!.*unread)/));
    await openMenu();
    byName(chat, "menuitem", "Mark as unread")?.click();
    await waitFor(() => acts.filter(({ type }) => type === "markRoom").length === 2);
    expect(await done("markRoom")).to.deep.include({ room: "!crowd", unread: true });
    tell(room("!crowd", "Crowd", { markedUnread: true }));
    await button(/Crowd.*Marked as unread/);
    expect(chat.openRoom).to.equal(null);
    await expectAccessible(place);
  });

  it("is in the menu of the open room too, which closes when it is kept for later", async () => {
    tell({ type: "open-room", room: "!crowd" }, room("!crowd", "Crowd"));
    (await button("Room menu")).click();
    (await waitFor(() => byName(chat, "menuitemradio", "Mute"))).click();
    expect(await done("setRoomNotify")).to.deep.include({ room: "!crowd", notify: "mute" });
    (await button("Room menu")).click();
    (await waitFor(() => byName(chat, "menuitem", "Mark as unread"))).click();
    await waitFor(() => chat.openRoom === null);
    expect(await done("markRoom")).to.deep.include({ unread: true });
  });

  it("can only be looked at in the past", async () => {
    chat.readonly = true;
    (await button("Options for Crowd")).click();
    const items = ["Mark as read"].map((name) => byName<HTMLButtonElement>(chat, "menuitem", name));
    await waitFor(() => byName<HTMLButtonElement>(chat, "menuitemradio", "Mute")?.disabled);
    expect(items.every((item) => item === undefined || item.disabled)).to.equal(true);
  });
});
