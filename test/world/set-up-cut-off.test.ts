import { expect } from "chai";
import type { OwnCrypto } from "../../src/client/crypto/crypto-fact.ts";
import type { Action, ActionResult } from "../../src/world/action.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { addPhone, does, refusalOf, secretly } from "./encrypted-worlds.ts";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";

const laptop = "you/laptop";
const cut: Action = { type: "cutLink", between: [laptop, "garden.example"] };
const mend: Action = { type: "mendLink", between: [laptop, "garden.example"] };

/** What a device shows of its own keys. */
function ownCrypto(world: SimulatedWorld, host: string): OwnCrypto | undefined {
  const facts = world.log
    .entries()
    .flatMap((entry) => (entry.type === "client-fact" && entry.host === host ? [entry.fact] : []));
  return (facts.findLast(({ type }) => type === "crypto") as { crypto: OwnCrypto } | undefined)?.crypto;
}

/** A world on the page itself, where a cable is cut before anything can go on. */
function onPage(): Promise<SimulatedWorld> {
  return openTestWorld(secretly({ latency: { device: 20, server: 0 } }), { place: "page" });
}

/** The cable is cut when the laptop asks for something under this path. */
function cutAt(world: SimulatedWorld, path: string): Promise<void> {
  return new Promise((resolve) => {
    const end = world.log.subscribe((entries) => {
      for (const entry of entries) {
        if (entry.type !== "exchange-out" || entry.from !== laptop) continue;
        if (!entry.request.url.includes(path)) continue;
        end();
        resolve(does(world, cut));
        return;
      }
    });
  });
}

describe("Keys, with the cable cut", () => {
  afterEach(closeWorlds);

  const acts: Action[] = [
    { type: "setUpIdentity", person: "you" },
    { type: "setUpRecovery", person: "you" },
    { type: "resetIdentity", person: "you" },
    { type: "recover", person: "you", key: "any" },
    { type: "askToVerify", person: "you", user: "bo", in: "chat" },
    { type: "askToVerify", person: "you" },
  ];

  it("says at once that the server is out of reach, and begins nothing", async () => {
    const world = await openTestWorld(secretly());
    const before = ownCrypto(world, laptop);
    await does(world, cut);
    for (const act of acts) expect(await refusalOf(world, act), act.type).to.equal("network/link-cut");
    expect(ownCrypto(world, laptop)).to.deep.equal(before);
    expect(isTrue(world, { type: "verification", person: "you", phase: "asked" })).to.equal(false);
    await does(world, mend, { type: "setUpRecovery", person: "you" });
    await until(world, { type: "recovery", person: "you" });
    await until(world, { type: "deviceVerified", person: "you", device: "laptop" });
  });

  it("says so when it is cut in the middle, shows nothing half made, and can be done again", async () => {
    const world = await onPage();
    const cutting = cutAt(world, "/keys/device_signing/upload");
    const making = world.act({ type: "setUpRecovery", person: "you" });
    await cutting;
    await does(world, { type: "setSpeed", speed: 100 });
    expect(await making).to.have.nested.property("refusal.code", "network/link-cut");
    expect(ownCrypto(world, laptop)).not.to.have.property("identity");
    expect(ownCrypto(world, laptop)).to.have.property("verified", false);
    expect(isTrue(world, { type: "deviceVerified", person: "you", device: "laptop" })).to.equal(false);
    await does(world, mend, { type: "setUpRecovery", person: "you" });
    await until(world, { type: "deviceVerified", person: "you", device: "laptop" });
    await addPhone(world);
    await does(world, { type: "recover", person: "you", device: "phone" });
    await until(world, { type: "deviceVerified", person: "you", device: "phone", by: laptop });
  });

  it("does not show a recovery whose key nobody was given", async () => {
    const world = await onPage();
    const cutting = cutAt(world, "/account_data/m.megolm_backup.v1");
    const making = world.act({ type: "setUpRecovery", person: "you" });
    await cutting;
    await does(world, { type: "setSpeed", speed: 100 });
    const result: ActionResult = await making;
    expect(result).to.have.property("ok", false);
    await world.restore(await world.checkpoint("half"));
    expect(isTrue(world, { type: "recovery", person: "you" })).to.equal(false);
    await does(world, mend, { type: "setUpRecovery", person: "you" });
    await until(world, { type: "recovery", person: "you" });
    expect(ownCrypto(world, laptop)?.secretStorage.key).to.be.a("string");
  });
});
