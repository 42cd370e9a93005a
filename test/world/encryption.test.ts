import { expect } from "chai";
import { reopenWorld } from "../../src/world/open-world.ts";
import { deleteSavedWorld } from "../../src/world/storage/world-registry.ts";
import { shownTexts } from "./chat-state.ts";
import { addPhone, does, secretly } from "./encrypted-worlds.ts";
import { alsoClose, closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";
import { say } from "./scenarios.ts";

const marker = "the harbour at noon";

describe("An encrypted room", () => {
  afterEach(async () => {
    await closeWorlds();
    await deleteSavedWorld("test");
  });

  it("opens a message at the other device, and at no server", async () => {
    const world = await openTestWorld(secretly());
    expect(isTrue(world, { type: "encrypted", in: "chat" })).to.equal(true);
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", from: "you", text: marker });
    expect(shownTexts(world, "bo/laptop")).to.include(marker);
    await until(world, { type: "message", from: "you", device: "laptop", text: marker });
    const { data } = await world.checkpoint("here");
    expect(JSON.stringify((data as { contents: unknown }).contents)).not.to.include(marker);
    const told = world.log.entries().filter((entry) => JSON.stringify(entry).includes(marker));
    expect(new Set(told.map(({ type }) => type))).to.deep.equal(new Set(["action", "client-fact"]));
  });

  it("stays sealed at a device that came later, with the reason", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "bo", in: "chat", text: marker });
    await until(world, { type: "shown", person: "you", text: marker });
    await addPhone(world);
    await until(world, { type: "sealed", person: "you", device: "phone", in: "chat", from: "bo" });
    const [sealed] = world.observation().sealed;
    expect(sealed?.reason).to.match(/^HISTORICAL_MESSAGE/);
    await until(world, { type: "deviceKnown", person: "you", device: "phone", by: "bo" });
    await does(world, { type: "send", person: "bo", in: "chat", text: "now you can" });
    await until(world, { type: "shown", person: "you", device: "phone", text: "now you can" });
  });

  it("goes on after a checkpoint, with the keys as they were then", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    const checkpoint = await world.checkpoint("here");
    await does(world, { type: "send", person: "bo", in: "chat", text: "dropped" });
    await until(world, { type: "shown", person: "you", text: "dropped" });
    await world.restore(checkpoint);
    expect(isTrue(world, { type: "shown", person: "you", text: "dropped" })).to.equal(false);
    await does(world, { type: "send", person: "bo", in: "chat", text: "once more" });
    await until(world, { type: "shown", person: "you", text: "once more" });
    await does(world, { type: "send", person: "you", in: "chat", text: "and back" });
    await until(world, { type: "shown", person: "bo", text: "and back" });
    expect(shownTexts(world, "bo/laptop")).to.deep.equal([marker, "once more", "and back"]);
    expect(world.observation().sealed).to.deep.equal([]);
  });

  it("goes on after a reload, as the same devices", async () => {
    const scenario = secretly();
    const world = await openTestWorld(scenario, { storage: "indexeddb" });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await world.stop();
    const opened = await reopenWorld({ tutorialId: "test", scenario, say });
    alsoClose(opened!.world);
    const again = opened!.world;
    expect(shownTexts(again, "bo/laptop")).to.deep.equal([marker]);
    await does(again, { type: "send", person: "bo", in: "chat", text: "still here" });
    await until(again, { type: "shown", person: "you", text: "still here" });
    expect(again.observation().sealed).to.deep.equal([]);
  });

  it("opens in another world from a checkpoint", async () => {
    const scenario = secretly();
    const world = await openTestWorld(scenario);
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    const checkpoint = await world.checkpoint("here");
    const other = await openTestWorld(scenario, { checkpoint });
    await does(other, { type: "send", person: "bo", in: "chat", text: "elsewhere" });
    await until(other, { type: "shown", person: "you", text: "elsewhere" });
    expect(isTrue(world, { type: "shown", person: "you", text: "elsewhere" })).to.equal(false);
  });

  it("is open to a new device of whoever lost theirs, from then on", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await does(world, { type: "loseKeys", person: "bo" });
    await until(world, { type: "signedOut", person: "bo", device: "laptop" });
    const lost = world.log
      .entries()
      .findLast(
        (entry) =>
          entry.type === "client-fact" && entry.host === "bo/laptop" && entry.fact.type === "session",
      );
    expect(lost).to.have.nested.property("fact.session.reason", "keys-lost");
    await does(world, { type: "signIn", person: "bo", name: "bo", password: "bo practises" });
    await until(world, { type: "sealed", person: "bo", in: "chat", from: "you" });
    await until(world, { type: "deviceKnown", person: "bo", device: "laptop", by: "you" });
    await does(world, { type: "send", person: "you", in: "chat", text: "welcome back" });
    await until(world, { type: "shown", person: "bo", text: "welcome back" });
  });

  it("leaves no store behind when its world is dropped", async () => {
    const before = new Set((await indexedDB.databases()).map(({ name = "" }) => name));
    const world = await openTestWorld(secretly());
    await world.stop();
    for (let left = ["?"]; left.length > 0; ) {
      left = (await indexedDB.databases()).flatMap(({ name = "" }) => (before.has(name) ? [] : [name]));
    }
  });
});
