import { expect } from "chai";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { chatState, shownTexts } from "./chat-state.ts";
import { closeWorlds, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { alone } from "./scenarios.ts";

const password = "a b c d e f g";

/** No number is found in another. */
const words = (number: number): string => `(${number})`;

/** A room of one's own with so many numbered messages. */
async function withMessages(count: number): Promise<SimulatedWorld> {
  const world = await openTestWorld(alone());
  await world.act({ type: "signUp", person: "you", name: "zoe", password });
  await world.act({ type: "createRoom", person: "you", as: "notes", name: "Notes" });
  await until(world, { type: "member", of: "notes", person: "you", membership: "join" });
  for (let number = 0; number < count; number++) {
    await world.act({ type: "send", person: "you", in: "notes", text: words(number) });
  }
  if (count > 0) await until(world, { type: "shown", person: "you", in: "notes", text: words(count - 1) });
  return world;
}

function history(world: SimulatedWorld, host: string): boolean | undefined {
  const told = world.log
    .entries()
    .findLast(
      (entry) => entry.type === "client-fact" && entry.host === host && entry.fact.type === "history",
    );
  return told?.type === "client-fact" ? Boolean(told.fact.more) : undefined;
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => words(from + index));

describe("Timelines of a client", () => {
  afterEach(closeWorlds);

  it("begin with the newest on a new device, and load what is older", async () => {
    const world = await withMessages(70);
    await world.act({ type: "addDevice", person: "you", device: "phone" });
    await world.act({ type: "signIn", person: "you", device: "phone", name: "zoe", password });
    await until(world, { type: "shown", person: "you", device: "phone", text: words(69) });
    expect(shownTexts(world, "you/phone")).to.deep.equal(numbers(20, 70));
    expect(history(world, "you/phone")).to.equal(true);
    await world.act({ type: "loadOlder", person: "you", device: "phone", in: "notes" });
    await until(world, { type: "shown", person: "you", device: "phone", text: words(0) });
    expect(shownTexts(world, "you/phone")).to.deep.equal(numbers(0, 70));
    await world.act({ type: "loadOlder", person: "you", device: "phone", in: "notes" });
    expect(chatState(world, "you/phone").timelines[0]![1][0]).to.include({ type: "m.room.create" });
  });

  it("keep what was loaded when the world goes back to a checkpoint", async () => {
    const world = await withMessages(60);
    const checkpoint = await world.checkpoint("here");
    const before = chatState(world, "you/laptop");
    expect(shownTexts(world, "you/laptop")).to.deep.equal(numbers(0, 60));
    await world.act({ type: "send", person: "you", in: "notes", text: "too much" });
    await until(world, { type: "shown", person: "you", text: "too much" });
    await world.restore(checkpoint);
    expect(chatState(world, "you/laptop")).to.deep.equal(before);
  });

  it("begin anew after a gap", async () => {
    const world = await withMessages(3);
    await world.act({ type: "addDevice", person: "you", device: "phone" });
    await world.act({ type: "signIn", person: "you", device: "phone", name: "zoe", password });
    await until(world, { type: "shown", person: "you", device: "phone", text: words(2) });
    await world.act({ type: "cutLink", between: ["you/phone", "garden.example"] });
    for (const text of numbers(3, 40)) await world.act({ type: "send", person: "you", in: "notes", text });
    await world.act({ type: "mendLink", between: ["you/phone", "garden.example"] });
    await until(world, { type: "shown", person: "you", device: "phone", text: words(39) });
    const shown = shownTexts(world, "you/phone");
    expect(shown).to.deep.equal(numbers(40 - shown.length, 40));
    expect(history(world, "you/phone")).to.equal(shown.length < 40);
  });

  it("let the oldest go when they have grown long, and load them again", async () => {
    const world = await withMessages(0);
    const send = (text: string) => world.act({ type: "send", person: "you", in: "notes", text });
    for (let from = 0; from < 1520; from += 80) await Promise.all(numbers(from, from + 80).map(send));
    const isCut = () =>
      world.log.entries().some(({ type, ...entry }) => {
        return type === "client-fact" && "fact" in entry && entry.fact.type === "timeline-cut";
      });
    for (let round = 0; round < 200 && !isCut(); round += 1) await send(`more ${round}`);
    expect(isCut()).to.equal(true);
    await send("the last");
    await until(world, { type: "shown", person: "you", text: "the last" });
    const shown = shownTexts(world, "you/laptop");
    expect(shown.length).to.be.within(900, 1200);
    const first = Number(/\d+/.exec(shown[0] ?? "")?.[0]);
    expect(history(world, "you/laptop")).to.equal(true);
    await world.act({ type: "loadOlder", person: "you", in: "notes" });
    await untilLog(world, () => shownTexts(world, "you/laptop")[0] !== words(first));
    const texts = shownTexts(world, "you/laptop");
    expect(texts.slice(0, 31), "what comes before, once each").to.deep.equal(numbers(first - 30, first + 1));
    expect(texts.at(-1)).to.equal("the last");
  });
});
