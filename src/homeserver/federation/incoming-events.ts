import { topologicalOrder } from "../../protocol/event-graph.ts";
import { hasRightContentHash, roomIdOfCreate } from "../../protocol/hashes.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Room, UnplacedEvent } from "../room/room.ts";
import type { EventSource } from "../room/rooms.ts";
import type { Server } from "../server.ts";
import { type CheckedPdu, checkPdu } from "./check-pdu.ts";
import { citedEvents, judgingFacts, refusalByCited } from "./judge-event.ts";

/** A server that sent something, and how. */
export type Sender = EventSource & { origin: string };

/**
 * Events of a room that are well formed and signed, by their ids. What is not is dropped, and told of.
 * @param values PDUs as they came.
 */
export async function checkedPdus(
  server: Server,
  room: Room,
  values: readonly Json[],
  sender: Sender,
  dropped: (value: Json, refusal: Refusal) => void = (value, refusal) =>
    reportDropped(server, room.id, value, sender.origin, refusal),
): Promise<Map<string, CheckedPdu>> {
  const options = { backfill: sender.via !== "transaction", known: (id: string) => knownPdu(room, id) };
  const results = await Promise.all(
    values.map((value) => checkPdu(server.federation.keyring, room.version, value, options)),
  );
  const checked = new Map<string, CheckedPdu>();
  results.forEach((result, index) => {
    const refusal = isRefusal(result) ? result : roomFault(room, result);
    if (refusal) dropped(values[index]!, refusal);
    else if (!isRefusal(result)) checked.set(result.id, result);
  });
  return checked;
}

/** An event that is here in full, or as its redaction left it. */
function knownPdu(room: Room, id: string): Pdu | undefined {
  const event = room.events.get(id);
  if (!event) return undefined;
  return event.placed || event.redactedBy || hasRightContentHash(event.pdu) ? event.pdu : undefined;
}

/** What is wrong with an event's room; nothing if it is this one. */
export function roomFault(room: Room, { id, pdu }: CheckedPdu): Refusal | undefined {
  const isRoot = pdu.type === "m.room.create" && room.version.roomId === "create-event";
  const roomId = isRoot && pdu.room_id === undefined ? roomIdOfCreate(id) : pdu.room_id;
  return roomId === room.id
    ? undefined
    : { code: "federation/other-room", facts: { event: id, room: room.id } };
}

export function reportDropped(
  server: Server,
  room: string,
  pdu: Json,
  origin: string,
  refusal: Refusal,
): void {
  server.ports.report({ type: "event-dropped", room, pdu, origin, refusal });
}

/**
 * Keeps events without their place in the graph, each judged by the events that it cites. Those that cite what
 * is missing are left out.
 */
export async function keepUnplaced(
  server: Server,
  room: Room,
  checked: ReadonlyMap<string, CheckedPdu>,
  sender: Sender,
  keep: (event: UnplacedEvent) => void = (event) => server.rooms.addUnplaced(room, [event], sender),
): Promise<void> {
  const pdus = new Map([...checked].map(([id, { pdu }]) => [id, pdu]));
  for (const id of topologicalOrder(pdus, "auth_events")) {
    if (room.events.has(id)) continue;
    const event = checked.get(id)!;
    const cited = citedEvents(server, room, event.pdu);
    if (!cited) continue;
    const needsProof = event.pdu.content.third_party_invite !== undefined;
    const facts = needsProof
      ? await judgingFacts(server, room, event)
      : { signedBy: event.signedBy, thirdPartyInviteSigned: false };
    keep({ id, pdu: event.pdu, rejected: refusalByCited(room, event, cited, facts) });
  }
}

/** A list of PDUs in an answer; empty if there is none. */
export function pdusIn(answer: JsonObject, name: string): JsonObject[] {
  const list = answer[name];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** A list of event ids in an answer. */
export function idsIn(answer: JsonObject, name: string): string[] {
  const list = answer[name];
  return Array.isArray(list) ? list.filter((id) => typeof id === "string") : [];
}
