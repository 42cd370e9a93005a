import { findRoomVersion } from "../../protocol/room-versions.ts";
import {
  type KnownEvents,
  resolveState,
  type StateMap,
  stateKeyOf,
} from "../../protocol/state-resolution.ts";
import type { GraphEvent, GraphRoom } from "./graph-state.ts";

/** One thing that is settled in a room, and the event that settled it. */
export type StateEntry = { type: string; stateKey: string; event: string };

/** Rejected by somebody and accepted by nobody: it changes no state. */
function isRejected(room: GraphRoom, id: string): boolean {
  let rejected = false;
  for (const { events } of room.copies.values()) {
    const verdict = events.get(id)?.verdict;
    if (verdict === "stored" || verdict === "soft-failed") return false;
    rejected ||= verdict === "rejected";
  }
  return rejected;
}

/** Events never change, so a room's states are worked out once for as long as it has the same ones. */
const known = new WeakMap<object, Map<string, StateMap | undefined>>();

/**
 * The room's state before an event, as the protocol has it: the state after the events that it follows, resolved
 * where they differ. Undefined where the past is not here.
 */
export function stateBefore(room: GraphRoom, id: string): StateEntry[] | undefined {
  const states = known.get(room.events) ?? new Map<string, StateMap | undefined>();
  known.set(room.events, states);
  const event = room.events.get(id);
  const state = event && before(room, event, states);
  return state && entriesOf(room, state);
}

function before(
  room: GraphRoom,
  { pdu }: GraphEvent,
  states: Map<string, StateMap | undefined>,
): StateMap | undefined {
  const parents = pdu.prev_events.map((parent) => after(room, parent, states));
  if (parents.includes(undefined)) return undefined;
  const version = findRoomVersion(room.version);
  const events: KnownEvents = {
    get(eventId) {
      const found = room.events.get(eventId);
      return found && { pdu: found.pdu, rejected: isRejected(room, eventId) };
    },
  };
  return version && resolveState(version, parents as StateMap[], events).state;
}

/** Goes back without recursion: a room's past can be longer than a stack. */
function after(
  room: GraphRoom,
  wanted: string,
  states: Map<string, StateMap | undefined>,
): StateMap | undefined {
  const open = [wanted];
  while (open.length > 0) {
    const id = open.at(-1)!;
    const event = room.events.get(id);
    const waits = states.has(id)
      ? []
      : (event?.pdu.prev_events ?? []).filter((parent) => !states.has(parent));
    if (waits.length > 0) {
      open.push(...waits);
      continue;
    }
    open.pop();
    if (states.has(id)) continue;
    const state = event && before(room, event, states);
    states.set(id, state && withEvent(room, state, event));
  }
  return states.get(wanted);
}

function withEvent(room: GraphRoom, state: StateMap, { id, pdu }: GraphEvent): StateMap {
  if (pdu.state_key === undefined || isRejected(room, id)) return state;
  return new Map(state).set(stateKeyOf(pdu.type, pdu.state_key), id);
}

function entriesOf(room: GraphRoom, state: StateMap): StateEntry[] {
  return [...state.values()].map((event) => {
    const { type, state_key: stateKey = "" } = room.events.get(event)!.pdu;
    return { type, stateKey, event };
  });
}
