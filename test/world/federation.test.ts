import { expect } from "chai";
import type { Action } from "../../src/world/action.ts";
import type { Condition } from "../../src/world/condition.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { person } from "./scenarios.ts";

const [garden, harbor, shade] = ["garden.example", "harbor.example", "shade.example"];

/** You at the garden, Bo at the harbour, Mo at a house that may lie: all in one room that you made. */
const three: Scenario = {
  servers: [
    { name: garden!, symbol: "leaf" },
    { name: harbor!, symbol: "anchor" },
    { name: shade!, symbol: "moon" },
  ],
  people: [
    person("you", garden!, { account: "you" }),
    person("bo", harbor!, { account: "bo" }),
    person("mo", shade!, { account: "mo" }),
  ],
  prepare: [
    { type: "createRoom", person: "you", as: "tea", preset: "public_chat", name: "Tea" },
    { type: "invite", person: "you", room: "tea", user: "bo" },
    { type: "invite", person: "you", room: "tea", user: "mo" },
  ],
  seed: "three",
  latency: { device: 0, server: 0 },
};

async function openThree(): Promise<SimulatedWorld> {
  const world = await openTestWorld(three);
  world.clock.setSpeed(50);
  for (const who of ["bo", "mo"]) {
    await until(world, { type: "member", of: "tea", person: who, membership: ["invite", "join"] });
    await did(world, { type: "join", person: who, room: "tea" });
  }
  await did(world, { type: "send", person: "bo", in: "tea", text: "Earl Grey or mint?" });
  await until(world, { type: "copyHas", at: garden!, of: "tea", from: "bo", text: "earl grey" });
  await until(world, { type: "copyHas", at: shade!, of: "tea", from: "bo" });
  await until(world, { type: "agree", of: "tea" });
  return world;
}

async function did(world: SimulatedWorld, action: Action): Promise<void> {
  const result = await world.act(action);
  expect(result, `${JSON.stringify(action)}: ${JSON.stringify(result)}`).to.have.property("ok", true);
}

const forge = { type: "forge", server: shade!, in: "tea", from: "bo", event: "m.room.message" } as const;
const body = (text: string) => ({ content: { body: text } });

