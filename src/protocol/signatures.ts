import { encodeBase64 } from "./base64.ts";
import { canonicalBytes, canonicalJsonWithout } from "./canonical-json.ts";
import { contentHashJson, contentHashOfJson, eventIdOfBytes } from "./hashes.ts";
import { serverOf } from "./identifiers.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import { redactObject } from "./redaction.ts";
import type { RoomVersion } from "./room-versions.ts";

export { formatXMatrix, parseXMatrix, type XMatrix } from "./x-matrix.ts";

/**
 * What a signature of any JSON object is over: its canonical JSON without `signatures` and `unsigned`.
 * https://spec.matrix.org/v1.19/appendices/#signing-json
 */
export function signingBytes(object: JsonObject): Uint8Array {
  return utf8.encode(canonicalJsonWithout(object, ["signatures", "unsigned"]));
}

/**
 * What a signature of an event is over: its redacted form, so that it outlives a redaction.
 * https://spec.matrix.org/v1.19/server-server-api/#adding-hashes-and-signatures-to-outgoing-events
 */
export function eventSigningBytes(
  pdu: (UnsignedPdu & Pick<Pdu, "hashes">) | Pdu,
  version: RoomVersion,
): Uint8Array {
  return signingBytes(redactObject(pdu, version));
}

/** An event with its content hash, ready to be signed. */
export type EventToSign = {
  /** With `hashes`, and no signatures yet. */
  pdu: UnsignedPdu & Pick<Pdu, "hashes">;
  /** What its server signs. */
  bytes: Uint8Array;
  eventId: string;
  /** UTF-16 units of its canonical JSON, without `hashes` and `signatures`. */
  length: number;
};

/** Hashes a new event. Cheaper than its hash, signing bytes and id one by one: the latter two share their work. */
export function eventToSign(unsigned: UnsignedPdu, version: RoomVersion): EventToSign {
  const json = contentHashJson(unsigned);
  const pdu = { ...unsigned, hashes: { sha256: contentHashOfJson(json) } };
  const bytes = eventSigningBytes(pdu, version);
  return { pdu, bytes, eventId: eventIdOfBytes(bytes), length: json.length };
}

/**
 * The servers whose valid signatures an event needs: without the sender's it is dropped, without that of the
 * one that let the sender into a restricted room it is rejected. An invite that answers a third-party invite
 * may be sent by another server than the sender's.
 * https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events
 */
export function requiredSigners(pdu: UnsignedPdu | Pdu, version: RoomVersion): string[] {
  const { membership, third_party_invite, join_authorised_via_users_server: authoriser } = pdu.content;
  const isMember = pdu.type === "m.room.member";
  const byThirdParty = isMember && membership === "invite" && third_party_invite !== undefined;
  const restricted = isMember && version.joinRules.restricted.length > 0;
  const users = [byThirdParty ? undefined : pdu.sender, restricted ? authoriser : undefined];
  const servers = users.map((user) => (typeof user === "string" ? serverOf(user) : undefined));
  return [...new Set(servers)].filter((server) => server !== undefined);
}

/** A copy of the object with one more signature. `keyId` is for example `ed25519:1`. */
export function withSignature<T extends object>(
  object: T,
  server: string,
  keyId: string,
  signature: Uint8Array,
): T & { signatures: Pdu["signatures"] } {
  const { signatures } = object as { signatures?: Pdu["signatures"] };
  const own = { [keyId]: encodeBase64(signature) };
  return {
    ...object,
    signatures: signatures
      ? { ...signatures, [server]: { ...signatures[server], ...own } }
      : { [server]: own },
  };
}

/** A request between servers, as its signature covers it. */
export type SignedRequest = {
  method: string;
  /** Path and query, from `/_matrix/` on. */
  uri: string;
  /** Server names, from before any delegation. */
  origin: string;
  destination: string;
  /** The body, if there is one. */
  content?: Json;
};

/** https://spec.matrix.org/v1.19/server-server-api/#request-authentication */
export function requestSigningBytes(request: SignedRequest): Uint8Array {
  return canonicalBytes(request);
}

const utf8 = new TextEncoder();
