import { expect } from "chai";
import type { MatrixClient } from "matrix-js-sdk";
import { decodeRecoveryKey } from "matrix-js-sdk/lib/crypto-api/index.js";
import { DeviceCrypto } from "../../src/client/crypto/device-crypto.ts";
import { loadLogic, loadProse, shippedTutorials } from "../../src/tutorial/shipped-tutorials.ts";
import type { CheckpointData } from "../../src/world/checkpoint.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { PlayedTutorial, withoutLatency } from "./played-tutorial.ts";

const marker = "the harbour at noon 4711";

/** Clients that are started until the end of it. */
class StartedClients {
  readonly clients: MatrixClient[] = [];
  readonly #start = DeviceCrypto.start;

  constructor() {
    DeviceCrypto.start = (settings) => {
      this.clients.push(settings.client);
      return this.#start.call(DeviceCrypto, settings);
    };
  }

  end(): void {
    DeviceCrypto.start = this.#start;
  }
}

/** Private keys, each as the text that would give it away wherever it stood. */
async function privateKeysOf(clients: readonly MatrixClient[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const client of clients) {
    const crypto = client.getCrypto();
    // Lost and signed out: its keys are gone.
    if (!crypto || !client.clientRunning) continue;
    // After the version and the number it is the same in every form in which a message key travels.
    for (const { session_key: key } of await crypto.exportRoomKeys()) found.add(key.slice(8, 60));
    const bundle = await crypto.exportSecretsBundle?.().catch(() => undefined);
    if (!bundle) continue;
    for (const key of Object.values(bundle.cross_signing) as string[]) found.add(key);
    if (bundle.backup) found.add(bundle.backup.key);
  }
  return found;
}

function recoveryKeysOf(world: SimulatedWorld): string[] {
  return Object.values(world.bindings().people).flatMap(({ recoveryKey }) => {
    if (recoveryKey === undefined) return [];
    const bytes = btoa(String.fromCharCode(...decodeRecoveryKey(recoveryKey)));
    return [recoveryKey, recoveryKey.replaceAll(" ", ""), bytes.replaceAll("=", "")];
  });
}

describe("Nobody but the devices in a room", function () {
  this.timeout(60_000);

  for (const { id } of shippedTutorials.filter(({ encryption }) => encryption)) {
    it(`reads what is written in ${id}, or has anybody's private key`, async () => {
      const [logic, prose] = await Promise.all([loadLogic(id), loadProse(id, "en")]);
      const say = Object.fromEntries(Object.keys(prose!.say).map((key) => [key, `${marker} ${key}`]));
      const started = new StartedClients();
      const played = new PlayedTutorial({
        tutorial: withoutLatency(logic!),
        prose: { ...prose!, say },
        instead: (action) =>
          action.type === "send" ? { ...action, text: `${marker} ${action.text}` } : action,
      });
      try {
        for (const _step of logic!.steps) {
          await played.until("working", "met");
          played.send({ type: "learner.showMe" });
          await played.until("met");
          played.send({ type: "learner.next" });
        }
        await played.until("finished");
        const { world } = played;
        expect(world.log.oldest).to.equal(0);
        const entries = world.log.entries();
        const shown = entries.filter(({ type }) => type === "client-fact" || type === "action");
        const told = JSON.stringify(entries.filter((entry) => !shown.includes(entry)));
        const { contents } = (await world.checkpoint("the end")).data as CheckpointData;
        const kept = JSON.stringify(contents);
        expect(JSON.stringify(shown)).to.include(marker);
        expect(kept).to.include("m.room.encrypted");
        const secrets = await privateKeysOf(started.clients);
        expect(secrets.size).to.be.above(3);
        for (const secret of [marker, ...secrets, ...recoveryKeysOf(world)]) {
          expect(told.includes(secret), `an exchange has ${secret}`).to.equal(false);
          expect(kept.includes(secret), `a journal has ${secret}`).to.equal(false);
          if (secret === marker) continue;
          expect(JSON.stringify(shown).includes(secret), `a client tells ${secret}`).to.equal(false);
        }
      } finally {
        started.end();
        await played.close();
      }
    });
  }
});
