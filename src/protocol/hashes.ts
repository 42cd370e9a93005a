import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { decodeBase64, encodeBase64, encodeUrlBase64 } from "./base64.ts";
import { canonicalJsonWithout } from "./canonical-json.ts";
import type { JsonObject } from "./json.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import { redact } from "./redaction.ts";
import type { RoomVersion } from "./room-versions.ts";

/** SHA-256 as some machine has it: of bytes, or of a text in UTF-8. */
export interface Sha256 {
  bytes(message: Uint8Array): Uint8Array;
  /** Without padding. */
  text(message: Uint8Array | string, encoding: "base64" | "base64url"): string;
}

let implementation: Sha256 = {
  bytes: nobleSha256,
  text(message, encoding) {
    const bytes = nobleSha256(typeof message === "string" ? utf8.encode(message) : message);
    return encoding === "base64" ? encodeBase64(bytes) : encodeUrlBase64(bytes);
  },
};

export function sha256(bytes: Uint8Array): Uint8Array {
  return implementation.bytes(bytes);
}

/** Lets the machine's own SHA-256 do the work from now on, where it has one that answers at once. */
export function provideSha256(own: Sha256): void {
  implementation = own;
}

/**
 * The hash over everything of an event but `unsigned`, `signatures` and `hashes`, for its `hashes.sha256`.
 * https://spec.matrix.org/v1.19/server-server-api/#calculating-the-content-hash-for-an-event
 */
export function contentHash(pdu: UnsignedPdu | Pdu): string {
  return contentHashOfJson(contentHashJson(pdu));
}

/** What a content hash is over. */
export function contentHashJson(pdu: JsonObject): string {
  return canonicalJsonWithout(pdu, ["unsigned", "signatures", "hashes"]);
}

/** {@link contentHash} for who has its JSON at hand. */
export function contentHashOfJson(json: string): string {
  return implementation.text(json, "base64");
}

/** Whether an event is complete: its `hashes.sha256` is its content hash. */
export function hasRightContentHash(pdu: Pdu): boolean {
  let claimed: Uint8Array;
  try {
    claimed = decodeBase64(pdu.hashes.sha256);
  } catch {
    return false;
  }
  const actual = sha256(utf8.encode(contentHashJson(pdu)));
  return claimed.length === actual.length && actual.every((byte, i) => byte === claimed[i]);
}

/**
 * `$` and the event's reference hash.
 * https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event
 */
export function eventIdOf(pdu: Pdu, version: RoomVersion): string {
  // 1. The event is put through the redaction algorithm.
  const redacted = redact(pdu, version);
  // 2. The signatures and unsigned properties are removed from the event, if present.
  // 3. The event is converted into Canonical JSON.
  const json = canonicalJsonWithout(redacted, ["signatures", "unsigned"]);
  // 4. A sha256 hash is calculated on the resulting JSON object.
  return eventIdOfBytes(utf8.encode(json));
}

/** {@link eventIdOf} for who has the event's signing bytes at hand: the reference hash is over the same bytes. */
export function eventIdOfBytes(signingBytes: Uint8Array): string {
  return `$${implementation.text(signingBytes, "base64url")}`;
}

/** A room's id, where the version makes it from its create event. https://spec.matrix.org/v1.19/rooms/v12/#event-format */
export function roomIdOfCreate(eventId: string): string {
  return `!${eventId.slice(1)}`;
}

const utf8 = new TextEncoder();
