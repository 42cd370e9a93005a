import { expect } from "chai";
import type { Action } from "../../src/world/action.ts";
import type { CheckpointData } from "../../src/world/checkpoint.ts";
import { openWorld, reopenWorld } from "../../src/world/open-world.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { deleteAllWorlds } from "../../src/world/storage/world-registry.ts";
import type { Checkpoint } from "../../src/world/world.ts";
import { shownTexts } from "./chat-state.ts";
import { does, secretly } from "./encrypted-worlds.ts";
import { alsoClose, closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { say } from "./scenarios.ts";

const bo = "bo/laptop";
const cut: Action = { type: "cutLink", between: [bo, "garden.example"] };
const mend: Action = { type: "mendLink", between: [bo, "garden.example"] };
const before = "the harbour at noon";
const behind = "behind his back";
const openly: Scenario = { ...secretly(), encryption: false, prepare: secretly().prepare!.map(plain) };

function plain(action: Action): Action {
  return action.type === "createRoom" ? { ...action, encrypted: false } : action;
}

/** Bo has read one message; another one lies at his server, and his cable is cut. */
async function cutBo(world: SimulatedWorld): Promise<void> {
  await does(world, { type: "send", person: "you", in: "chat", text: before });
  await until(world, { type: "shown", person: "bo", text: before });
  await does(world, cut, { type: "send", person: "you", in: "chat", text: behind });
  await until(world, { type: "shown", person: "you", text: behind });
}

/** Bo has what he had, and gets the rest over his cable alone. */
async function expectCutOff(world: SimulatedWorld): Promise<void> {
  // What you do now went its way after the world was back.
  await does(world, { type: "send", person: "you", in: "chat", text: "and more" });
  await until(world, { type: "shown", person: "you", text: "and more" });
  expect(shownTexts(world, bo)).to.deep.equal([before]);
  expect(offline(world)).to.equal(true);
  await does(world, mend);
  await until(world, { type: "shown", person: "bo", text: "and more" });
  expect(shownTexts(world, bo)).to.deep.equal([before, behind, "and more"]);
}

function offline(world: SimulatedWorld): boolean {
  const sessions = world.log
    .entries()
    .flatMap((entry) =>
      entry.type === "client-fact" && entry.host === bo && entry.fact.type === "session"
        ? [entry.fact.session as { state: string }]
        : [],
    );
  return sessions.at(-1)?.state === "offline";
}

/** As it was kept, but with something else where the clients' own data were. */
function withSaved(checkpoint: Checkpoint, saved: unknown): Checkpoint {
  const data = structuredClone(checkpoint.data) as CheckpointData;
  return { ...checkpoint, data: { ...data, scene: { ...data.scene, saved: saved as never } } };
}

describe("A device whose cable is cut", () => {
  afterEach(closeWorlds);
  after(deleteAllWorlds);

  for (const [what, scenario] of [
    ["sealed", secretly()],
    ["open", openly],
  ] as const) {
    it(`stays cut off over a reload, in a room where messages are ${what}`, async () => {
      const first = await openWorld({ tutorialId: "cut", scenario, say, storage: "indexeddb" });
      alsoClose(first.world);
      await cutBo(first.world);
      await first.world.stop();
      const again = await reopenWorld({ tutorialId: "cut", scenario, say });
      alsoClose(again!.world);
      await expectCutOff(again!.world);
    });
  }

  it("stays cut off where the world goes back to a checkpoint, and keeps no plaintext for it", async () => {
    const world = await openTestWorld(secretly());
    await cutBo(world);
    const checkpoint = await world.checkpoint("cut");
    const { saved } = (checkpoint.data as CheckpointData).scene;
    expect(Object.keys(saved!)).to.deep.equal([bo]);
    expect(JSON.stringify(saved)).to.include("m.room.encrypted").and.not.include(before);
    await does(world, mend);
    await until(world, { type: "shown", person: "bo", text: behind });
    await world.restore(checkpoint);
    await world.restore(checkpoint);
    await expectCutOff(world);
  });

  it("has what it had while its server is stopped", async () => {
    const world = await openTestWorld(secretly());
    await does(world, { type: "send", person: "you", in: "chat", text: before });
    await until(world, { type: "shown", person: "bo", text: before });
    await does(world, { type: "stopHost", host: "garden.example" });
    await world.restore(await world.checkpoint("stopped"));
    expect(shownTexts(world, bo)).to.deep.equal([before]);
    await does(world, { type: "startHost", host: "garden.example" });
    await does(world, { type: "send", person: "you", in: "chat", text: behind });
    await until(world, { type: "shown", person: "bo", text: behind });
    expect(shownTexts(world, bo)).to.deep.equal([before, behind]);
  });

  it("still shows what its server has accepted, and shows it once", async () => {
    const world = await openTestWorld({ ...openly, latency: { device: 50, server: 0 } });
    // The answer has come, and the message itself may not have.
    const accepted = new Promise<void>((resolve) => {
      let sending: number | undefined;
      const end = world.log.subscribe((entries) => {
        for (const entry of entries) {
          if (entry.type === "exchange-out" && entry.from === bo && entry.request.url.includes("/send/"))
            sending = entry.exchange;
          if (entry.type !== "exchange-done" || entry.exchange !== sending) continue;
          end();
          resolve(does(world, cut));
        }
      });
    });
    await does(world, { type: "send", person: "bo", in: "chat", text: "mine" });
    await accepted;
    await world.restore(await world.checkpoint("accepted"));
    expect(shownTexts(world, bo)).to.deep.equal(["mine"]);
    await does(world, mend, { type: "send", person: "bo", in: "chat", text: "and on" });
    await until(world, { type: "shown", person: "you", text: "and on" });
    await untilLog(world, () => shownTexts(world, bo).length === 2);
    expect(shownTexts(world, bo)).to.deep.equal(["mine", "and on"]);
    expect(shownTexts(world, "you/laptop")).to.deep.equal(["mine", "and on"]);
  });

  for (const [what, saved] of [
    ["nothing", undefined],
    ["something else", { [bo]: { sync: { nextBatch: 7 } } }],
    ["what is damaged", { [bo]: { accepted: {}, sync: damagedSync() } }],
  ] as const) {
    it(`begins with a first sync where ${what} was kept for it`, async () => {
      const world = await openTestWorld(openly);
      await cutBo(world);
      await world.restore(withSaved(await world.checkpoint("cut"), saved));
      expect(isTrue(world, { type: "shown", person: "bo", text: before })).to.equal(true);
      await does(world, mend, { type: "send", person: "bo", in: "chat", text: "I am back" });
      await until(world, { type: "shown", person: "you", text: "I am back" });
    });
  }
});

function damagedSync(): object {
  const roomsData = { join: { "!room": null }, invite: {}, knock: {}, leave: {} };
  return { nextBatch: "1", accountData: [], roomsData };
}
