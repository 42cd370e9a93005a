import { expect } from "chai";
import type { ClientFact } from "../../src/client/client-fact.ts";
import type { HostFact } from "../../src/homeserver/ports.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { shownTexts } from "./chat-state.ts";
import { does, secretly, setUpIdentities, verifyByEmoji } from "./encrypted-worlds.ts";
import { closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";
import { person } from "./scenarios.ts";

const marker = "the harbour at noon";

/** You at the garden, Bo at the harbor. */
function apart(parts: Partial<Scenario> = {}): Scenario {
  return secretly({
    servers: [
      { name: "garden.example", symbol: "leaf" },
      { name: "harbor.example", symbol: "anchor" },
    ],
    people: [
      person("you", "garden.example", { account: "you" }),
      person("bo", "harbor.example", { account: "bo" }),
    ],
    seed: "apart",
    ...parts,
  });
}

/** How a message stands, as a device shows it. */
function statusAt(world: SimulatedWorld, host: string, text: string): string | undefined {
  const facts = world.log
    .entries()
    .flatMap((entry) => (entry.type === "client-fact" && entry.host === host ? [entry.fact] : []))
    .map((fact) => fact as unknown as ClientFact);
  const events = facts.flatMap((fact) => (fact.type === "event" ? [fact.event] : []));
  return events.findLast(({ content }) => content.body === text)?.status;
}

function isSealedMessage(fact: HostFact): boolean {
  return fact.type === "event-stored" && fact.pdu.type === "m.room.encrypted";
}

describe("Encryption between two servers", () => {
  afterEach(closeWorlds);

  it("is sealed at both of them, and open at both devices", async () => {
    const world = await openTestWorld(apart());
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await does(world, { type: "send", person: "bo", in: "chat", text: "I am there" });
    await until(world, { type: "shown", person: "you", text: "I am there" });
    const { data } = await world.checkpoint("here");
    expect(JSON.stringify((data as { contents: unknown }).contents)).not.to.include(marker);
    const told = world.log.entries().filter((entry) => JSON.stringify(entry).includes(marker));
    expect(new Set(told.map(({ type }) => type))).to.deep.equal(new Set(["action", "client-fact"]));
  });

  it("waits for a cable that is cut, and loses nothing", async () => {
    const world = await openTestWorld(apart());
    await does(world, { type: "send", person: "you", in: "chat", text: "first" });
    await until(world, { type: "shown", person: "bo", text: "first" });
    await does(world, { type: "cutLink", between: ["garden.example", "harbor.example"] });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    expect(isTrue(world, { type: "shown", person: "bo", text: marker })).to.equal(false);
    await does(world, { type: "setSpeed", speed: 100 });
    await does(world, { type: "mendLink", between: ["garden.example", "harbor.example"] });
    await until(world, { type: "shown", person: "bo", text: marker });
    expect(shownTexts(world, "bo/laptop")).to.deep.equal(["first", marker]);
  });

  it("waits for one's own cable, with the keys that the message needs, and arrives sealed, once", async () => {
    const world = await openTestWorld(apart());
    const cable = { between: ["you/laptop", "garden.example"] as [string, string] };
    await does(world, { type: "cutLink", ...cable });
    const sent = await world.act({ type: "send", person: "you", in: "chat", text: marker });
    expect(sent).to.have.property("ok", true);
    await untilLog(world, () => statusAt(world, "you/laptop", marker) === "waiting");
    expect(isTrue(world, { type: "shown", person: "bo", text: marker })).to.equal(false);
    await does(world, { type: "mendLink", ...cable });
    await until(world, { type: "shown", person: "bo", text: marker });
    await untilLog(world, () => statusAt(world, "you/laptop", marker) === "sent");
    await does(world, { type: "send", person: "you", in: "chat", text: "the last" });
    await until(world, { type: "shown", person: "bo", text: "the last" });
    expect(shownTexts(world, "bo/laptop")).to.deep.equal([marker, "the last"]);
    const told = world.log.entries().filter((entry) => JSON.stringify(entry).includes(marker));
    expect(new Set(told.map(({ type }) => type))).to.deep.equal(new Set(["action", "client-fact"]));
  });

  it("is not doubled by an answer that was lost", async () => {
    const world = await openTestWorld(apart({ latency: { device: 50, server: 0 } }));
    const cable = { between: ["you/laptop", "garden.example"] as [string, string] };
    const cut = new Promise<void>((resolve) => {
      const end = world.log.subscribe((entries) => {
        if (!entries.some((each) => each.type === "host-fact" && isSealedMessage(each.fact))) return;
        end();
        resolve(does(world, { type: "cutLink", ...cable }));
      });
    });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await cut;
    await until(world, { type: "shown", person: "bo", text: marker });
    await does(world, { type: "mendLink", ...cable });
    await untilLog(world, () => statusAt(world, "you/laptop", marker) === "sent");
    await does(world, { type: "send", person: "you", in: "chat", text: "the last" });
    await until(world, { type: "shown", person: "bo", text: "the last" });
    expect(shownTexts(world, "bo/laptop")).to.deep.equal([marker, "the last"]);
  });

  it("verifies by emoji from one to the other", async () => {
    const world = await openTestWorld(apart());
    await setUpIdentities(world);
    await verifyByEmoji(world);
  });
});

describe("History before one is invited", () => {
  afterEach(closeWorlds);

  const withCy = (history: "shared" | "joined") =>
    apart({
      people: [
        person("you", "garden.example", { account: "you" }),
        person("bo", "harbor.example", { account: "bo" }),
        person("cy", "harbor.example", { account: "cy" }),
      ],
      prepare: [
        {
          type: "createRoom",
          person: "you",
          as: "chat",
          preset: "private_chat",
          encrypted: true,
          invite: ["bo"],
          history,
        },
        { type: "join", person: "bo", room: "chat" },
      ],
    });

  it("opens where the room shares its past, and the inviter is verified", async () => {
    const world = await openTestWorld(withCy("shared"));
    for (const each of ["you", "cy"]) await does(world, { type: "setUpIdentity", person: each });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await does(world, { type: "invite", person: "you", room: "chat", user: "cy" });
    await until(world, { type: "member", of: "chat", person: "cy", membership: "invite" });
    await does(world, { type: "join", person: "cy", room: "chat" });
    await until(world, { type: "shown", person: "cy", text: marker });
  });

  it("stays sealed where it does not", async () => {
    const world = await openTestWorld(withCy("joined"));
    for (const each of ["you", "cy"]) await does(world, { type: "setUpIdentity", person: each });
    await does(world, { type: "send", person: "you", in: "chat", text: marker });
    await until(world, { type: "shown", person: "bo", text: marker });
    await does(world, { type: "invite", person: "you", room: "chat", user: "cy" });
    await until(world, { type: "member", of: "chat", person: "cy", membership: "invite" });
    await does(world, { type: "join", person: "cy", room: "chat" });
    await until(world, { type: "deviceKnown", person: "cy", device: "laptop", by: "you" });
    await does(world, { type: "send", person: "you", in: "chat", text: "welcome" });
    await until(world, { type: "shown", person: "cy", text: "welcome" });
    expect(isTrue(world, { type: "shown", person: "cy", text: marker })).to.equal(false);
  });
});
