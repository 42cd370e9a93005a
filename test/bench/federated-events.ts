import type { Signer } from "../../src/homeserver/ports.ts";
import { encodeBase64 } from "../../src/protocol/base64.ts";
import { eventIdOfBytes, hasRightContentHash } from "../../src/protocol/hashes.ts";
import type { JsonObject } from "../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../src/protocol/pdu.ts";
import { redact } from "../../src/protocol/redaction.ts";
import { roomVersions } from "../../src/protocol/room-versions.ts";
import {
  eventToSign,
  formatXMatrix,
  requestSigningBytes,
  signingBytes,
  withSignature,
} from "../../src/protocol/signatures.ts";
import { nodeSigner } from "../../src/serve/node-signer.ts";
import { opensslSigner } from "../../src/serve/openssl-signer.ts";
import { costOf, median } from "./cost.ts";
import type { Figure } from "./figures.ts";
import { type BenchServer, LinkedHomeservers } from "./linked-homeservers.ts";

const rounds = 15;
const sizes = [1, 50] as const;
/** Transactions of each size in a round. */
const perRound = { 1: 200, 50: 8 };
const version = roomVersions["12"];
/** The measure: what checking takes on Node, and how it is done here. */
const signers = { byNode: opensslSigner(), byOurs: nodeSigner() };

type Sent = { url: string; init: RequestInit; pdus: Pdu[]; request: Uint8Array; signature: Uint8Array };

/**
 * Events that another server sends, beside the signatures and hashes that have to be checked: as Node checks them,
 * which is the measure for any server on it, and as they are checked here. In CPU time.
 */
export async function federatedEvents(): Promise<Figure[]> {
  const links = new LinkedHomeservers();
  const [here, there] = [await links.start("here.example"), await links.start("there.example")];
  const [ada, bo] = [await links.user(here, "ada"), await links.user(there, "bo")];
  const { room_id: room } = await ada.ask<{ room_id: string }>("POST", "createRoom", {
    preset: "public_chat",
  });
  await bo.ask("POST", `join/${encodeURIComponent(room)}?server_name=here.example`, {});
  const source = new EventSource(there, bo.id, room, await citedBy(bo, room));
  const publicKey = await signers.byOurs.publicKey(there.seed);

  const receive = async ({ url, init }: Sent) => {
    const response = await here.homeserver.fetch(new Request(url, init));
    const { pdus } = (await response.json()) as { pdus: Record<string, JsonObject> };
    if (Object.values(pdus).some((result) => "error" in result)) throw new Error(JSON.stringify(pdus));
  };
  const check = async (signer: Signer, { pdus, request, signature }: Sent) => {
    const checks = pdus.map(async (pdu) => {
      const bytes = signingBytes(redact(pdu, version));
      const [ofServer] = Object.values(pdu.signatures["there.example"]!);
      eventIdOfBytes(bytes);
      return hasRightContentHash(pdu) && signer.verify(publicKey, bytes, Buffer.from(ofServer!, "base64"));
    });
    const all = await Promise.all([signer.verify(publicKey, request, signature), ...checks]);
    if (!all.every(Boolean)) throw new Error("A signature is not good");
  };

  const figures: Figure[] = [];
  for (const size of sizes) {
    const costs: Record<"receive" | keyof typeof signers, number[]> = { receive: [], byNode: [], byOurs: [] };
    for (let round = -3; round < rounds; round++) {
      const sent: Sent[] = [];
      for (let index = 0; index < perRound[size]; index++) sent.push(await source.transaction(size));
      const works = {
        receive,
        byNode: (each: Sent) => check(signers.byNode, each),
        byOurs: (each: Sent) => check(signers.byOurs, each),
      };
      for (const [name, work] of Object.entries(works) as [keyof typeof works, typeof receive][]) {
        const { cpu } = await costOf(sent.length, (index) => work(sent[index]!));
        // The first rounds warm up.
        if (round >= 0) costs[name].push(cpu / size);
      }
    }
    const [all, must, ours] = [median(costs.receive), median(costs.byNode), median(costs.byOurs)];
    const what = size === 1 ? "one a transaction" : `${size} a transaction`;
    figures.push(
      {
        name: `an event's signature and hashes by Node, with its request's: ${what}`,
        value: must,
        unit: "µs",
      },
      { name: `the same as checked here: ${what}`, value: ours, unit: "µs" },
      { name: `an event received: ${what}`, value: all, unit: "µs" },
      { name: `ratio: ${what}`, value: all / must, unit: "×", most: 3 },
      { name: `ratio to the checks as made here: ${what}`, value: all / ours, unit: "×" },
    );
  }
  return figures;
}

/** What messages of a user cite. */
async function citedBy(user: { id: string; ask: BenchAsk }, room: string): Promise<string[]> {
  const idOf = async (type: string, key = "") => {
    const path = `rooms/${encodeURIComponent(room)}/state/${type}/${encodeURIComponent(key)}?format=event`;
    return String((await user.ask("GET", path)).event_id);
  };
  return [await idOf("m.room.power_levels"), await idOf("m.room.member", user.id)];
}

type BenchAsk = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** Messages of one server's user, one after the other. */
class EventSource {
  readonly #server: BenchServer;
  readonly #draft: Pick<UnsignedPdu, "type" | "sender" | "room_id" | "auth_events">;
  #last: string;
  #count = 10;

  constructor(server: BenchServer, sender: string, room_id: string, auth_events: string[]) {
    this.#server = server;
    this.#draft = { type: "m.room.message", sender, room_id, auth_events };
    this.#last = auth_events.at(-1)!;
  }

  async transaction(size: number): Promise<Sent> {
    const pdus: Pdu[] = [];
    for (let index = 0; index < size; index++) pdus.push(await this.#event());
    const { name, seed } = this.#server;
    const uri = `/_matrix/federation/v1/send/${this.#count}`;
    const content = { origin: name, origin_server_ts: Date.now(), pdus: pdus as unknown as JsonObject[] };
    const destination = "here.example";
    const request = requestSigningBytes({ method: "PUT", uri, origin: name, destination, content });
    const signature = await signers.byOurs.sign(seed, request);
    const sig = encodeBase64(signature);
    const headers = {
      authorization: formatXMatrix({ origin: name, destination, key: "ed25519:1", sig }),
      "content-type": "application/json",
    };
    const init = { method: "PUT", headers, body: JSON.stringify(content) };
    return { url: `https://${destination}${uri}`, init, pdus, request, signature };
  }

  async #event(): Promise<Pdu> {
    const depth = this.#count++;
    const { pdu, bytes, eventId } = eventToSign(
      {
        ...this.#draft,
        content: { msgtype: "m.text", body: `This is the message with the number ${depth}` },
        origin_server_ts: Date.now(),
        depth,
        prev_events: [this.#last],
      },
      version,
    );
    this.#last = eventId;
    return withSignature(
      pdu,
      this.#server.name,
      "ed25519:1",
      await signers.byOurs.sign(this.#server.seed, bytes),
    );
  }
}
