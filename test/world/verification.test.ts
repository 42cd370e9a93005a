import { expect } from "chai";
import type { ShownVerification } from "../../src/client/crypto/crypto-fact.ts";
import type { OpenWorldOptions } from "../../src/world/open-world.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { addPhone, does, refusalOf, secretly, setUpIdentities, verifyByEmoji } from "./encrypted-worlds.ts";
import { closeWorlds, isTrue, openTestWorld, until, untilLog } from "./open-worlds.ts";

const marker = "the harbour at noon";

/** Your laptop has keys in a backup; your phone is new, and sees an old message sealed. */
async function withPhone(
  parts: Partial<Scenario> = {},
  options: Partial<OpenWorldOptions> = {},
): Promise<SimulatedWorld> {
  const world = await openTestWorld(secretly(parts), options);
  await does(world, { type: "send", person: "bo", in: "chat", text: marker });
  await until(world, { type: "shown", person: "you", text: marker });
  await does(world, { type: "setUpRecovery", person: "you" });
  await until(world, { type: "backedUp", person: "you" });
  await addPhone(world);
  await until(world, { type: "deviceKnown", person: "you", device: "phone", by: "you/laptop" });
  return world;
}

const laptop = { person: "you", device: "laptop" } as const;
const phone = { person: "you", device: "phone" } as const;

/** What a device shows of its newest verification. */
function shown(world: SimulatedWorld, host: string): ShownVerification {
  const entry = world.log
    .entries()
    .findLast(
      (each) => each.type === "client-fact" && each.host === host && each.fact.type === "verification",
    );
  return (entry as unknown as { fact: { verification: ShownVerification } }).fact.verification;
}

/** The same on slow lines, and on the page itself, where a cable is cut before anything can go on. */
const withPhoneFarAway = () => withPhone({ latency: { device: 100, server: 0 } }, { place: "page" });

/** To where both look at the emoji. */
async function toEmoji(world: SimulatedWorld): Promise<void> {
  await does(world, { type: "askToVerify", ...phone });
  await until(world, { type: "verification", ...laptop, phase: "asked" });
  await does(world, { type: "acceptVerification", ...laptop });
  await until(world, { type: "verification", ...phone, phase: "ready" });
  await does(world, { type: "compareEmoji", ...phone });
  await until(world, { type: "verification", ...phone, phase: "comparing" });
  await until(world, { type: "verification", ...laptop, phase: "comparing" });
}

