import { parseRoomId } from "../../protocol/identifiers.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { serversFor, serversIn } from "./find-room.ts";
import { checkedPdus, pdusIn, type Sender } from "./incoming-events.ts";
import { placeEvents } from "./place-events.ts";

const perRequest = 100;
const mostServers = 4;
/** https://spec.matrix.org/v1.19/rooms/v12/#event-format allows an event so many parents. */
const mostAtOnce = 20;

/** Events that nobody had who was asked. */
const notHad = new WeakMap<Room, Set<string>>();
const underWay = new WeakMap<Room, Promise<boolean>>();

/** The events that are missing from the graph, and may be had. */
export function openGaps(room: Room): string[] {
  const asked = notHad.get(room);
  return [...room.gaps.keys()].filter((id) => !asked?.has(id));
}

/** Servers that may have more of a room. */
export function serversWith(server: Server, room: Room): string[] {
  const id = parseRoomId(room.id);
  const creator = isRefusal(id) || id.server === undefined ? [] : [id.server];
  return serversFor(server, [...serversIn(room), ...creator]).slice(0, mostServers);
}

/**
 * Fetches history from before the earliest that is here. Those who ask at the same time share one fetch. Returns
 * whether something came. https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1backfillroomid
 */
export function backfill(server: Server, room: Room, from = openGaps(room)): Promise<boolean> {
  const running = underWay.get(room);
  if (running) return running;
  const work = fetchHistory(server, room, from.slice(0, mostAtOnce)).finally(() => underWay.delete(room));
  underWay.set(room, work);
  return work;
}

async function fetchHistory(server: Server, room: Room, from: readonly string[]): Promise<boolean> {
  if (from.length === 0) return false;
  let isAnswered = false;
  for (const origin of serversWith(server, room)) {
    const answer = await server.federation.request(origin, {
      method: "GET",
      path: `/_matrix/federation/v1/backfill/${encodeURIComponent(room.id)}`,
      query: { v: from, limit: perRequest },
    });
    if (isRefusal(answer)) continue;
    isAnswered = true;
    const sender: Sender = { origin, via: "backfill" };
    const events = await checkedPdus(server, room, pdusIn(answer, "pdus"), sender);
    await placeEvents(server, room, events, sender, new Set(), { historical: true });
    if (from.some((id) => room.has(id))) break;
  }
  if (isAnswered) {
    const asked = notHad.get(room) ?? new Set();
    notHad.set(room, asked);
    for (const id of from) if (!room.has(id)) asked.add(id);
  }
  return from.some((id) => room.has(id));
}

/** How often in a row more is asked for to close the gaps of one outage. */
const mostRounds = 50;

/** Fetches what this server has missed since it came to the room. What was before that is history. */
export async function closeGaps(server: Server, room: Room): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const missed = openGaps(room).filter((id) =>
      room.gaps.get(id)!.some(({ pdu }) => pdu.depth - 1 > room.startDepth),
    );
    if (missed.length === 0 || !(await backfill(server, room, missed))) return;
  }
}