describe("Servers of a scene", () => {
  afterEach(closeWorlds);

  it("list rooms for each other's people, who then find what is said there", async () => {
    const world = await openThree();
    await did(world, {
      type: "createRoom",
      person: "bo",
      as: "boats",
      preset: "public_chat",
      name: "Boats",
      published: true,
    });
    await did(world, { type: "searchDirectory", person: "you", term: "boat" });
    expect(isTrue(world, { type: "found", person: "you", of: "boats" })).to.equal(false);
    await did(world, { type: "searchDirectory", person: "you", term: "boat", server: harbor! });
    await until(world, { type: "found", person: "you", of: "boats", by: "directory" });
    await did(world, { type: "join", person: "you", room: "boats", via: [harbor!] });
    await did(world, { type: "send", person: "bo", in: "boats", text: "High tide is at noon" });
    await until(world, { type: "copyHas", at: garden!, of: "boats", from: "bo", text: "high tide" });
    await did(world, { type: "searchMessages", person: "you", text: "tide" });
    await until(world, { type: "found", person: "you", of: "boats", by: "search" });
  });

  it("agree, part while a link is cut, and agree again", async () => {
    const world = await openThree();
    await did(world, { type: "cutLink", between: [garden!, harbor!] });
    await did(world, { type: "cutLink", between: [garden!, shade!] });
    await did(world, { type: "send", person: "you", in: "tea", text: "Mint, please" });
    await until(world, { type: "queue", from: garden!, to: harbor!, waiting: true });
    expect(isTrue(world, { type: "copyHas", at: harbor!, of: "tea", from: "you", text: "mint" })).to.equal(
      false,
    );
    expect(isTrue(world, { type: "agree", of: "tea" })).to.equal(false);
    await did(world, { type: "send", person: "bo", in: "tea", text: "Anyone?" });
    await did(world, { type: "mendLink", between: [garden!, harbor!] });
    await did(world, { type: "mendLink", between: [garden!, shade!] });
    await until(world, { type: "copyHas", at: harbor!, of: "tea", from: "you", text: "mint" });
    await until(world, { type: "copyHas", at: garden!, of: "tea", from: "bo", text: "anyone" });
    await until(world, { type: "queue", from: garden!, to: harbor!, waiting: false });
    await until(world, { type: "ends", at: garden!, of: "tea", count: 2 });
    await until(world, { type: "agree", of: "tea" });
  });

  it("say what holds in a room, each for itself", async () => {
    const world = await openThree();
    const topic = (at: string, is: string): Condition => ({
      type: "state",
      at,
      of: "tea",
      event: "m.room.topic",
      content: { topic: is },
    });
    await did(world, { type: "cutLink", between: [garden!, harbor!] });
    await did(world, { type: "cutLink", between: [garden!, shade!] });
    await did(world, { type: "setRoomTopic", person: "you", room: "tea", topic: "Mint" });
    expect(isTrue(world, topic(garden!, "Mint"))).to.equal(true);
    expect(isTrue(world, topic(harbor!, "Mint"))).to.equal(false);
    const joined: Condition = {
      type: "state",
      at: harbor!,
      of: "tea",
      event: "m.room.member",
      key: "bo",
      content: { membership: "join" },
    };
    expect(isTrue(world, joined)).to.equal(true);
    await did(world, { type: "mendLink", between: [garden!, harbor!] });
    await until(world, topic(harbor!, "Mint"));
  });

  const forgeries: [what: string, action: Action, condition: Condition][] = [
    [
      "an old signature does not fit new words",
      { ...forge, change: body("Coffee!"), sign: "kept" },
      {
        type: "dropped",
        at: garden!,
        origin: shade!,
        of: "tea",
        from: "bo",
        code: "federation/bad-signature",
      },
    ],
    [
      "its own signature counts for nobody else’s people",
      { ...forge, change: body("Coffee!"), sign: "own" },
      { type: "dropped", at: harbor!, origin: shade!, code: "federation/bad-signature" },
    ],
    [
      "a wrong key in another’s name",
      { ...forge, change: body("Coffee!"), sign: "stranger" },
      { type: "dropped", at: garden!, origin: shade!, event: "m.room.message", code: "federation/" },
    ],
    [
      "its own people have no more power than the room gives them",
      {
        ...forge,
        from: "mo",
        event: "m.room.member",
        change: { type: "m.room.topic", state_key: "", content: { topic: "Coffee" } },
        sign: "own",
      },
      { type: "rejected", at: garden!, origin: shade!, from: "mo", event: "m.room.topic" },
    ],
    [
      "a server that gives itself another name",
      { ...forge, change: body("Coffee!"), sign: "kept", claim: harbor! },
      { type: "exchange", from: shade!, to: garden!, path: "/send/", status: 401 },
    ],
  ];
  for (const [what, action, condition] of forgeries) {
    it(`refuse a forgery: ${what}`, async () => {
      const world = await openThree();
      await did(world, action);
      await until(world, condition);
      expect(isTrue(world, { type: "copyHas", at: garden!, of: "tea", text: "coffee" })).to.equal(false);
      const topic = {
        type: "state",
        of: "tea",
        event: "m.room.topic",
        content: { topic: "Coffee" },
      } as const;
      expect(isTrue(world, { ...topic, at: garden! })).to.equal(false);
    });
  }

  it("cannot be forged where they do not stand, and an event cannot that is not there", async () => {
    const world = await openThree();
    const code = async (action: Action) => {
      const result = await world.act(action);
      return result.ok ? undefined : result.refusal.code;
    };
    expect(await code({ ...forge, server: "nowhere.example" })).to.equal("act/unknown-host");
    expect(await code({ ...forge, event: "m.room.tombstone" })).to.equal("act/unknown-event");
    expect(await code({ type: "changeKey", host: "nowhere.example" })).to.equal("act/unknown-host");
  });

  it("learn each other’s new keys", async () => {
    const world = await openThree();
    expect(isTrue(world, { type: "keyChanged", server: harbor!, knownBy: garden! })).to.equal(false);
    await did(world, { type: "changeKey", host: harbor! });
    expect(isTrue(world, { type: "keyChanged", server: harbor! })).to.equal(true);
    await did(world, { type: "send", person: "bo", in: "tea", text: "Still me" });
    await until(world, { type: "keyChanged", server: harbor!, knownBy: garden! });
    await until(world, { type: "copyHas", at: garden!, of: "tea", from: "bo", text: "still me" });
  });
});
