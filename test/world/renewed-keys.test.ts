import { expect } from "chai";
import type { ClientFact } from "../../src/client/client-fact.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { does, secretly } from "./encrypted-worlds.ts";
import { closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";

const password = "you practises";

/** You have an identity, and somebody with your password has signed in as you. */
async function withStranger(): Promise<{ world: SimulatedWorld; id: string }> {
  const world = await openTestWorld(secretly());
  await does(
    world,
    { type: "setUpIdentity", person: "you" },
    { type: "addDevice", person: "you", device: "stranger" },
    { type: "signIn", person: "you", device: "stranger", name: "you", password },
  );
  for (const by of ["you/laptop", "bo"])
    await until(world, { type: "deviceKnown", person: "you", device: "stranger", by });
  return { world, id: world.observation().deviceIds["you/stranger"]! };
}

/** The message keys of your laptop's making that a device holds. */
function keysAt(world: SimulatedWorld, host: string): string[] {
  const { messageKeys, senderKeys } = world.observation();
  return messageKeys
    .filter((key) => key.host === host && key.sender === senderKeys["you/laptop"])
    .map(({ session }) => session);
}

/** The devices of yours that your laptop knows. */
function knownToLaptop(world: SimulatedWorld): string[] {
  const facts = world.log
    .entries()
    .flatMap((entry) => (entry.type === "client-fact" && entry.host === "you/laptop" ? [entry.fact] : []))
    .map((fact) => fact as unknown as ClientFact);
  const people = facts.flatMap((fact) => (fact.type === "person-keys" ? [fact.person] : []));
  return people.findLast(({ user }) => user.startsWith("@you:"))?.devices.map(({ id }) => id) ?? [];
}

describe("A device that nobody has signed", () => {
  afterEach(closeWorlds);

  it("gets the key that is in use, from where it stands, and everyone sees that it is not signed", async () => {
    const { world } = await withStranger();
    await does(world, { type: "send", person: "you", device: "laptop", in: "chat", text: "to all devices" });
    await until(world, { type: "shown", person: "you", device: "stranger", text: "to all devices" });
    await until(world, { type: "shown", person: "bo", text: "to all devices" });
    for (const host of ["you/stranger", "bo/laptop"])
      await untilLog(world, () => keysAt(world, host).length > 0);
    expect(keysAt(world, "you/stranger")).to.deep.equal(keysAt(world, "bo/laptop"));
    const verified = { type: "deviceVerified", person: "you", device: "stranger" } as const;
    for (const by of ["you/laptop", "bo"]) expect(isTrue(world, { ...verified, by })).to.equal(false);
  });

  it("gets no key from the moment on that the laptop knows it as thrown out: the next message has a new one", async () => {
    const { world, id } = await withStranger();
    await does(world, { type: "send", person: "you", device: "laptop", in: "chat", text: "to all devices" });
    await until(world, { type: "shown", person: "you", device: "stranger", text: "to all devices" });
    await until(world, { type: "shown", person: "bo", text: "to all devices" });
    await untilLog(world, () => keysAt(world, "bo/laptop").length > 0);
    const before = keysAt(world, "bo/laptop");
    await does(world, { type: "endSession", person: "you", device: "laptop", target: "stranger", password });
    await until(world, { type: "signedOut", person: "you", device: "stranger" });
    await untilLog(world, () => !knownToLaptop(world).includes(id));
    const out = world.log.length;
    await does(world, { type: "send", person: "you", device: "laptop", in: "chat", text: "without it" });
    await until(world, { type: "shown", person: "bo", text: "without it" });
    await untilLog(world, () => keysAt(world, "bo/laptop").length > before.length);
    for (const entry of world.log.entries(out)) {
      if (entry.type !== "exchange-out" || !entry.request.url.includes("/sendToDevice/")) continue;
      expect(String(entry.request.body)).not.to.include(id);
    }
  });
});
