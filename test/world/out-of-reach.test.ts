import { expect } from "chai";
import type { LogEntry } from "../../src/simulation/log.ts";
import type { Action } from "../../src/world/action.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { person } from "./scenarios.ts";

const [garden, harbor] = ["garden.example", "harbor.example"] as const;
const tea = "#tea:harbor.example";

/** You at the garden, in a room of your own; Bo at the harbour, who has one that everybody may join. */
const apart: Scenario = {
  servers: [
    { name: garden, symbol: "leaf" },
    { name: harbor, symbol: "anchor" },
  ],
  people: [person("you", garden, { account: "you" }), person("bo", harbor, { account: "bo" })],
  prepare: [
    { type: "createRoom", person: "bo", as: "tea", preset: "public_chat", name: "Tea", alias: "tea" },
    { type: "createRoom", person: "you", as: "notes", preset: "private_chat", name: "Notes" },
  ],
  seed: "apart",
  latency: { device: 0, server: 0 },
};

async function openApart(): Promise<SimulatedWorld> {
  const world = await openTestWorld(apart);
  world.clock.setSpeed(20);
  return world;
}

const join = { type: "join", person: "you", room: tea } as const;

/** How long the last join took, in the world's milliseconds. */
function timeOfJoin(world: SimulatedWorld): number {
  const entries = [...world.log.entries()];
  const isJoin = (entry: LogEntry) =>
    entry.type === "exchange-out" && entry.request.url.includes("/client/v3/join/");
  const out = entries.findLast(isJoin) as Extract<LogEntry, { type: "exchange-out" }>;
  const back = entries.find((entry) => entry.type === "exchange-back" && entry.exchange === out.exchange)!;
  return back.at - out.at;
}

describe("What cannot be done now", () => {
  afterEach(closeWorlds);

  const partings: [string, Action, Action][] = [
    [
      "over a cut link",
      { type: "cutLink", between: [garden, harbor] },
      { type: "mendLink", between: [garden, harbor] },
    ],
    ["at a stopped server", { type: "stopHost", host: harbor }, { type: "startHost", host: harbor }],
  ];
  for (const [what, parting, healing] of partings) {
    it(`fails after its time: a join ${what}`, async () => {
      const world = await openApart();
      await world.act(parting);
      const result = await world.act(join);
      expect(result).to.deep.include({ ok: false });
      expect(result).to.have.nested.property("refusal.code", "server/other-out-of-reach");
      expect(timeOfJoin(world)).to.be.at.least(10_000);
      await world.act(healing);
      expect(await world.act(join)).to.have.property("ok", true);
    });

    it(`is done after all where it is mended in time: a join ${what}`, async () => {
      const world = await openApart();
      // So slow that a busy machine mends it in time.
      world.clock.setSpeed(0.5);
      await world.act(parting);
      const joining = world.act(join);
      await untilLog(world, () => [...world.log.entries()].some(({ type }) => type === "exchange-failed"));
      await world.act(healing);
      world.clock.setSpeed(20);
      expect(await joining).to.have.property("ok", true);
    });
  }

  it("waits in the chat, and goes when the server is there again: a message", async () => {
    const world = await openApart();
    await world.act({ type: "stopHost", host: garden });
    await world.act({ type: "send", person: "you", in: "notes", text: "buy mint" });
    const isShown = (status: string) => () =>
      [...world.log.entries()].some(
        (entry) =>
          entry.type === "client-fact" &&
          entry.fact.type === "event" &&
          JSON.stringify(entry.fact).includes("buy mint") &&
          JSON.stringify(entry.fact).includes(`"status":"${status}"`),
      );
    await untilLog(world, isShown("waiting"));
    await world.act({ type: "startHost", host: garden });
    await until(world, { type: "copyHas", at: garden, of: "notes", from: "you", text: "buy mint" });
    await untilLog(world, isShown("sent"));
  });
});
