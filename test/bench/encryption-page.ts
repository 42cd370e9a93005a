import { loadCrypto } from "../../src/client/crypto/load-crypto.ts";
import { SecretStorageKeys } from "../../src/client/crypto/secret-key.ts";
import { loadSdk, silentLogger } from "../../src/client/sdk.ts";
import { fastest } from "../../src/simulation/world-clock.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { does, secretly, setUpIdentities, verifyByEmoji } from "../world/encrypted-worlds.ts";
import { closeWorlds, openTestWorld, until } from "../world/open-worlds.ts";

export { type FirstMessage, firstMessage } from "./first-message.ts";

/** Milliseconds: from the crypto's last byte until the first machine is ready, and for each after it. */
export type MachineStart = { first: number; further: number[] };

export async function startMachines(): Promise<MachineStart> {
  const sdk = await loadSdk();
  const { DeviceCrypto } = await import("../../src/client/crypto/device-crypto.ts");
  let since = 0;
  await loadCrypto(({ loaded, size }) => {
    if (loaded === size) since = performance.now();
  });
  const machine = async (number: number): Promise<void> => {
    const keys = new SecretStorageKeys();
    const client = sdk.createClient({
      baseUrl: "https://garden.example",
      userId: `@user${number}:garden.example`,
      deviceId: "BENCH",
      accessToken: "none",
      fetchFn: () => Promise.reject(new TypeError("There is no network")),
      store: new sdk.MemoryStore(),
      logger: silentLogger,
      cryptoCallbacks: keys.callbacks,
    });
    await DeviceCrypto.start({
      client,
      keys,
      store: `bench/${number}`,
      since: 0,
      knownAs: undefined,
      report: () => undefined,
      touched: () => undefined,
    });
  };
  await machine(0);
  const first = performance.now() - since;
  const further: number[] = [];
  for (let number = 1; number <= 5; number++) {
    const began = performance.now();
    await machine(number);
    further.push(performance.now() - began);
  }
  return { first, further };
}

/** Milliseconds: of each message, until the other device shows it; of a verification of two people. */
export type EncryptionMeasured = { shown: number[]; verified: number };

export async function sendAndVerify(): Promise<EncryptionMeasured> {
  const world = await openTestWorld(secretly());
  const shown: number[] = [];
  for (let number = 0; number < 25; number++) {
    const text = `Number ${number}.`;
    const began = performance.now();
    const there = until(world, { type: "shown", person: "bo", text });
    await does(world, { type: "send", person: "you", in: "chat", text });
    await there;
    shown.push(performance.now() - began);
  }
  await does(world, { type: "setSpeed", speed: fastest });
  await setUpIdentities(world);
  const verified = await verify(world);
  await closeWorlds();
  // The first ones open the way.
  return { shown: shown.slice(5), verified };
}

async function verify(world: SimulatedWorld): Promise<number> {
  const began = performance.now();
  await verifyByEmoji(world);
  return performance.now() - began;
}
