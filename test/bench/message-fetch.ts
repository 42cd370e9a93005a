import { setImmediate as nextTurn } from "node:timers/promises";
import type { HomeserverPorts, Signer } from "../../src/homeserver/ports.ts";
import { contentHash, eventIdOf } from "../../src/protocol/hashes.ts";
import type { Pdu } from "../../src/protocol/pdu.ts";
import { findRoomVersion } from "../../src/protocol/room-versions.ts";
import { eventSigningBytes } from "../../src/protocol/signatures.ts";
import { nodePorts } from "../../src/serve/node-ports.ts";
import { opensslSigner } from "../../src/serve/openssl-signer.ts";
import { cheapCost } from "../../src/serve/scrypt-passwords.ts";
import { systemChance } from "../../src/serve/system-chance.ts";
import { memoryStorage } from "../../src/simulation/storage.ts";
import { costOf, median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { startInProcess } from "./in-process.ts";

const rounds = 15;
const perRound = 500;
const warmUp = 10_000;

/**
 * One message through `homeserver.fetch`, beside the hashes and the signature that its event needs: as Node makes them,
 * which is the measure for any server on it, and as they are made here. In CPU time: the clock on the wall also runs for
 * whatever else the machine does.
 */
export async function messageFetch(): Promise<Figure[]> {
  const seed = systemChance.bytes(32);
  const stored: Pdu[] = [];
  const ports = nodePorts({ passwordCost: cheapCost });
  ports.report = (fact) => {
    if (fact.type === "event-stored") stored[0] = fact.pdu as Pdu;
  };
  const send = await sender(seed, ports);
  const sendAtOnce = await sender(seed, {
    ...nodePorts({ passwordCost: cheapCost }),
    journal: memoryStorage().journal("bench"),
  });
  // This journal alone would never let the event loop turn, and collecting its garbage would fall to the next round,
  // which is that of the other.
  const sendKept = async (index: number) => {
    await sendAtOnce(index);
    await nextTurn();
  };
  await costOf(warmUp, send);
  await costOf(warmUp, sendKept);
  const pdu = stored[0]!;
  const cryptographyBy = (signer: Signer) => async () => {
    const version = findRoomVersion("12")!;
    const { signatures, ...unsigned } = pdu;
    contentHash(unsigned);
    await signer.sign(seed, eventSigningBytes(unsigned, version));
    eventIdOf(pdu, version);
  };
  const byNode = cryptographyBy(opensslSigner());
  const byOurs = cryptographyBy(ports.signer);
  await costOf(warmUp, byNode);
  await costOf(warmUp, byOurs);

  const costs: Record<"send" | "sendKept" | "byNode" | "byOurs", number[]> = {
    send: [],
    sendKept: [],
    byNode: [],
    byOurs: [],
  };
  for (let round = 0; round < rounds; round++) {
    costs.send.push((await costOf(perRound, send)).cpu);
    costs.sendKept.push((await costOf(perRound, sendKept)).cpu);
    costs.byNode.push((await costOf(perRound, byNode)).cpu);
    costs.byOurs.push((await costOf(perRound, byOurs)).cpu);
  }
  const [must, ours] = [median(costs.byNode), median(costs.byOurs)];
  const [cost, costKept] = [median(costs.send), median(costs.sendKept)];
  return [
    { name: "the hashes and the signature of a message, by Node", value: must, unit: "µs" },
    { name: "the same as made here", value: ours, unit: "µs" },
    { name: "a message through fetch", value: cost, unit: "µs" },
    { name: "ratio", value: cost / must, unit: "×", most: 3 },
    { name: "ratio to the cryptography as made here", value: cost / ours, unit: "×" },
    { name: "a message through fetch, its journal kept in memory", value: costKept, unit: "µs" },
    { name: "ratio", value: costKept / must, unit: "×" },
  ];
}

async function sender(
  signingKeySeed: Uint8Array,
  ports: HomeserverPorts,
): Promise<(index: number) => Promise<void>> {
  const { ask, register } = await startInProcess(ports, signingKeySeed);
  const token = await register("ada");
  const { room_id: room } = await ask<{ room_id: string }>("POST", "createRoom", {}, token);
  const path = `rooms/${encodeURIComponent(room)}/send/m.room.message/`;
  let sent = 0;
  return async () => {
    const body = { msgtype: "m.text", body: `This is message number ${sent}` };
    await ask("PUT", path + sent++, body, token);
  };
}
