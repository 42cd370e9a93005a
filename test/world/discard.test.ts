import { expect } from "chai";
import type { ShownEvent } from "../../src/client/client-fact.ts";
import type { Action } from "../../src/world/action.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { chatState, shownTexts } from "./chat-state.ts";
import { does, secretly } from "./encrypted-worlds.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "./open-worlds.ts";

const you = "you/laptop";
const bo = "bo/laptop";
const cable: [string, string] = [you, "garden.example"];

/** A room where one message has been read, and another one that takes very long to the server. */
async function underWay(encrypted: boolean): Promise<{ world: SimulatedWorld; discard: Action }> {
  const { prepare = [], ...scenario } = secretly({ latency: { device: 2000, server: 0 } });
  const world = await openTestWorld({
    ...scenario,
    encryption: encrypted,
    prepare: prepare.map((action) => (action.type === "createRoom" ? { ...action, encrypted } : action)),
  });
  await does(world, { type: "setSpeed", speed: 100 });
  await does(world, { type: "send", person: "you", in: "chat", text: "before" });
  await until(world, { type: "shown", person: "bo", text: "before" });
  await untilLog(world, () => shownBy(world, you, "before")?.status === "sent");
  // As slow as can be, for a busy machine to come before it.
  await does(world, { type: "setSpeed", speed: 0.1 });
  const sent = sendings(world);
  void world.act({ type: "send", person: "you", in: "chat", text: "not this" });
  await untilLog(world, () => sendings(world) > sent && shownBy(world, you, "not this") !== undefined);
  const event = shownBy(world, you, "not this")!.id;
  return { world, discard: { type: "discard", person: "you", in: "chat", event } };
}

/** How many messages have left your laptop. */
function sendings(world: SimulatedWorld): number {
  return world.log
    .entries()
    .filter(
      (entry) =>
        entry.type === "exchange-out" && entry.from === you && entry.request.url.includes("/send/m.room."),
    ).length;
}

function shownBy(world: SimulatedWorld, host: string, text: string): ShownEvent | undefined {
  return events(world, host).find(({ content }) => content.body === text);
}

function events(world: SimulatedWorld, host: string): ShownEvent[] {
  return chatState(world, host).timelines.flatMap(([, all]) => all);
}

describe("A message that is discarded on its way", () => {
  afterEach(closeWorlds);

  for (const encrypted of [false, true]) {
    it(`is taken back where it gets there all the same, ${encrypted ? "sealed" : "open"}`, async () => {
      const { world, discard } = await underWay(encrypted);
      const discarding = world.act(discard);
      await does(world, { type: "setSpeed", speed: 100 });
      expect(await discarding).to.deep.equal({ ok: true });
      for (const host of [you, bo]) {
        await untilLog(world, () =>
          events(world, host).some(({ redacted }) => redacted && !redacted.pending),
        );
        expect(shownTexts(world, host)).not.to.include("not this");
      }
      await does(world, { type: "send", person: "you", in: "chat", text: "but this" });
      await until(world, { type: "shown", person: "bo", text: "but this" });
    });
  }

  it("is gone where the cable is cut before it gets there", async () => {
    const { world, discard } = await underWay(false);
    const discarding = world.act(discard);
    await does(world, { type: "cutLink", between: cable });
    expect(await discarding).to.deep.equal({ ok: true });
    await untilLog(world, () => events(world, you).every(({ content }) => content.body !== "not this"));
    await does(world, { type: "setSpeed", speed: 100 }, { type: "mendLink", between: cable });
    await does(world, { type: "send", person: "you", in: "chat", text: "but this" });
    await until(world, { type: "shown", person: "bo", text: "but this" });
    expect(shownTexts(world, bo)).to.deep.equal(["before", "but this"]);
  });
});
