import { emulateMedia, sendKeys } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import "../../../src/elements/chat/chat-parts.ts";
import "../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../src/elements/chat/homeroom-chat.ts";
import { PointerHand } from "../../../src/elements/pointer-hand.ts";
import type { Action, ActionResult } from "../../../src/world/action.ts";
import { expectAccessible } from "../accessible.ts";
import { allText, byName, everything, focused, waitFor } from "../deep.ts";
import { bindings, bo, chatState, cy, looks, room, said, zoe } from "./chat-story.ts";
import { club, dee, directory, found, held } from "./room-story.ts";

describe("the rooms of homeroom-chat", () => {
  let place: HTMLElement;
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];
  let answer: (action: Action) => ActionResult | Promise<ActionResult>;

  function tell(...more: ClientFact[]): void {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
  }

  const done = (type: Action["type"]) => acts.filter((action) => action.type === type);
  const last = (type: Action["type"]) => waitFor(() => done(type).at(-1));
  const press = async (name: string | RegExp, role = "button") =>
    (await waitFor(() => byName<HTMLButtonElement>(chat, role, name))).click();
  const write = async (field: string | RegExp, text: string) => {
    const input = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", field));
    input.focus();
    input.select();
    await sendKeys(text === "" ? { press: "Delete" } : { type: text });
  };
  const choose = async (name: string | RegExp, value: string) => {
    const select = await waitFor(() => byName<HTMLSelectElement>(chat, "combobox", name));
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fromMenu = async (item: string) => {
    await press("Room menu");
    await press(item, "menuitem");
  };
  const open = async (id: string) => {
    tell({ type: "open-room", room: id });
    await chat.updateComplete;
  };

  beforeEach(async () => {
    acts = [];
    facts = [];
    answer = () => ({ ok: true });
    place = document.createElement("div");
    place.style.cssText = "inline-size: 331px; block-size: 560px";
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, { host: "you/laptop", person: "You", server: "garden.example", looks, bindings });
    chat.addEventListener("homeroom-act", (event) => {
      acts.push(event.action);
      const { action } = event;
      if (action.type === "openRoom") tell({ type: "open-room", room: action.room });
      if (action.type === "searchDirectory") tell(directory);
      if (action.type === "searchMessages") tell(found);
      event.result = Promise.resolve(answer(action));
    });
    place.append(chat);
    document.body.append(place);
    tell(...club());
    await chat.updateComplete;
  });

  afterEach(() => place.remove());

  it("are named and described, and only what changed is sent", async () => {
    await open("!club");
    await fromMenu("Settings");
    await write("Topic", "Beans and peas");
    await press("Save");
    expect(await last("setRoomTopic")).to.deep.include({ room: "!club", topic: "Beans and peas" });
    await waitFor(() => allText(chat).includes("Saved."));
    expect(done("setRoomName")).to.deep.equal([]);
    await expectAccessible(place);
  });

  it("give the focus back to the button that was off while its work was done", async () => {
    await open("!club");
    await fromMenu("Settings");
    await write("Topic", "Beans only");
    let finish: (result: ActionResult) => void = () => undefined;
    answer = () => new Promise((resolve) => (finish = resolve));
    const save = await waitFor(() => byName<HTMLButtonElement>(chat, "button", "Save"));
    save.focus();
    await sendKeys({ press: "Enter" });
    await waitFor(() => save.disabled && focused() !== save);
    finish({ ok: true });
    await waitFor(() => !save.disabled && focused() === save);
  });

  it("give the focus back to what opened a pane over the list", async () => {
    for (const name of ["Find rooms", "New chat or room", "Search messages"]) {
      const opener = await waitFor(() => byName(chat, "button", name));
      opener.focus();
      await sendKeys({ press: "Enter" });
      await waitFor(() => focused()?.id === "title");
      await sendKeys({ press: "Escape" });
      await waitFor(() => focused() === opener);
    }
  });

  it("take a picture that is picked, and show the one they have", async () => {
    await open("!club");
    await fromMenu("Settings");
    await waitFor(() => byName(chat, "button", "Choose a picture"));
    const input = [...everything(place)].find(({ id }) => id === "picture") as HTMLInputElement;
    const files = new DataTransfer();
    files.items.add(new File(["x"], "beans.png", { type: "image/png" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    const act = (await last("setRoomPicture")) as Extract<Action, { type: "setRoomPicture" }>;
    expect(act.file).to.have.property("picked").that.is.a("string");
    const asked: string[] = [];
    chat.addEventListener("homeroom-media", (event) => {
      asked.push(event.mxc);
      event.result = new Promise((resolve) => {
        const canvas = document.createElement("canvas");
        canvas.toBlob((blob) => resolve(blob ?? undefined));
      });
    });
    tell(held("!club", ["m.room.avatar", { url: "mxc://garden.example/beans" }]));
    await waitFor(() => [...everything(place)].some(({ localName }) => localName === "img"));
    expect(asked).to.deep.equal(["mxc://garden.example/beans"]);
    await press("Take it off");
    await waitFor(() => done("setRoomPicture").length === 2);
    expect(done("setRoomPicture")[1]).to.not.have.property("file");
  });

  it("say who joins, who sees the past, and where they are found", async () => {
    await open("!club");
    await fromMenu("Settings");
    await press("Access", "tab");
    await last("lookUpRoom");
    expect(byName<HTMLInputElement>(chat, "radio", "People who knock and are let in")?.checked).to.equal(
      true,
    );
    await press("Members of a space", "radio");
    await press("Members, since they joined", "radio");
    await write("Address", "club");
    await press("Show it in the directory of garden.example", "checkbox");
    await press("Save");
    expect(await last("setRoomPublished")).to.deep.include({ room: "!club", published: true });
    expect(done("setRoomJoinRule")[0]).to.deep.include({ rule: "restricted", spaces: ["!village"] });
    expect(done("setRoomHistoryVisibility")[0]).to.deep.include({ visibility: "joined" });
    expect(done("setRoomAlias")[0]).to.deep.include({ alias: "club" });
    await expectAccessible(place);
  });

  it("move to a newer version, after a warning that names it", async () => {
    await open("!club");
    await fromMenu("Settings");
    await press("Upgrade to version 12");
    await waitFor(() => allText(chat).includes("This cannot be undone. A new room of version 12"));
    expect(done("upgradeRoom")).to.deep.equal([]);
    await expectAccessible(place);
    answer = ({ type }) => (type === "upgradeRoom" ? { ok: true, room: "!village" } : { ok: true });
    await press("Upgrade now");
    expect(await last("upgradeRoom")).to.deep.include({ room: "!club", version: "12" });
    await waitFor(() => chat.openRoom === "!village");
  });

  it("say what the server found wrong beside the field", async () => {
    answer = ({ type }) =>
      type === "setRoomAlias"
        ? { ok: false, refusal: { code: "room/alias-taken", facts: {}, field: "alias" } }
        : { ok: true };
    await open("!club");
    await fromMenu("Settings");
    await press("Access", "tab");
    await write("Address", "tea");
    await press("Save");
    await waitFor(() => allText(chat).includes("Another room has this address already."));
    await waitFor(() => focused() === byName(chat, "textbox", "Address"));
  });

  it("say in words who may do what", async () => {
    await open("!club");
    await fromMenu("Settings");
    await press("Roles", "tab");
    const kick = await waitFor(() => byName<HTMLSelectElement>(chat, "combobox", "Remove people"));
    expect(kick.selectedOptions[0]?.textContent).to.equal("Moderators");
    await choose("Invite people", "50");
    await press("Save");
    expect(await last("setPermission")).to.deep.include({ what: "invite", level: 50 });
    await expectAccessible(place);
  });

  it("show settings to those who may not change them", async () => {
    await open("!club");
    tell(held("!club", ["m.room.power_levels", { users: { [bo]: 100 } }]));
    await fromMenu("Settings");
    const name = await waitFor(() => byName<HTMLInputElement>(chat, "textbox", "Name"));
    expect(name.readOnly).to.equal(true);
    expect(byName(chat, "button", "Save")).to.equal(undefined);
    expect(allText(chat)).to.contain("You may look at this, but not change it.");
  });

  it("list members, who get a role, are removed, banned and let back", async () => {
    await open("!club");
    await fromMenu("Members");
    await expectAccessible(place);
    await press(/^Bo/);
    await choose("Role", "100");
    await press("Save");
    expect(await last("setPower")).to.deep.include({ user: bo, level: 100 });
    await waitFor(() => focused()?.id === "role");
    await write(/^Reason/, "Dry beans");
    await press("Remove from the room");
    expect(await last("kick")).to.deep.include({ user: bo, reason: "Dry beans" });
    (await waitFor(() => byName(chat, "button", "Ban"))).focus();
    await sendKeys({ press: "Enter" });
    expect(await last("ban")).to.deep.include({ user: bo });
    await waitFor(() => focused()?.dataset.act === "ban");
    tell({
      type: "members",
      room: "!club",
      members: [{ user: bo, name: "Bo", membership: "ban", power: 0 }],
    });
    await waitFor(() => focused()?.textContent === "Banned");
    await expectAccessible(place);
    await press("All members");
    await waitFor(() => focused()?.dataset.user === bo);
    await press(/^Dee/);
    await press("Lift the ban");
    expect(await last("unban")).to.deep.include({ user: dee });
    tell({
      type: "members",
      room: "!club",
      members: [{ user: dee, name: "Dee", membership: "leave", power: 0 }],
    });
    await waitFor(() => byName(chat, "list", "Members"));
  });

  it("have a door: who knocks is let in or turned away there", async () => {
    await open("!club");
    await waitFor(() => allText(chat).includes("I have a hose"));
    await expectAccessible(place);
    await press("Let in");
    expect(await last("invite")).to.deep.include({ room: "!club", user: cy });
    await press("Turn away");
    expect(await last("kick")).to.deep.include({ room: "!club", user: cy });
  });

  it("are found in a directory, joined and knocked at, by keyboard", async () => {
    (await waitFor(() => byName(chat, "button", "Find rooms"))).focus();
    await sendKeys({ press: "Enter" });
    await write("Name, topic or address", "c");
    await sendKeys({ press: "Enter" });
    expect(await last("searchDirectory")).to.deep.include({ term: "c" });
    await waitFor(() => allText(chat).includes("3 rooms"));
    await expectAccessible(place);
    expect(allText(chat)).to.contain("By invitation");
    const knock = await waitFor(() => byName(chat, "button", "Knock"));
    knock.focus();
    await sendKeys({ press: "Enter" });
    await waitFor(() => focused() === byName(chat, "textbox", /^What you say/));
    await sendKeys({ type: "May I play?" });
    await sendKeys({ press: "Enter" });
    expect(await last("knock")).to.deep.include({ room: "!chess", reason: "May I play?" });
    await waitFor(() => focused() === byName(chat, "textbox", "Name, topic or address"));
    await press("Join");
    expect(await last("join")).to.deep.include({ room: "!choir", via: ["garden.example"] });
  });

  it("are searched for words", async () => {
    await press("Search messages");
    await press("Search");
    await waitFor(() => allText(chat).includes("Write a word to look for first."));
    await write("Words", "grey");
    await press("Search");
    expect(await last("searchMessages")).to.deep.include({ text: "grey" });
    await waitFor(() =>
      [...everything(place)].some(
        ({ localName, textContent }) => localName === "mark" && textContent === "Grey",
      ),
    );
    await expectAccessible(place);
  });

  it("open where a message stands that was found, with older ones loaded up to it, and mark it", async () => {
    const older: ClientFact[] = [
      { ...said("!chat", bo, "Older than that"), place: "start" } as ClientFact,
      { ...said("!chat", bo, "A grey day", { id: "$grey" }), place: "start" } as ClientFact,
    ];
    const day = { room: "!chat", event: "$grey", sender: bo, at: 0, text: "A grey day" };
    tell({ type: "history", room: "!chat", more: true });
    answer = ({ type }) => {
      if (type === "searchMessages") tell({ type: "found", text: "grey", count: 1, messages: [day] });
      const next = type === "loadOlder" ? older.shift() : undefined;
      if (next) tell(next);
      return { ok: true };
    };
    await press("Search messages");
    await write("Words", "grey");
    await press("Search");
    await press(/A grey day/);
    const marked = await waitFor(() =>
      [...everything(place)].find((element) => element.matches(".entry.found")),
    );
    expect(marked.textContent).to.include("A grey day");
    expect(chat.openRoom).to.equal("!chat");
    expect(done("loadOlder").length).to.equal(2);
    await waitFor(() => marked.contains(focused() ?? null));
  });

  it("lie in spaces, which fold, open, and take rooms in and out", async () => {
    const fold = await waitFor(() => byName(chat, "button", "Show the rooms of Village"));
    const rooms = () => byName(chat, "list", "Rooms of Village");
    expect(rooms()?.textContent).to.contain("Garden club");
    fold.click();
    await waitFor(() => rooms() === undefined);
    expect(byName(chat, "list", "Your chats")?.textContent).to.not.contain("Garden club");
    await press(/Village/);
    await waitFor(() => allText(chat).includes("Mondays"));
    await last("browseSpace");
    await expectAccessible(place);
    await press("Take Choir out of the space");
    expect(await last("removeFromSpace")).to.deep.include({ space: "!village", room: "!choir" });
    await press("Add rooms");
    await expectAccessible(place);
    await press("Add");
    expect(await last("addToSpace")).to.deep.include({ space: "!village", room: "!tea" });
  });

  it("begin as notes, behind a door, in a space, or as a space", async () => {
    await press("New chat or room");
    await press(/^Notes to yourself/);
    expect(await last("createRoom")).to.deep.include({ name: "Notes", preset: "private_chat" });
    await press("New chat or room");
    await press("Room", "tab");
    await write("Room name", "Beans");
    await choose("Part of the space", "!village");
    await press("Members of a space", "radio");
    await expectAccessible(place);
    await press("Create room");
    await waitFor(() => done("createRoom").length === 2);
    expect(done("createRoom")[1]).to.deep.include({
      name: "Beans",
      space: "!village",
      joinRule: "restricted",
    });
    await press("New chat or room");
    await press("Space", "tab");
    await write("Name", "Valley");
    await press("Everyone", "radio");
    await press(/^Show it in/, "checkbox");
    await press("Create space");
    expect(await last("createSpace")).to.deep.include({
      name: "Valley",
      preset: "public_chat",
      published: true,
    });
  });

  it("are left behind, forgotten, and move on", async () => {
    tell(
      room("!club", "Garden club", { membership: "leave" }),
      said("!club", bo, "", {
        type: "m.room.member",
        stateKey: zoe,
        content: { membership: "leave", reason: "Weeds" },
      }),
    );
    const left = await waitFor(() => [...everything(place)].find(({ localName }) => localName === "summary"));
    expect(left?.textContent).to.equal("1 room left");
    left?.click();
    await press(/Garden club/);
    await waitFor(() => allText(chat).includes("Bo removed you: Weeds"));
    await expectAccessible(place);
    await press("Forget this room");
    expect(await last("forget")).to.deep.include({ room: "!club" });
    tell(
      room("!old", "Old room"),
      held(
        "!old",
        ["m.room.create", { room_version: "10" }],
        ["m.room.tombstone", { body: "We have moved", replacement_room: "!new" }],
      ),
    );
    await open("!old");
    await waitFor(() => allText(chat).includes("This room has moved."));
    expect(byName(chat, "textbox", /^Message/)).to.equal(undefined);
    await press("Go to the new room");
    expect(await last("join")).to.deep.include({ room: "!new", via: ["garden.example"] });
  });

  it("wait for who knocked", async () => {
    tell(room("!chess", "Chess", { membership: "knock" }), { type: "open-room", room: "!chess" });
    await press("Stop knocking");
    expect(await last("leave")).to.deep.include({ room: "!chess" });
  });

  describe("shown by a hand", () => {
    let hand: PointerHand;

    beforeEach(async () => {
      await emulateMedia({ reducedMotion: "reduce" });
      hand = new PointerHand(new AbortController().signal);
    });

    afterEach(async () => {
      hand.leave();
      await emulateMedia({ reducedMotion: "no-preference" });
    });

    const by = { person: "you", device: "laptop" } as const;
    const inClub = { ...by, room: "!club" } as const;
    const shown: [action: Action, as?: Action][] = [
      [{ ...inClub, type: "setRoomName", name: "Beans" }],
      [{ ...inClub, type: "setRoomTopic", topic: "Only beans" }],
      [{ ...inClub, type: "setRoomJoinRule", rule: "public" }],
      [{ ...inClub, type: "setRoomHistoryVisibility", visibility: "invited" }],
      [{ ...inClub, type: "setRoomAlias", alias: "beans" }],
      [{ ...inClub, type: "setRoomPublished", published: true }],
      [{ ...inClub, type: "setPermission", what: "events_default", level: 50 }],
      [{ ...inClub, type: "setPower", user: bo, level: 0 }],
      [{ ...inClub, type: "kick", user: bo, reason: "Weeds" }],
      [{ ...inClub, type: "ban", user: bo }],
      [{ ...inClub, type: "unban", user: dee }],
      [{ ...inClub, type: "invite", user: cy }],
      [{ ...by, type: "addToSpace", space: "!village", room: "!tea" }],
      [{ ...by, type: "searchDirectory", term: "ch" }],
      [
        { ...by, type: "knock", room: "!chess", reason: "Me!" },
        { ...by, type: "knock", room: "!chess", reason: "Me!", via: ["garden.example"] },
      ],
      [{ ...by, type: "searchMessages", text: "grey" }],
      [
        { ...by, type: "createRoom", as: "notes", preset: "private_chat" },
        { ...by, type: "createRoom", as: "notes", name: "Notes", preset: "private_chat" },
      ],
      [
        {
          ...by,
          type: "createRoom",
          as: "door",
          name: "Door",
          preset: "private_chat",
          joinRule: "knock",
          alias: "door",
          published: true,
        },
      ],
      [{ ...by, type: "createSpace", as: "valley", name: "Valley", preset: "private_chat" }],
    ];
    for (const [action, as = action] of shown) {
      it(action.type + ("as" in action ? ` ${action.as}` : ""), async () => {
        if (action.type === "addToSpace")
          answer = ({ type }) => {
            if (type === "addToSpace") tell(held("!village", ["m.space.child", { via: ["a"] }, "!tea"]));
            return { ok: true };
          };
        if (action.type === "kick" || action.type === "ban" || action.type === "unban")
          answer = ({ type }) => {
            if (type === action.type)
              tell({
                type: "members",
                room: "!club",
                members: [
                  { user: action.user, name: "X", membership: type === "ban" ? "ban" : "leave", power: 0 },
                ],
              });
            return { ok: true };
          };
        expect(await chat.demonstrate(action, hand), "played").to.equal(true);
        expect(done(action.type).at(-1)).to.deep.equal(as);
      });
    }
  });
});
