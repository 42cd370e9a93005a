import { canonicalJson } from "../../../../src/protocol/canonical-json.ts";
import { eventIdOfBytes } from "../../../../src/protocol/hashes.ts";
import type { Json, JsonObject } from "../../../../src/protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../../../src/protocol/pdu.ts";
import { type RoomVersionId, roomVersions } from "../../../../src/protocol/room-versions.ts";
import { eventSigningBytes, withSignature } from "../../../../src/protocol/signatures.ts";
import { TestKey } from "../../keys/test-keys.ts";
import type { TestAnswer } from "../../test-server.ts";
import { type MadeEvent, RoomWithPeer } from "../room-with-peer.ts";
import { TestPeer } from "../test-peer.ts";

/** Who is asked for the keys of servers that are away, if a story plays it. */
export const notary = "notary.example";

/** A room whose other server does not keep to the rules. */
export class HostileRoom extends RoomWithPeer {
  #transactions = 0;
  #names = 0;
  #drafts = 0;

  static override async start(version: RoomVersionId, body: JsonObject = {}): Promise<HostileRoom> {
    return new HostileRoom(await RoomWithPeer.parts(version, body, { notaries: [notary] }));
  }

  /** No two are the same. */
  override draft(change: Partial<UnsignedPdu> = {}): Promise<UnsignedPdu> {
    return super.draft({ origin_server_ts: this.garden.clock.now() + this.#drafts++, ...change });
  }

  /** Sends PDUs as they are. What is answered for each: `ok`, `error`, or `nothing`. */
  async send(...pdus: readonly (MadeEvent | Json)[]): Promise<string[]> {
    const values = pdus.map((one) => (isMade(one) ? (one.pdu as unknown as Json) : one));
    const results = await this.peer.sendPdus(this.garden, values);
    return verdicts(pdus, results);
  }

  /** The same for PDUs that no server could sign as canonical JSON: texts with sorted keys. */
  async sendTexts(...texts: readonly string[]): Promise<string> {
    const body = `{"origin":"${this.peer.name}","origin_server_ts":1,"pdus":[${texts.join(",")}]}`;
    const path = `/_matrix/federation/v1/send/text${this.#transactions++}`;
    return summary(await this.peer.rawRequest(this.garden, path, body));
  }

  /** A text of an event in which a number stands as it is written. */
  async textWith(number: string): Promise<string> {
    const { pdu } = await this.event({ content: { msgtype: "m.text", body: "odd", number: 12345 } });
    return canonicalJson(pdu as unknown as Json).replace("12345", number);
  }

  /** A signed request: its status and errcode. */
  async ask(method: string, path: string, body?: JsonObject): Promise<string> {
    return summary(await this.peer.request(this.garden, method, `/_matrix/federation/${path}`, body));
  }

  /** A server that nobody has heard of. */
  stranger(part = "stranger"): TestPeer {
    return new TestPeer(this.links, `${part}${this.#names++}.example`);
  }

  /** An event that is signed with a hash of anything. */
  signHash(unsigned: UnsignedPdu, sha256: string): MadeEvent {
    const version = roomVersions[this.version];
    const pdu: Pdu = { ...unsigned, hashes: { sha256 }, signatures: {} };
    const bytes = eventSigningBytes(pdu, version);
    const signature = new TestKey(this.peer.name).signature(bytes);
    return { id: eventIdOfBytes(bytes), pdu: withSignature(pdu, this.peer.name, "ed25519:1", signature) };
  }

  /** A copy of an event that its server did not sign so. */
  forged({ id, pdu }: MadeEvent, change: Partial<Pdu>): MadeEvent {
    return { id, pdu: { ...pdu, ...change } };
  }
}

/** Status and errcode, as `400 M_BAD_JSON`. */
export function summary({ status, body }: TestAnswer): string {
  return body.errcode === undefined ? String(status) : `${status} ${body.errcode}`;
}

function verdicts(pdus: readonly (MadeEvent | Json)[], results: Record<string, JsonObject>): string[] {
  const left = { ...results };
  const found = pdus.map((one) => {
    const result = isMade(one) ? left[one.id] : undefined;
    if (!result || !isMade(one)) return "nothing";
    return "error" in result ? "error" : "ok";
  });
  const sent = new Set(pdus.flatMap((one) => (isMade(one) ? [one.id] : [])));
  const others = Object.keys(left).filter((id) => !sent.has(id));
  return [...found, ...others.map((id) => `and ${id}`)];
}

function isMade(one: MadeEvent | Json): one is MadeEvent {
  return typeof one === "object" && one !== null && "pdu" in one && "id" in one;
}