describe("Verification", () => {
  afterEach(closeWorlds);

  it("by emoji of an own device opens what was sealed: secrets come over from the other one", async () => {
    const world = await withPhone();
    await toEmoji(world);
    expect(shown(world, "you/phone").emoji).to.have.length(7);
    expect(shown(world, "you/laptop").emoji).to.deep.equal(shown(world, "you/phone").emoji);
    await does(world, { type: "confirmVerification", ...phone });
    expect(isTrue(world, { type: "deviceVerified", ...phone })).to.equal(false);
    await does(world, { type: "confirmVerification", ...laptop });
    await until(world, { type: "verification", ...phone, phase: "done" });
    await until(world, { type: "deviceVerified", ...phone });
    await until(world, { type: "deviceVerified", ...phone, by: "you/laptop" });
    await until(world, { type: "shown", ...phone, text: marker });
  });

  it("by emoji of another person makes each trust the other", async () => {
    const world = await openTestWorld(secretly());
    await setUpIdentities(world);
    await verifyByEmoji(world);
  });

  it("fails for both when the emoji are not the same", async () => {
    const world = await withPhone();
    await toEmoji(world);
    await does(world, { type: "denyVerification", ...laptop });
    for (const device of [phone, laptop])
      await until(world, { type: "verification", ...device, phase: "cancelled", code: "m.mismatched_sas" });
    expect(shown(world, "you/phone").cancelled).to.deep.equal({ code: "m.mismatched_sas", byMe: false });
    expect(shown(world, "you/laptop").cancelled).to.deep.equal({ code: "m.mismatched_sas", byMe: true });
    expect(await refusalOf(world, { type: "confirmVerification", ...phone })).to.equal("verification/none");
    expect(isTrue(world, { type: "deviceVerified", ...phone })).to.equal(false);
  });

  it("leaves no error unheard where the world is stopped while a denial is on its way", async () => {
    const world = await withPhoneFarAway();
    await toEmoji(world);
    const unheard: unknown[] = [];
    const hear = (event: PromiseRejectionEvent): void => void unheard.push(event.reason);
    globalThis.addEventListener("unhandledrejection", hear);
    await does(world, { type: "denyVerification", ...laptop });
    await world.stop();
    // The browser tells of what nobody has heard in a task of its own.
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve));
    globalThis.removeEventListener("unhandledrejection", hear);
    expect(unheard.map(String)).to.deep.equal([]);
  });

  it("can be called off, and begun again", async () => {
    const world = await withPhone();
    await does(world, { type: "askToVerify", ...phone });
    await until(world, { type: "verification", ...laptop, phase: "asked" });
    await does(world, { type: "cancelVerification", ...laptop });
    await until(world, { type: "verification", ...phone, phase: "cancelled", code: "m.user" });
    await toEmoji(world);
  });

  it("by a code that one device shows and the other reads", async () => {
    const world = await withPhone();
    await does(world, { type: "askToVerify", ...phone });
    await until(world, { type: "verification", ...laptop, phase: "asked" });
    await does(world, { type: "acceptVerification", ...laptop });
    await until(world, { type: "verification", ...phone, phase: "ready" });
    await untilLog(world, () => shown(world, "you/laptop").code);
    await does(world, { type: "scanCode", ...phone, from: "you/laptop" });
    await until(world, { type: "verification", ...laptop, phase: "scanned" });
    await until(world, { type: "verification", ...phone, phase: "waiting" });
    expect(shown(world, "you/phone").hasRead).to.equal(true);
    expect(isTrue(world, { type: "deviceVerified", ...phone })).to.equal(false);
    await does(world, { type: "confirmVerification", ...laptop });
    await until(world, { type: "deviceVerified", ...phone });
    await until(world, { type: "shown", ...phone, text: marker });
  });

  it("ends where a device goes away in the middle", async () => {
    const world = await withPhone();
    await toEmoji(world);
    const checkpoint = await world.checkpoint("here");
    await world.restore(checkpoint);
    await until(world, { type: "verification", ...phone, phase: "cancelled", code: "restarted" });
    expect(isTrue(world, { type: "deviceVerified", ...phone })).to.equal(false);
    await toEmoji(world);
  });

  it("ends where the other device is signed out in the middle, and says so", async () => {
    const world = await withPhone();
    await toEmoji(world);
    await does(world, { type: "endSession", ...laptop, target: "phone", password: "you practises" });
    await until(world, { type: "verification", ...laptop, phase: "cancelled", code: "device-gone" });
    expect(await refusalOf(world, { type: "confirmVerification", ...laptop })).to.equal("verification/none");
  });

  it("ends where the other side says that it took too long", async () => {
    const world = await withPhone();
    await toEmoji(world);
    const { id, user, device } = shown(world, "you/phone");
    const content = { transaction_id: id, code: "m.timeout", reason: "It took too long" };
    await does(world, {
      type: "request",
      ...phone,
      method: "PUT",
      path: "/_matrix/client/v3/sendToDevice/m.key.verification.cancel/late",
      body: JSON.stringify({ messages: { [user]: { [device!]: content } } }),
    });
    await until(world, { type: "verification", ...laptop, phase: "cancelled", code: "m.timeout" });
    expect(shown(world, "you/laptop").cancelled).to.deep.equal({ code: "m.timeout", byMe: false });
    expect(isTrue(world, { type: "deviceVerified", ...phone, by: "you/laptop" })).to.equal(false);
  });

  it("is done after all where the world was stopped before the server had the signature", async () => {
    const world = await withPhoneFarAway();
    const cable: [string, string] = ["you/laptop", "garden.example"];
    await toEmoji(world);
    const cut = new Promise<void>((resolve) => {
      const end = world.log.subscribe((entries) => {
        for (const entry of entries) {
          if (entry.type !== "exchange-out" || entry.from !== "you/laptop") continue;
          if (!entry.request.url.endsWith("/keys/signatures/upload")) continue;
          end();
          resolve(does(world, { type: "cutLink", between: cable }));
        }
      });
    });
    await does(world, { type: "confirmVerification", ...phone });
    void world.act({ type: "confirmVerification", ...laptop });
    await cut;
    await world.restore(await world.checkpoint("before it was signed"));
    await until(world, { type: "verification", ...laptop, phase: "signing" });
    expect(isTrue(world, { type: "deviceVerified", ...phone })).to.equal(false);
    expect(isTrue(world, { type: "deviceVerified", ...phone, by: "you/laptop" })).to.equal(false);
    await does(world, { type: "mendLink", between: cable });
    await until(world, { type: "verification", ...laptop, phase: "done" });
    await until(world, { type: "deviceVerified", ...phone });
    await until(world, { type: "deviceVerified", ...phone, by: "you/laptop" });
  });

  it("gets the secrets after all where the world was stopped before they came over", async () => {
    const world = await withPhoneFarAway();
    await toEmoji(world);
    await does(world, { type: "confirmVerification", ...phone });
    // The laptop has heard that the phone asks for them, and its answer is lost.
    const cut = new Promise<void>((resolve) => {
      const end = world.log.subscribe((entries) => {
        for (const entry of entries) {
          if (entry.type !== "exchange-out" || entry.from !== "you/laptop") continue;
          if (!entry.request.url.includes("/sendToDevice/m.room.encrypted/")) continue;
          end();
          resolve(does(world, { type: "cutLink", between: ["you/laptop", "garden.example"] }));
        }
      });
    });
    await does(world, { type: "confirmVerification", ...laptop });
    await cut;
    expect(isTrue(world, { type: "shown", ...phone, text: marker })).to.equal(false);
    await world.restore(await world.checkpoint("before they came"));
    await does(world, { type: "mendLink", between: ["you/laptop", "garden.example"] });
    await until(world, { type: "deviceVerified", ...phone });
    await until(world, { type: "shown", ...phone, text: marker });
  });
});
