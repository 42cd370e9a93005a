import { authEventKeys } from "../../protocol/auth-events.ts";
import { authorize } from "../../protocol/auth-rules.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { depthAfter } from "../../protocol/event-graph.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Pdu, UnsignedPdu } from "../../protocol/pdu.ts";
import { largestEvent } from "../../protocol/pdu-check.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import { eventToSign, withSignature } from "../../protocol/signatures.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Server } from "../server.ts";
import { authState } from "./auth-state.ts";
import type { JudgedEvent, Room } from "./room.ts";
import type { RoomEvent, RoomState, Transaction } from "./room-event.ts";

/** What somebody wants to say in a room. */
export type EventDraft = {
  type: string;
  sender: string;
  content: JsonObject;
  /** Present in state events. */
  stateKey?: string | undefined;
  /** Of a redaction. */
  redacts?: string | undefined;
  transaction?: Transaction | undefined;
};

/**
 * Makes an event of a user here, if the room's rules allow it, and keeps it. Whoever gives it a transaction has seen
 * that nothing was sent by that name yet.
 */
export function sendEvent(server: Server, room: Room, draft: EventDraft): Promise<RoomEvent | Refusal> {
  return room.inTurn(async (waited) => {
    const sent = waited && draft.transaction && room.findSent(draft.sender, draft.transaction);
    if (sent) return sent;
    if (draft.stateKey !== undefined) {
      const same = sameState(room, draft);
      if (same) return same;
    }
    const judged = await buildEvent(server, room, draft);
    return isRefusal(judged) ? judged : server.rooms.add(room, judged);
  });
}

/** The next event of a room, signed and allowed. Nothing is kept yet. */
export async function buildEvent(
  server: Server,
  room: Room,
  draft: EventDraft,
): Promise<JudgedEvent | Refusal> {
  const drafted = draftEvent(server, room, draft);
  if (isRefusal(drafted)) return drafted;
  const { unsigned, before } = drafted;
  const signed = await signPdu(server, unsigned, room.version);
  return isRefusal(signed) ? signed : { ...signed, before, transaction: draft.transaction };
}

/** The next event of a room, if it is allowed there, ready to be signed by whomever it is of. */
export function draftEvent(
  server: Server,
  room: Room,
  draft: EventDraft,
): { unsigned: UnsignedPdu; before: RoomState } | Refusal {
  const parents = parentsFor(room, draft);
  const before = room.stateAfter(parents);
  const unsigned = unsignedPdu(server, room, draft, parents, before);
  // Whoever signs it: a template for a restricted join is this server's to sign too. What it cites was chosen by the
  // very rule that checks it in the events of others.
  const facts = { signedBy: { has: (name: string) => name === server.name } };
  const refusal = fieldFault(unsigned) ?? authorize(unsigned, room.version, authState(before), facts);
  return refusal ?? { unsigned, before };
}

/**
 * The ends of the graph, or as many as an event may follow: then first those that have what allows it. In a room that has
 * forked far, the sender's own join may be on one branch alone.
 */
function parentsFor(room: Room, { type, sender, stateKey, content }: EventDraft): string[] {
  const ends = room.extremities;
  if (ends.length <= mostParents) return [...ends];
  const first = new Set<string>();
  const pdu = { type, sender, content, ...(stateKey !== undefined && { state_key: stateKey }) };
  for (const [authType, authKey] of authEventKeys(pdu, room.version)) {
    const event = room.state(authType, authKey);
    const hasIt = (id: string) => room.events.get(id)!.after.get(stateKeyOf(authType, authKey)) === event;
    if (!event || [...first].some(hasIt)) continue;
    const end = ends.find(hasIt);
    if (end !== undefined) first.add(end);
  }
  return [...new Set([...first, ...ends])].slice(0, mostParents);
}

/** A PDU with its hash, signature and id. */
export async function signPdu(
  server: Server,
  unsigned: UnsignedPdu,
  version: RoomVersion,
): Promise<{ id: string; pdu: Pdu } | Refusal> {
  const { pdu: hashed, bytes, eventId: id, length } = eventToSign(unsigned, version);
  const { keyId, signature } = await server.signingKeys.sign(bytes);
  const pdu = withSignature(hashed, server.name, keyId, signature);
  // A UTF-16 unit takes at most three bytes; most events are far from the limit.
  const size = 3 * length + mostOfSignature < largestEvent ? 0 : sizeOf(pdu);
  if (size > largestEvent) return { code: "pdu/too-large", facts: { bytes: size, limit: largestEvent } };
  return { id, pdu };
}

/** The keys of most events stand in the order of canonical JSON, so that its hash need not put them in order. */
function unsignedPdu(
  server: Server,
  room: Room,
  draft: EventDraft,
  parents: string[],
  before: RoomState,
): UnsignedPdu {
  const { type, sender, content, stateKey, redacts } = draft;
  const pdu: UnsignedPdu = {
    auth_events: [],
    content: redacts !== undefined && room.version.redacts === "content" ? { ...content, redacts } : content,
    depth: depthAfter(parents.map((id) => room.events.get(id)!.pdu)),
    origin_server_ts: server.ports.clock.now(),
    prev_events: parents,
    room_id: room.id,
    sender,
    type,
  };
  if (stateKey !== undefined) pdu.state_key = stateKey;
  if (redacts !== undefined && room.version.redacts === "event") pdu.redacts = redacts;
  pdu.auth_events = authEventIds(pdu, room.version, before);
  return pdu;
}

function authEventIds(pdu: UnsignedPdu, version: RoomVersion, state: RoomState): string[] {
  const ids: string[] = [];
  for (const [type, stateKey] of authEventKeys(pdu, version)) {
    const event = state.get(stateKeyOf(type, stateKey));
    if (event) ids.push(event.id);
  }
  return ids;
}

/** The event that a state event would repeat word for word. */
function sameState(room: Room, { type, stateKey, sender, content }: EventDraft): RoomEvent | undefined {
  const current = room.state(type, stateKey);
  if (!current || current.pdu.sender !== sender || current.redactedBy) return undefined;
  return canonicalJson(current.pdu.content) === canonicalJson(content) ? current : undefined;
}

/** Sizes of fields; everything else in an event is ours. */
function fieldFault({ type, state_key: stateKey = "" }: UnsignedPdu): Refusal | undefined {
  return lengthFault("type", type) ?? lengthFault("state_key", stateKey);
}

function lengthFault(key: string, value: string): Refusal | undefined {
  if (value.length <= longestKey / 3) return undefined;
  const bytes = utf8.encode(value).length;
  return bytes > longestKey ? { code: "pdu/too-long", facts: { key, bytes, limit: longestKey } } : undefined;
}

/** In bytes of canonical JSON. */
function sizeOf(pdu: Pdu): number {
  return utf8.encode(JSON.stringify(pdu)).length;
}

const utf8 = new TextEncoder();
const longestKey = 255;
/** Bytes of `hashes`, and of `signatures` with names of the greatest length. */
const mostOfSignature = 1000;
/** https://spec.matrix.org/v1.19/rooms/v12/#event-format */
const mostParents = 20;
