import { GraphStates } from "../../protocol/graph-states.ts";
import { eventOf, type GraphRoom } from "./graph-state.ts";

/** One thing that is settled in a room, and the event that settled it. */
export type StateEntry = { type: string; stateKey: string; event: string };

/** Rejected by somebody and accepted by nobody: it changes no state. */
export function isRejected(room: GraphRoom, id: string): boolean {
  if (!room.events.get(id)) return room.past.get(id)?.rejected ?? false;
  let rejected = false;
  for (const { events } of room.copies.values()) {
    const verdict = events.get(id)?.verdict;
    if (verdict === "stored" || verdict === "soft-failed") return false;
    rejected ||= verdict === "rejected";
  }
  return rejected;
}

/** Rooms of the fold never change, so their states are worked out once. */
const known = new WeakMap<GraphRoom, GraphStates>();

/**
 * The room's state before an event, as the protocol has it: the state after the events that it follows, resolved
 * where they differ. Undefined where the past is not here.
 */
export function stateBefore(room: GraphRoom, id: string): StateEntry[] | undefined {
  let states = known.get(room);
  if (!states) {
    states = new GraphStates({
      version: room.version,
      pdu: (eventId) => eventOf(room, eventId)?.pdu,
      parents: (eventId) => eventOf(room, eventId)?.follows ?? [],
      rejected: (eventId) => isRejected(room, eventId),
    });
    known.set(room, states);
  }
  const event = eventOf(room, id);
  const state = event && states.between(event.follows);
  if (!state) return undefined;
  return [...state.values()].map((settled) => {
    const { type, state_key: stateKey = "" } = eventOf(room, settled)!.pdu;
    return { type, stateKey, event: settled };
  });
}
