import { expect } from "chai";
import type { ClientFact, ShownEvent } from "../../../src/client/client-fact.ts";
import { chatFold, noChat } from "../../../src/elements/chat/chat-fold.ts";
import { bo, chatState, cy, entry, room, said, scene, signedIn, zoe } from "./chat-story.ts";

const bodies = (events: readonly ShownEvent[] = []) => events.map(({ content }) => content.body);
const inChat = (facts: Parameters<typeof chatState>[0]) => chatState(facts).rooms.get("!chat");

describe("chatFold", () => {
  it("hears its own device only, and changes no state that it was given", () => {
    const fold = chatFold("you/laptop");
    const before = fold.step(fold.initial, entry(signedIn));
    expect(fold.step(before, entry(said("!chat", bo, "hi"), "bo/phone"))).to.equal(before);
    const frozen = JSON.stringify([...before.rooms]);
    fold.step(before, entry(said("!chat", bo, "hi")));
    expect(JSON.stringify([...before.rooms])).to.equal(frozen);
  });

  it("puts an accepted message in the place of its local echo, whichever way it is told", () => {
    const echo = said("!chat", zoe, "hello", { id: "~t1", transaction: "t1", status: "sending" });
    const sent = said("!chat", zoe, "hello", { id: "$1", transaction: "t1" });
    const byName = inChat([
      signedIn,
      echo,
      said("!chat", bo, "hm"),
      { ...sent, replaces: "~t1" } as typeof sent,
    ]);
    expect(byName?.events.map(({ id }) => id)[0]).to.equal("$1");
    expect(byName?.events).to.have.length(2);
    const byTransaction = inChat([signedIn, echo, sent]);
    expect(byTransaction?.events.map(({ id }) => id)).to.deep.equal(["$1"]);
    const syncedFirst = inChat([
      signedIn,
      echo,
      said("!chat", zoe, "hello", { id: "$1" }),
      { ...said("!chat", zoe, "hello", { id: "$1" }), replaces: "~t1" } as typeof sent,
    ]);
    expect(syncedFirst?.events.map(({ id }) => id)).to.deep.equal(["$1"]);
  });

  it("changes an event in its place, and puts older ones before the first", () => {
    const first = said("!chat", bo, "one", { id: "$one" });
    const older = { ...said("!chat", bo, "zero"), place: "start" } as typeof first;
    const state = inChat([
      signedIn,
      first,
      said("!chat", bo, "two"),
      older,
      said("!chat", bo, "one, edited", { id: "$one" }),
    ]);
    expect(bodies(state?.events)).to.deep.equal(["zero", "one, edited", "two"]);
  });

  it("drops what a gap cuts off, but nothing that waits to be sent", () => {
    const state = inChat([
      signedIn,
      said("!chat", bo, "old"),
      said("!chat", zoe, "mine", { id: "~t", status: "waiting" }),
      { type: "timeline-reset", room: "!chat" },
    ]);
    expect(bodies(state?.events)).to.deep.equal(["mine"]);
  });

  it("leaves this user out of those who type", () => {
    expect(inChat([signedIn, { type: "typing", room: "!chat", users: [bo, zoe] }])?.typing).to.deep.equal([
      bo,
    ]);
  });

  it("takes whoever has spoken to have done typing", () => {
    const facts: ClientFact[] = [signedIn, { type: "typing", room: "!chat", users: [bo, cy] }];
    expect(inChat([...facts, said("!chat", bo, "there")])?.typing).to.deep.equal([cy]);
  });

  it("empties the screen when somebody signs out, and keeps it while a server is away", () => {
    const offline = chatState([
      ...scene(),
      { type: "session", session: { state: "offline", user: zoe, device: "ABCDEF" } },
    ]);
    expect(offline.rooms.size).to.equal(3);
    expect(offline.displayName).to.equal("Zoe");
    const out = chatState([
      ...scene(),
      { type: "session", session: { state: "signed-out", reason: "elsewhere" } },
    ]);
    expect({ ...out, session: noChat.session }).to.deep.equal(noChat);
  });

  it("takes a room that is gone off the list and off the screen", () => {
    const state = chatState([
      ...scene(),
      { type: "open-room", room: "!tea" },
      { type: "room-gone", room: "!tea" },
    ]);
    expect(state.rooms.has("!tea")).to.equal(false);
    expect(state.openRoom).to.equal(null);
  });

  it("is not led astray by names that mean something to JavaScript", () => {
    const state = chatState([
      signedIn,
      room("__proto__", "constructor"),
      said("__proto__", "@toString:x", "hi"),
    ]);
    expect(state.rooms.get("__proto__")?.events).to.have.length(1);
    expect(({} as Record<string, unknown>).events).to.equal(undefined);
  });
});
