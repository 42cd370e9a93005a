import { expect } from "chai";
import { openDB } from "idb";
import { CheckpointError, copyOfSavedWorld, openWorld, reopenWorld } from "../../src/world/open-world.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { deleteAllWorlds, listSavedWorlds } from "../../src/world/storage/world-registry.ts";
import { chatState, shownTexts } from "./chat-state.ts";
import { alsoClose, closeWorlds, isTrue, until } from "./open-worlds.ts";
import { say, withBo } from "./scenarios.ts";

const scenario = withBo();

async function open(tutorialId: string, of: Scenario = scenario): Promise<SimulatedWorld> {
  const { world, storage } = await openWorld({ tutorialId, scenario: of, say, storage: "indexeddb" });
  alsoClose(world);
  expect(storage).to.equal("indexeddb");
  return world;
}

async function reopen(tutorialId: string): Promise<SimulatedWorld> {
  const opened = await reopenWorld({ tutorialId, scenario, say });
  alsoClose(opened!.world);
  return opened!.world;
}

/** Signs up, goes into Bo's room, writes, and waits for the answer. */
async function talk(world: SimulatedWorld): Promise<void> {
  await world.act({ type: "signUp", person: "you", name: "zoe", password: "a b c d e f g" });
  await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
  await world.act({ type: "join", person: "you", room: "chat" });
  await world.act({ type: "send", person: "you", in: "chat", text: "Hi Bo" });
  await until(world, { type: "shown", person: "you", in: "chat", from: "bo" });
}

