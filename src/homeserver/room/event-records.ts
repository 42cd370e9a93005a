import type { Room } from "./room.ts";
import type { RoomEvent, RoomEventRecord, RoomState, StateChanges } from "./room-event.ts";
import { StateTrie } from "./state-trie.ts";

/** How the journal keeps an event. */
export function recordOf(room: Room, event: RoomEvent): RoomEventRecord {
  const { pdu, stream, historical, rejected, softFailed, transaction, redactedBy } = event;
  const before = changesSince(parentState(room, pdu.prev_events), event.before);
  const moved = !rejected && !softFailed && !historical;
  const current = moved ? changesSince(event.after, event.current) : undefined;
  return {
    room: room.id,
    pdu,
    stream,
    ...(historical && { historical }),
    ...(rejected && { rejected }),
    ...(softFailed && { softFailed }),
    ...(before && { before }),
    ...(current && { current }),
    ...(transaction && { transaction }),
    ...(redactedBy && { redactedBy: redactedBy.id }),
  };
}

/** Puts an event back into its room, after all those that came before it. */
export function restoreEvent(room: Room, id: string, record: RoomEventRecord): RoomEvent {
  const { pdu, stream, historical, rejected, softFailed, transaction } = record;
  const before = withChanges(room, parentState(room, pdu.prev_events), record.before);
  const current = (after: RoomState) => withChanges(room, after, record.current);
  return room.add({ id, pdu, before, historical, rejected, softFailed, transaction, current }, stream);
}

/** The state that an event starts from, if nothing else is said: that after the first parent that is here. */
function parentState(room: Room, parents: readonly string[]): RoomState {
  const parent = parents.find((id) => room.events.has(id));
  return parent === undefined ? StateTrie.empty() : room.events.get(parent)!.after;
}

function changesSince(base: RoomState, state: RoomState): StateChanges | undefined {
  if (base === state) return undefined;
  const changes: StateChanges = {};
  for (const [key, now] of state.differences(base)) changes[key] = now?.id ?? null;
  return Object.keys(changes).length > 0 ? changes : undefined;
}

function withChanges(room: Room, base: RoomState, changes: StateChanges | undefined): RoomState {
  let state = base;
  for (const [key, id] of Object.entries(changes ?? {})) {
    if (id === null) state = state.without(key);
    else state = state.with(key, room.events.get(id)!);
  }
  return state;
}
