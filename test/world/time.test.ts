import { expect } from "chai";
import type { LogEntry } from "../../src/simulation/log.ts";
import { isStory } from "../../src/simulation/traffic.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { withBo } from "./scenarios.ts";

const password = "a b c d e f g";

async function inRoom(): Promise<SimulatedWorld> {
  const world = await openTestWorld(withBo({ latency: { device: 40, server: 80 } }));
  await world.act({ type: "signUp", person: "you", name: "zoe", password });
  await until(world, { type: "member", of: "chat", person: "you", membership: "invite" });
  await world.act({ type: "join", person: "you", room: "chat" });
  return world;
}

/** The phases of the request that carries a message. */
function phases(entries: readonly LogEntry[]): LogEntry[] {
  const out = entries.find((entry) => entry.type === "exchange-out" && entry.request.url.includes("/send/"));
  if (out?.type !== "exchange-out") return [];
  return entries.filter((entry) => "exchange" in entry && entry.exchange === out.exchange);
}

function paused(world: SimulatedWorld): Promise<void> {
  return new Promise((resolve) => {
    const end = world.clock.subscribe(({ running }) => {
      if (running) return;
      end();
      resolve();
    });
    world.clock.pause();
  });
}

describe("Time in a world", () => {
  afterEach(closeWorlds);

  it("stands still while paused: what is sent stays on the line", async () => {
    const world = await inRoom();
    await paused(world);
    const from = world.log.length;
    const now = world.clock.now();
    void world.act({ type: "send", person: "you", in: "chat", text: "Stuck" });
    await untilLog(world, () => phases(world.log.entries(from)).length > 0);
    // Longer than it would take on the line.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [out, ...others] = phases(world.log.entries(from));
    expect(others).to.deep.equal([]);
    expect(out?.type === "exchange-out" && out.arrives - now).to.be.within(39, 41);
    expect(world.clock.now()).to.equal(now);
    world.clock.resume();
    await until(world, { type: "message", in: "chat", text: "Stuck" });
  });

  it("steps from one moment of the story to the next", async () => {
    const world = await inRoom();
    await until(world, { type: "member", of: "chat", person: "you", membership: "join" });
    await paused(world);
    const from = world.log.length;
    const sent = world.act({ type: "send", person: "you", in: "chat", text: "Step by step" });
    const seen: string[] = [];
    for (let step = 0; step < 16 && !seen.includes("exchange-done"); step++) {
      const before = world.log.length;
      await world.clock.step();
      expect(world.clock.reading().running).to.equal(false);
      for (const entry of world.log.entries(before)) {
        if (entry.type === "exchange-out" && !isStory(entry.request.method, entry.request.url)) continue;
        if (phases(world.log.entries(from)).includes(entry)) seen.push(entry.type);
      }
    }
    expect(seen.slice(-3)).to.deep.equal(["exchange-held", "exchange-back", "exchange-done"]);
    expect((await sent).ok).to.equal(true);
  });

  it("runs slower and faster", async () => {
    const world = await inRoom();
    const took = async (speed: number): Promise<number> => {
      await world.act({ type: "setSpeed", speed });
      const began = performance.now();
      await world.act({ type: "send", person: "you", in: "chat", text: `At ${speed}` });
      return performance.now() - began;
    };
    const slow = await took(0.1);
    expect(slow).to.be.above(750);
    // A busy machine may be slow itself now and then.
    while ((await took(10)) >= slow / 2);
    expect(world.clock.reading()).to.include({ running: true, speed: 10 });
  });

  it("is told to whoever listens", async () => {
    const world = await inRoom();
    const readings: boolean[] = [];
    const paused = new Promise<void>((resolve) => {
      const end = world.clock.subscribe(({ running }) => {
        readings.push(running);
        if (running) return;
        end();
        resolve();
      });
    });
    world.clock.pause();
    await paused;
    const now = world.clock.now();
    expect(readings.at(-1)).to.equal(false);
    expect(world.clock.now()).to.equal(now);
  });
});