describe("A world that is kept", () => {
  afterEach(closeWorlds);
  after(deleteAllWorlds);

  it("goes on after a reload: same log, same clients, same messages", async () => {
    const before = await open("reload");
    await talk(before);
    await before.act({ type: "openRoom", person: "you", room: "chat" });
    await before.stop();
    const entries = before.log.entries();
    const chat = chatState(before, "you/laptop");

    const after = await reopen("reload");
    expect(after.log.entries(0, entries.length)).to.deep.equal(entries);
    expect(chatState(after, "you/laptop")).to.deep.equal(chat);
    expect(after.bindings()).to.deep.equal(before.bindings());
    await after.act({ type: "send", person: "you", in: "chat", text: "Still here" });
    await until(after, { type: "shown", person: "bo", in: "chat", text: "Still here" });
    // Bo answers once, before or after a reload.
    expect(shownTexts(after, "bo/phone")).to.deep.equal(["Hi Bo", "You made it!", "Still here"]);
  });

  it("loses no more than a moment when the page dies", async () => {
    const before = await open("crash");
    await talk(before);
    // What is kept catches up with what happened, and nobody told the world to stop.
    for (let copy = ""; !copy.includes("You made it!") || !copy.includes('"session"'); )
      copy = await (await copyOfSavedWorld("crash"))!.text();
    const after = await reopen("crash");
    expect(shownTexts(after, "you/laptop")).to.deep.equal(["Hi Bo", "You made it!"]);
  });

  it("sends after a reload what was waiting for the network", async () => {
    const before = await open("unsent");
    await talk(before);
    await before.act({ type: "cutLink", between: ["you", "garden.example"] });
    await before.act({ type: "send", person: "you", in: "chat", text: "Is it the cable?" });
    await before.stop();
    const after = await reopen("unsent");
    expect(isTrue(after, { type: "link", between: ["you", "garden.example"], cut: true })).to.equal(true);
    expect(shownTexts(after, "you/laptop").at(-1)).to.equal("Is it the cable?");
    await after.act({ type: "mendLink", between: ["you", "garden.example"] });
    await until(after, { type: "shown", person: "bo", in: "chat", text: "Is it the cable?" });
    expect(shownTexts(after, "you/laptop")).to.deep.equal(["Hi Bo", "You made it!", "Is it the cable?"]);
  });

  it("goes on to a later checkpoint after an earlier one, and keeps nothing of the way between", async () => {
    const world = await open("there-and-back");
    await talk(world);
    const earlier = await world.checkpoint("earlier");
    await world.act({ type: "send", person: "you", in: "chat", text: "The first way" });
    await until(world, { type: "shown", person: "bo", in: "chat", text: "The first way" });
    const later = await world.checkpoint("later");
    const { length } = world.log;
    await world.restore(earlier);
    while (world.log.length <= length) {
      await world.act({ type: "send", person: "you", in: "chat", text: "Another way" });
    }
    await world.restore(later);
    expect(isTrue(world, { type: "message", text: "Another way" })).to.equal(false);
    expect(shownTexts(world, "bo/phone")).to.deep.equal(["Hi Bo", "You made it!", "The first way"]);
    expect(JSON.stringify(world.log.entries())).not.to.contain("Another way");
  });

  it("stays paused, and is ready all the same", async () => {
    const before = await open("paused");
    await talk(before);
    before.clock.pause();
    await before.stop();
    const after = await reopen("paused");
    expect(after.clock.reading().running).to.equal(false);
    expect(shownTexts(after, "you/laptop")).to.deep.equal(["Hi Bo", "You made it!"]);
  });

  it("goes back to a checkpoint, also one from before a reload", async () => {
    const before = await open("reset");
    await talk(before);
    const chat = chatState(before, "you/laptop");
    await before.checkpoint("two");
    const { length } = before.log;
    await before.act({ type: "send", person: "you", in: "chat", text: "To be forgotten" });
    await before.act({ type: "cutLink", between: ["you", "garden.example"] });
    await before.stop();

    const after = await reopen("reset");
    await after.restore((await after.kept("two"))!);
    expect(chatState(after, "you/laptop")).to.deep.equal(chat);
    expect(after.log.entries(0, length)).to.deep.equal(before.log.entries(0, length));
    expect(isTrue(after, { type: "message", text: "forgotten" })).to.equal(false);
    expect(isTrue(after, { type: "link", between: ["you", "garden.example"], cut: true })).to.equal(false);
    await after.act({ type: "send", person: "you", in: "chat", text: "Another way" });
    await until(after, { type: "shown", person: "bo", in: "chat", text: "Another way" });
    await after.stop();

    const later = await reopen("reset");
    expect(shownTexts(later, "bo/phone")).to.deep.equal(["Hi Bo", "You made it!", "Another way"]);
    expect((await later.kept("two"))?.name).to.equal("two");
  });

  it("starts elsewhere from a checkpoint", async () => {
    const original = await open("original");
    await talk(original);
    const checkpoint = await original.checkpoint("two");
    const { world: copy } = await openWorld({
      tutorialId: "original",
      scenario,
      say,
      storage: "memory",
      checkpoint: structuredClone(checkpoint),
    });
    alsoClose(copy);
    expect(isTrue(copy, { type: "message", in: "chat", from: "you", text: "Hi Bo" })).to.equal(true);
    expect(shownTexts(copy, "you/laptop")).to.deep.equal(["Hi Bo", "You made it!"]);
    await copy.act({ type: "send", person: "you", in: "chat", text: "In the copy" });
    await until(copy, { type: "shown", person: "bo", in: "chat", text: "In the copy" });
    expect(shownTexts(original, "bo/phone")).to.deep.equal(["Hi Bo", "You made it!"]);
  });

  it("refuses checkpoints of other versions and damaged ones", async () => {
    const world = await open("faults");
    const checkpoint = await world.checkpoint("one");
    const faults: [change: object, fault: string][] = [
      [{ version: 1 }, "older-version"],
      [{ version: 99 }, "newer-version"],
      [{ data: { world: "half of it" } }, "damaged"],
    ];
    for (const [change, fault] of faults) {
      const error = await world.restore({ ...checkpoint, ...change }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(CheckpointError).and.to.include({ fault });
    }
    expect(await world.act({ type: "setSpeed", speed: 2 })).to.deep.equal({ ok: true });
  });

  it("says when what is kept is damaged, and offers a copy", async () => {
    const world = await open("damaged");
    await world.stop();
    const saved = (await listSavedWorlds()).find(({ tutorial }) => tutorial === "damaged")!;
    const database = await openDB(saved.database);
    await database.put("scene", { devices: "none" }, "scene");
    database.close();
    const error = await reopenWorld({ tutorialId: "damaged", scenario, say }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(CheckpointError);
    expect(await (await copyOfSavedWorld("damaged"))!.text()).to.include('"devices":"none"');
    await open("damaged");
  });

  it("says when what is kept is of an older version", async () => {
    const world = await open("older");
    await world.stop();
    const saved = (await listSavedWorlds()).find(({ tutorial }) => tutorial === "older")!;
    const database = await openDB(saved.database);
    await database.delete("scene", "version");
    database.close();
    const error = await reopenWorld({ tutorialId: "older", scenario, say }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(CheckpointError).and.to.include({ fault: "older-version" });
    await open("older");
  });

  it("is gone when everything is deleted", async () => {
    const world = await open("gone");
    await world.stop();
    await closeWorlds();
    await deleteAllWorlds();
    expect(await reopenWorld({ tutorialId: "gone", scenario, say })).to.equal(undefined);
    const left = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("homeroom/"));
    expect(left).to.deep.equal([]);
  });
});
