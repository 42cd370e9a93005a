import { expect } from "chai";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { chatState, shownTexts } from "./chat-state.ts";
import { closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { withBo } from "./scenarios.ts";

const password = "a b c d e f g";

async function inRoom(scenario = withBo()): Promise<SimulatedWorld> {
  const world = await openTestWorld(scenario);
  await world.act({ type: "signUp", person: "you", name: "zoe", password });
  await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
  await world.act({ type: "join", person: "you", room: "chat" });
  return world;
}

async function withPhone(): Promise<SimulatedWorld> {
  const world = await inRoom();
  await world.act({ type: "addDevice", person: "you", device: "phone", kind: "phone" });
  expect(
    await world.act({ type: "signIn", person: "you", device: "phone", name: "zoe", password }),
  ).to.deep.equal({ ok: true, user: "@zoe:garden.example" });
  return world;
}

describe("Devices in a world", () => {
  afterEach(closeWorlds);

  it("show the same account on two of them", async () => {
    const world = await withPhone();
    expect(isTrue(world, { type: "signedIn", person: "you", count: 2 })).to.equal(true);
    await world.act({ type: "send", person: "you", device: "phone", in: "chat", text: "From the phone" });
    await until(world, { type: "shown", person: "you", device: "laptop", text: "From the phone" });
    expect(isTrue(world, { type: "message", from: "you", device: "phone", in: "chat" })).to.equal(true);
    expect(isTrue(world, { type: "message", from: "you", device: "laptop", in: "chat" })).to.equal(false);
  });

  it("keep the session of a lost one until another ends it", async () => {
    const world = await withPhone();
    await world.act({ type: "loseDevice", person: "you", device: "phone" });
    expect(isTrue(world, { type: "deviceLost", person: "you", device: "phone" })).to.equal(true);
    expect(isTrue(world, { type: "signedOut", person: "you", device: "phone" })).to.equal(false);
    const wrong = await world.act({ type: "endSession", person: "you", target: "phone", password: "wrong" });
    expect(wrong).to.deep.include({ ok: false });
    expect(wrong).to.have.nested.property("refusal.field", "password");
    const ended = await world.act({ type: "endSession", person: "you", target: "phone", password });
    expect(ended).to.deep.equal({ ok: true });
    await until(world, { type: "signedOut", person: "you", device: "phone" });
  });

  it("are signed out when another device ends their session", async () => {
    const world = await withPhone();
    await world.act({ type: "endSession", person: "you", target: "phone", password });
    await until(world, { type: "signedOut", person: "you", device: "phone" });
    expect(isTrue(world, { type: "signedIn", person: "you", device: "laptop" })).to.equal(true);
    expect(chatState(world, "you/phone").rooms).to.deep.equal([]);
    await world.act({ type: "signIn", person: "you", device: "phone", name: "zoe", password });
    await until(world, { type: "signedIn", person: "you", device: "phone" });
  });

  it("sign out by choice, everywhere if wanted", async () => {
    const world = await withPhone();
    expect(await world.act({ type: "signOut", person: "you", everywhere: true })).to.deep.equal({ ok: true });
    await until(world, { type: "signedOut", person: "you", device: "phone" });
    await until(world, { type: "signedOut", person: "you", device: "laptop" });
    expect(await world.act({ type: "send", person: "you", in: "chat", text: "?" })).to.have.nested.property(
      "refusal.code",
      "act/signed-out",
    );
  });

  it("keep what is written while the cable is cut, and send it when it is mended", async () => {
    const world = await inRoom();
    await world.act({ type: "cutLink", between: ["you", "garden.example"] });
    const results = await Promise.all(
      ["one", "two"].map((text) => world.act({ type: "send", person: "you", in: "chat", text })),
    );
    expect(results[0]).to.have.property("event").that.matches(/^~/);
    expect(isTrue(world, { type: "message", from: "you" })).to.equal(false);
    const isWaiting = (text: string) => (fact: Record<string, unknown>) => {
      const { status, content } = fact.event as { status: string; content: { body?: string } };
      return status === "waiting" && content.body === text;
    };
    await factOf(world, "you/laptop", "event", isWaiting("one"));
    await factOf(world, "you/laptop", "event", isWaiting("two"));
    await world.act({ type: "mendLink", between: ["you", "garden.example"] });
    await until(world, { type: "shown", person: "bo", in: "chat", text: "two" });
    await until(world, { type: "shown", person: "you", in: "chat", text: "two" });
    // Bo answers the first word, before or after the second.
    for (const host of ["bo/phone", "you/laptop"])
      expect(shownTexts(world, host).filter((text) => text !== "You made it!")).to.deep.equal(["one", "two"]);
  });

  it("drop a waiting message that is discarded, and send the others", async () => {
    const world = await inRoom();
    await world.act({ type: "cutLink", between: ["you", "garden.example"] });
    const first = await world.act({ type: "send", person: "you", in: "chat", text: "not this" });
    void world.act({ type: "send", person: "you", in: "chat", text: "but this" });
    const event = first.ok ? (first.event ?? "") : "";
    expect(await world.act({ type: "discard", person: "you", in: "chat", event })).to.deep.equal({
      ok: true,
    });
    await world.act({ type: "mendLink", between: ["you", "garden.example"] });
    await until(world, { type: "shown", person: "bo", in: "chat", text: "but this" });
    expect(shownTexts(world, "bo/phone")).not.to.include("not this");
    await factOf(world, "you/laptop", "event-gone", (fact) => fact.event === event);
    expect(shownTexts(world, "you/laptop")).not.to.include("not this");
  });

  it("show what a stopped homeserver had, and go on when it starts", async () => {
    const world = await inRoom();
    await world.act({ type: "stopHost", host: "garden.example" });
    expect(isTrue(world, { type: "host", host: "garden.example", running: false })).to.equal(true);
    await world.act({ type: "send", person: "you", in: "chat", text: "Anybody home?" });
    await world.act({ type: "startHost", host: "garden.example" });
    await until(world, { type: "shown", person: "bo", in: "chat", text: "Anybody home?" });
  });

  it("tell who types and who has read", async () => {
    const world = await inRoom();
    await world.act({ type: "setTyping", person: "you", in: "chat", typing: true });
    await factOf(world, "bo/phone", "typing", (fact) => String(fact.users) === "@zoe:garden.example");
    const sent = await world.act({ type: "send", person: "you", in: "chat", text: "Read me" });
    const event = sent.ok ? (sent.event ?? "") : "";
    await until(world, { type: "shown", person: "bo", in: "chat", text: "Read me" });
    await world.act({ type: "markRead", person: "bo", in: "chat", event });
    await factOf(world, "you/laptop", "receipt", (fact) => fact.event === event);
    await factOf(world, "bo/phone", "read-marker", (fact) => fact.event === event);
  });

  it("take messages back", async () => {
    const world = await inRoom();
    const sent = await world.act({ type: "send", person: "you", in: "chat", text: "Oops" });
    const event = sent.ok ? (sent.event ?? "") : "";
    expect(await world.act({ type: "redact", person: "you", in: "chat", event, reason: "oops" })).to.include({
      ok: true,
    });
    await factOf(
      world,
      "bo/phone",
      "event",
      (fact) => (fact.event as { id?: string; redacted?: object }).redacted !== undefined,
    );
  });
});

/** Resolves when a client has told such a fact. */
function factOf(
  world: SimulatedWorld,
  host: string,
  type: string,
  fits: (fact: Record<string, unknown>) => boolean,
): Promise<void> {
  return untilLog(world, () =>
    world.log
      .entries()
      .some(
        (entry) =>
          entry.type === "client-fact" && entry.host === host && entry.fact.type === type && fits(entry.fact),
      ),
  );
}
