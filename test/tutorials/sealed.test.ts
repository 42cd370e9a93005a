import { expect } from "chai";
import type { MatrixClient } from "matrix-js-sdk";
import { DeviceCrypto } from "../../src/client/crypto/device-crypto.ts";
import { loadLogic, loadProse, shippedTutorials } from "../../src/tutorial/shipped-tutorials.ts";
import type { CheckpointData } from "../../src/world/checkpoint.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { PlayedTutorial, withoutLatency } from "./played-tutorial.ts";
import { deviceKeysOf, recoveryKeyForms, sharedKeysOf } from "./private-keys.ts";

const marker = "the harbour at noon 4711";

/** Clients that are started until the end of it. */
class StartedClients {
  readonly started: { client: MatrixClient; store: string }[] = [];
  readonly #start = DeviceCrypto.start;

  constructor() {
    DeviceCrypto.start = (settings) => {
      this.started.push(settings);
      return this.#start.call(DeviceCrypto, settings);
    };
  }

  end(): void {
    DeviceCrypto.start = this.#start;
  }
}

async function privateKeysOf({ started }: StartedClients): Promise<Set<string>> {
  const [found, own] = [new Set<string>(), new Set<string>()];
  for (const { client, store } of started) {
    // Lost and signed out: its keys are gone.
    if (!client.getCrypto() || !client.clientRunning) continue;
    for (const key of await sharedKeysOf(client)) found.add(key);
    for (const key of await deviceKeysOf(client, store)) own.add(key);
  }
  expect(found.size).to.be.above(3);
  return new Set([...found, ...own]);
}

function recoveryKeysOf(world: SimulatedWorld): string[] {
  const people = Object.values(world.bindings().people);
  return people.flatMap(({ recoveryKey }) =>
    recoveryKey === undefined ? [] : recoveryKeyForms(recoveryKey),
  );
}

describe("Nobody but the devices in a room", () => {
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
        const secrets = await privateKeysOf(started);
        const tellsIt = JSON.stringify(shown);
        for (const secret of [marker, ...secrets, ...recoveryKeysOf(world)]) {
          expect(told.includes(secret), `an exchange has ${secret}`).to.equal(false);
          expect(kept.includes(secret), `a journal has ${secret}`).to.equal(false);
          if (secret === marker) continue;
          expect(tellsIt.includes(secret), `a client tells ${secret}`).to.equal(false);
        }
      } finally {
        started.end();
        await played.close();
      }
    });
  }
});
