import { topologicalOrder } from "../../protocol/event-graph.ts";
import type { Room } from "../room/room.ts";
import type { RoomState } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import { fetchCited, fetchStateBefore, missingParents } from "./fetch-missing.ts";
import type { Sender } from "./incoming-events.ts";
import { placeEvent } from "./place-event.ts";
import { placeParents } from "./place-parents.ts";

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
