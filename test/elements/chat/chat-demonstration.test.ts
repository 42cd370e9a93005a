import { emulateMedia } from "@web/test-runner-commands";
import { expect } from "chai";
import type { ClientFact } from "../../../src/client/client-fact.ts";
import "../../../src/elements/chat/chat-parts.ts";
import "../../../src/elements/chat/homeroom-chat.ts";
import type { HomeroomChat } from "../../../src/elements/chat/homeroom-chat.ts";
import { PointerHand } from "../../../src/elements/pointer-hand.ts";
import type { Action } from "../../../src/world/action.ts";
import { bindings, bo, chatState, cy, looks, room, said, scene, zoe } from "./chat-story.ts";

import { emoji, own, verification, whole } from "./keys-story.ts";

describe("what a hand can show in a chat", () => {
  let chat: HomeroomChat;
  let acts: Action[];
  let facts: ClientFact[];
  let hand: PointerHand;
  let stop: AbortController;

  function tell(...more: ClientFact[]): void {
    facts = [...facts, ...more];
    chat.state = chatState(facts);
  }

  beforeEach(async () => {
    await emulateMedia({ reducedMotion: "reduce" });
    acts = [];
    facts = [];
    stop = new AbortController();
    hand = new PointerHand(stop.signal);
    chat = document.createElement("homeroom-chat");
    Object.assign(chat, {
      host: "you/laptop",
      person: "You",
      server: "garden.example",
      looks,
      bindings,
      suggestions: { name: "zoe", password: "made-up" },
    });
    chat.style.cssText = "inline-size: 331px; block-size: 480px";
    chat.addEventListener("homeroom-act", ({ action }) => {
      acts.push(action);
      if (action.type === "openRoom") tell({ type: "open-room", room: action.room });
      if (action.type === "createRoom") tell(room("!new", action.name ?? "Cy"));
    });
    document.body.append(chat);
    await chat.updateComplete;
  });

  afterEach(async () => {
    hand.leave();
    chat.remove();
    await emulateMedia({ reducedMotion: "no-preference" });
  });

  const by = { person: "you", device: "laptop" };
  const shown = async (action: Action) => {
    const played = await chat.demonstrate(action, hand);
    return { played, last: acts.filter(({ type }) => type === action.type).at(-1) };
  };

  /** Through the chat's own controls, and what comes out is the action itself. */
  async function expectShown(action: Action, as: Action = action): Promise<void> {
    expect(await shown(action)).to.deep.equal({ played: true, last: as });
  }

  it("signs up and in, from whichever form is there", async () => {
    await expectShown({ type: "signUp", ...by, name: "ada", password: "made-up" });
    await expectShown({ type: "signIn", ...by, name: "ada", password: "another" });
  });

  it("opens a room, writes in it, and goes back to the list", async () => {
    tell(...scene());
    await expectShown(
      { type: "send", ...by, in: "chat", text: "Hi Bo" },
      { type: "send", ...by, in: "!chat", text: "Hi Bo" },
    );
    await expectShown(
      { type: "openRoom", ...by, room: "#tea:garden.example" },
      { type: "openRoom", ...by, room: "!tea" },
    );
    await expectShown({ type: "openRoom", ...by, room: null });
  });

  it("accepts and declines invitations, and joins by address", async () => {
    tell(...scene(), { type: "open-room", room: "!chat" });
    await expectShown({ type: "leave", ...by, room: "!ada" });
    await expectShown({ type: "join", ...by, room: "!ada" });
    tell({ type: "room-gone", room: "!ada" });
    await expectShown({ type: "join", ...by, room: "#club:harbor.example" });
  });

  it("invites from the list and by address, and leaves", async () => {
    tell(...scene());
    await expectShown(
      { type: "invite", ...by, room: "chat", user: "cy" },
      { type: "invite", ...by, room: "!chat", user: cy },
    );
    await expectShown(
      { type: "invite", ...by, room: "chat", user: "@eve:harbor.example" },
      { type: "invite", ...by, room: "!chat", user: "@eve:harbor.example" },
    );
    await expectShown({ type: "leave", ...by, room: "!tea" });
  });

  it("begins chats and rooms", async () => {
    tell(...scene());
    const chatWithCy = { type: "createRoom", ...by, preset: "trusted_private_chat", direct: true } as const;
    await expectShown({ ...chatWithCy, invite: ["cy"] }, { ...chatWithCy, invite: [cy] });
    await expectShown({
      type: "createRoom",
      ...by,
      name: "Club",
      preset: "public_chat",
      topic: "Tea",
      alias: "club",
    });
  });

  it("renames, ends sessions, loses the device and signs out", async () => {
    tell(...scene());
    await expectShown({ type: "setDisplayName", ...by, name: "Zoë" });
    await expectShown(
      { type: "endSession", ...by, target: "phone", password: "other" },
      { type: "endSession", ...by, target: "GHIJKL", password: "other" },
    );
    await expectShown({ type: "loseDevice", ...by });
    await expectShown({ type: "signOut", ...by });
  });

  it("loads older messages and mends what failed", async () => {
    tell(
      ...scene(),
      { type: "history", room: "!chat", more: true },
      said("!chat", zoe, "no", { id: "~1", status: "failed" }),
    );
    await expectShown({ type: "loadOlder", ...by, in: "!chat" });
    await expectShown({ type: "retry", ...by, in: "!chat", event: "~1" });
    await expectShown({ type: "discard", ...by, in: "!chat", event: "~1" });
  });

  it("leaves to the world what it has no control for, and what is somebody else's", async () => {
    tell(...scene());
    const none: Action[] = [
      { type: "send", person: "bo", in: "chat", text: "x" },
      { type: "send", person: "you", device: "phone", in: "chat", text: "x" },
      { type: "send", ...by, in: "!unknown", text: "x" },
      { type: "createRoom", ...by, name: "x", preset: "private_chat", roomVersion: "10" },
      { type: "signUp", ...by, name: "x", password: "x" },
      { type: "redact", ...by, in: "chat", event: "$x" },
      { type: "cutLink", between: ["a", "b"] },
    ];
    for (const action of none) expect(await chat.demonstrate(action, hand), action.type).to.equal(false);
    chat.readonly = true;
    expect(await chat.demonstrate({ type: "send", ...by, in: "chat", text: "x" }, hand)).to.equal(false);
    chat.readonly = false;
    chat.style.display = "none";
    expect(await chat.demonstrate({ type: "send", ...by, in: "chat", text: "x" }, hand)).to.equal(false);
    expect(acts).to.deep.equal([]);
  });

  it("ends quietly when it is stopped half way", async () => {
    tell(...scene());
    const showing = chat.demonstrate({ type: "send", ...by, in: "chat", text: "a long message" }, hand);
    stop.abort();
    expect(await showing).to.equal(true);
    expect(acts.filter(({ type }) => type === "send")).to.deep.equal([]);
  });

  it("shows what can be done with messages", async () => {
    tell(...scene(), said("!chat", bo, "With honey?", { id: "$honey" }));
    tell({ type: "open-room", room: "!chat" });
    const at = { ...by, in: "!chat" };
    await expectShown({ type: "send", ...at, text: "Yes", replyTo: "$honey" });
    await expectShown({ type: "react", ...at, event: "$honey", key: "👍" });
    await expectShown({ type: "react", ...at, event: "$honey", key: "🦆" });
    await expectShown({ type: "redact", ...at, event: mine(), reason: "cold" });
    await expectShown({ type: "edit", ...at, event: mine(), text: "Nettle, please" });
    await expectShown({ type: "ignore", ...by, user: bo, ignored: true });
  });

  it("shows how to write in a thread and how to leave it again", async () => {
    tell(...scene(), said("!chat", bo, "With honey?", { id: "$honey" }));
    tell({ type: "open-room", room: "!chat" });
    const at = { ...by, in: "!chat" };
    await expectShown({ type: "send", ...at, text: "Whose honey?", thread: "$honey" });
    tell(said("!chat", bo, "My own", { id: "$mine", thread: "$honey" }));
    await expectShown({ type: "send", ...at, text: "Wow", thread: "$honey", replyTo: "$mine" });
    await expectShown({ type: "send", ...at, text: "Thanks" });
  });

  it("shows how a picture is sent, with its caption", async () => {
    tell(...scene());
    tell({ type: "open-room", room: "!chat" });
    const { played, last } = await shown({
      type: "sendImage",
      ...by,
      in: "!chat",
      name: "tea.png",
      file: { picture: "tea" },
      text: "Mine",
    });
    expect(played).to.equal(true);
    expect(last).to.deep.include({ name: "tea.png", text: "Mine" }).and.have.nested.property("file.picked");
  });

  it("shows how a device is verified, and how its person goes on", async () => {
    tell(...scene(), own());
    await expectShown({ type: "askToVerify", ...by });
    tell(verification({}));
    await expectShown({ type: "acceptVerification", ...by });
    tell(verification({ phase: "ready" }));
    await expectShown({ type: "compareEmoji", ...by });
    tell(verification({ phase: "comparing", emoji }));
    await expectShown({ type: "confirmVerification", ...by });
    await expectShown({ type: "denyVerification", ...by });
    await expectShown({ type: "cancelVerification", ...by });
  });

  it("shows how keys are kept and used, and how an identity is reset", async () => {
    tell(...scene(), own());
    await expectShown({ type: "recover", ...by, key: "EsT1 abcd EFGH" });
    tell(own(whole));
    await expectShown({ type: "setUpRecovery", ...by, passphrase: "bees and honey" });
    await expectShown({ type: "resetIdentity", ...by, password: "made-up" });
  });

  /** The id of what Zoe said in the scene. */
  function mine(): string {
    const events = chat.state.rooms.get("!chat")?.events ?? [];
    return events.findLast(({ sender }) => sender === zoe)?.id ?? expect.fail();
  }
});
