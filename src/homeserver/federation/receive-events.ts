import { topologicalOrder } from "../../protocol/event-graph.ts";
import { eventIdOf } from "../../protocol/hashes.ts";
import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { RoomState } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { closeGaps } from "./backfill.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import { fetchCited, fetchGap, fetchStateBefore, missingParents } from "./fetch-missing.ts";
import { checkedPdus, reportDropped, type Sender } from "./incoming-events.ts";
import { missingRefusal, placeEvent } from "./place-event.ts";
import { placeParents } from "./place-parents.ts";

/** What became of events: nothing bad, or why they were refused. Those that were dropped are not among them. */
export type Received = Map<string, Refusal | undefined>;

/**
 * Takes in events that another server sends as news: checks them, finds what is missing before them, and gives
 * each its place in the room's graph. In any order, and however often the same.
 */
export async function receiveEvents(
  server: Server,
  room: Room,
  values: readonly Json[],
  sender: Sender,
): Promise<Received> {
  const { waitingEvents } = server.federation;
  const came = await checkedPdus(server, room, values, sender, (value, refusal) => {
    reportDropped(server, room.id, value, sender.origin, refusal);
    if (refusal.code !== "federation/no-key") return;
    waitingEvents.add(room, eventIdOf(value as Pdu, room.version), value, sender.origin, "key");
  });
  const isNew = [...came].filter(([id]) => !room.has(id));
  if (isNew.length > 0) {
    const gap = await fetchGap(server, room, new Map(isNew), sender);
    await placeEvents(server, room, new Map([...gap, ...isNew]), sender, new Set(gap.keys()));
    // What is still missing has time, and nobody waits for it.
    if (room.gaps.size > 0) void closeGaps(server, room);
  }
  const received: Received = new Map();
  for (const [id, { pdu }] of came) {
    const event = room.events.get(id);
    if (event?.placed) waitingEvents.settle(room, id);
    else waitingEvents.add(room, id, pdu, sender.origin);
    received.set(id, event?.placed ? event.rejected : missingRefusal(id));
  }
  if (isNew.some(([id]) => room.has(id))) await waitingEvents.tryAgain(room);
  return received;
}

/** How often in one go the state before an event is asked for, when it cannot be had. */
const mostFailures = 3;

/**
 * Gives checked events their places, parents first.
 * @param between those that were asked for, and not sent.
 */
export async function placeEvents(
  server: Server,
  room: Room,
  events: ReadonlyMap<string, CheckedPdu>,
  sender: Sender,
  between: ReadonlySet<string> = new Set(),
  options: { historical?: boolean } = {},
): Promise<void> {
  const pdus = new Map([...events].map(([id, { pdu }]) => [id, pdu]));
  let failures = 0;
  for (const id of topologicalOrder(pdus, "prev_events")) {
    const event = events.get(id)!;
    if (room.has(id) || !(await fetchCited(server, room, event, sender))) continue;
    let claimed: RoomState | undefined;
    const isOpen = missingParents(room, event.pdu).length > 0;
    const before = isOpen ? stateOfSibling(server, room, event) : undefined;
    if (isOpen && !before) {
      if (failures >= mostFailures) continue;
      claimed = await fetchStateBefore(server, room, event, sender);
      if (!claimed && !(await placeParents(server, room, event, sender, options))) {
        failures++;
        continue;
      }
    }
    await placeEvent(server, room, event, {
      sender: between.has(id) ? { ...sender, via: "missing" } : sender,
      before,
      claimed,
      ...options,
    });
  }
}

/**
 * The state before an event that follows the same events as one that is here: those may be missing, the state after them
 * is the same. Of many who join at the same time none has to ask for the state before each of the others.
 */
function stateOfSibling(server: Server, room: Room, { pdu }: CheckedPdu): RoomState | undefined {
  // What this server took for that state may still become more.
  if (server.federation.lackingStates.has(room)) return undefined;
  const [missing] = missingParents(room, pdu);
  const parents = new Set(pdu.prev_events);
  const sibling = room.gaps.get(missing!)?.find((event) => isSameSet(parents, event.pdu.prev_events));
  return sibling?.before;
}

function isSameSet(set: ReadonlySet<string>, others: readonly string[]): boolean {
  return new Set(others).size === set.size && others.every((other) => set.has(other));
}
