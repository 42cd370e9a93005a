import { expect } from "chai";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { addPhone, does, refusalOf, secretly } from "./encrypted-worlds.ts";
import { closeWorlds, isTrue, openTestWorld, until } from "./open-worlds.ts";

const marker = "the harbour at noon";

/** A world where you have set up recovery after a message, and the recovery key. */
async function withRecovery(passphrase?: string): Promise<{ world: SimulatedWorld; key: string }> {
  const world = await openTestWorld(secretly());
  await does(world, { type: "send", person: "bo", in: "chat", text: marker });
  await until(world, { type: "shown", person: "you", text: marker });
  const result = await world.act({
    type: "setUpRecovery",
    person: "you",
    ...(passphrase !== undefined && { passphrase }),
  });
  expect(result).to.have.property("ok", true);
  await until(world, { type: "recovery", person: "you" });
  await until(world, { type: "backedUp", person: "you" });
  return { world, key: (result as { recoveryKey: string }).recoveryKey };
}

/** A public key that nobody has the private half of. */
const noKey = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo";

/** What your laptop has put into the backup. */
function backedUpIn(world: SimulatedWorld): Backup {
  const entry = world.log
    .entries()
    .findLast((each) => each.type === "exchange-out" && each.request.url.includes("/room_keys/keys?"));
  return JSON.parse((entry as unknown as { request: { body: string } }).request.body) as Backup;
}

type Backup = {
  rooms: Record<string, { sessions: Record<string, { is_verified: boolean; session_data: object }> }>;
};

describe("Recovery", () => {
  afterEach(closeWorlds);

  it("gives a new device the identity and the old messages, by the key that the person keeps", async () => {
    const { world, key } = await withRecovery();
    expect(key).to.match(/^(\w{4} ){11}\w{4}$/);
    await until(world, { type: "deviceVerified", person: "you", device: "laptop" });
    await addPhone(world);
    await until(world, { type: "sealed", person: "you", device: "phone" });
    expect(isTrue(world, { type: "deviceVerified", person: "you", device: "phone" })).to.equal(false);
    await does(world, { type: "recover", person: "you", device: "phone" });
    await until(world, { type: "shown", person: "you", device: "phone", text: marker });
    await until(world, { type: "deviceVerified", person: "you", device: "phone" });
    await until(world, { type: "deviceVerified", person: "you", device: "phone", by: "you/laptop" });
    expect(isTrue(world, { type: "sealed", person: "you", device: "phone" })).to.equal(false);
  });

  it("brings everything back when every device is gone", async () => {
    const { world } = await withRecovery("a garden full of bees");
    await does(world, { type: "loseDevice", person: "you", device: "laptop" });
    await addPhone(world);
    await does(world, {
      type: "recover",
      person: "you",
      device: "phone",
      passphrase: "a garden full of bees",
    });
    await until(world, { type: "shown", person: "you", device: "phone", text: marker });
    await until(world, { type: "deviceVerified", person: "you", device: "phone" });
  });

  it("does not open with a wrong key or passphrase, and says which", async () => {
    const { world, key } = await withRecovery();
    await addPhone(world);
    const by = { type: "recover", person: "you", device: "phone" } as const;
    // Whatever the key is, all begin with the same letters.
    const other = `F${key.slice(1)}`;
    expect(await refusalOf(world, { ...by, key: other })).to.equal("recovery/not-a-key");
    expect(await refusalOf(world, { ...by, key: "words" })).to.equal("recovery/not-a-key");
    expect(await refusalOf(world, { ...by, passphrase: "bees" })).to.equal("recovery/no-passphrase");
    expect(await refusalOf(world, { type: "recover", person: "bo", key })).to.equal("recovery/no-recovery");
    await does(world, { type: "setUpRecovery", person: "bo", passphrase: "honey" });
    expect(await refusalOf(world, { type: "recover", person: "bo", passphrase: "bees" })).to.equal(
      "recovery/wrong-key",
    );
    expect(isTrue(world, { type: "deviceVerified", person: "you", device: "phone" })).to.equal(false);
  });

  it("gives the identity back where the backup is damaged, and says that the messages stay sealed", async () => {
    const { world } = await withRecovery();
    const damaged = backedUpIn(world);
    for (const { sessions } of Object.values(damaged.rooms)) {
      for (const session of Object.values(sessions)) {
        // A key from a device that is verified is the better one.
        session.is_verified = true;
        session.session_data = { ephemeral: noKey, ciphertext: "AAAA", mac: "AAAAAAAAAAA" };
      }
    }
    const path = "/_matrix/client/v3/room_keys/keys?version=1";
    await does(world, { type: "request", person: "you", method: "PUT", path, body: JSON.stringify(damaged) });
    await addPhone(world);
    const recover = { type: "recover", person: "you", device: "phone" } as const;
    expect(await refusalOf(world, recover)).to.equal("recovery/backup-damaged");
    await until(world, { type: "deviceVerified", person: "you", device: "phone" });
    await until(world, { type: "sealed", person: "you", device: "phone" });
  });

  it("gives the identity back where the backup is another one now, and says so", async () => {
    const { world } = await withRecovery();
    const body = { algorithm: "m.megolm_backup.v1.curve25519-aes-sha2", auth_data: { public_key: noKey } };
    const path = "/_matrix/client/v3/room_keys/version";
    await does(world, { type: "request", person: "you", method: "POST", path, body: JSON.stringify(body) });
    await addPhone(world);
    const recover = { type: "recover", person: "you", device: "phone" } as const;
    expect(await refusalOf(world, recover)).to.equal("recovery/backup-other-version");
    await until(world, { type: "deviceVerified", person: "you", device: "phone" });
  });

  it("leaves its keys in no log, no exchange and no server", async () => {
    const { world, key } = await withRecovery("a garden full of bees");
    await addPhone(world);
    await does(world, { type: "recover", person: "you", device: "phone", key });
    await until(world, { type: "shown", person: "you", device: "phone", text: marker });
    const { data } = await world.checkpoint("here");
    const { contents } = data as { contents: unknown };
    const entries = world.log.entries().filter(({ type }) => type !== "client-fact" && type !== "action");
    for (const secret of [key, key.replaceAll(" ", ""), "a garden full of bees"]) {
      expect(JSON.stringify(world.log.entries())).not.to.include(secret);
      expect(JSON.stringify(contents)).not.to.include(secret);
    }
    expect(JSON.stringify(entries)).not.to.include(marker);
    expect(JSON.stringify(contents)).not.to.include(marker);
  });

  it("starts anew with a reset, and others see that it is another identity", async () => {
    const { world } = await withRecovery();
    await does(world, { type: "setUpRecovery", person: "bo" });
    await until(world, { type: "identity", person: "bo" });
    await does(world, { type: "send", person: "you", in: "chat", text: "hello" });
    await until(world, { type: "shown", person: "bo", text: "hello" });
    await does(world, { type: "resetIdentity", person: "you" });
    await until(world, { type: "identityChanged", person: "you", by: "bo" });
    await does(world, { type: "acceptIdentity", person: "bo", user: "you" });
    await until(world, { type: "not", of: { type: "identityChanged", person: "you", by: "bo" } });
    await until(world, { type: "deviceVerified", person: "you", device: "laptop" });
  });
});
