import type { JsonObject } from "./json.ts";

/**
 * A persistent data unit as servers exchange it, in the format of room versions 4 and later.
 * `room_id` is absent from create events of version 12.
 * https://spec.matrix.org/v1.19/server-server-api/#pdus
 */
export type Pdu = {
  type: string;
  sender: string;
  room_id?: string;
  state_key?: string;
  content: JsonObject;
  /** Milliseconds since 1970, by the sending server's clock. */
  origin_server_ts: number;
  depth: number;
  prev_events: string[];
  auth_events: string[];
  hashes: { sha256: string };
  /** Server name → key id → unpadded base64. */
  signatures: Record<string, Record<string, string>>;
  unsigned?: JsonObject;
  /** At top level up to room version 10; in the content since 11. */
  redacts?: string;
};

/** A PDU before it is hashed and signed. */
export type UnsignedPdu = Omit<Pdu, "hashes" | "signatures">;
