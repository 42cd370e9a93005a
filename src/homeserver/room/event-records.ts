import type { Room } from "./room.ts";
import type { RoomEvent, RoomEventRecord, RoomState, StateChanges } from "./room-event.ts";
import { StateTrie } from "./state-trie.ts";

/** How the journal keeps an event. */
export function recordOf(room: Room, event: RoomEvent): RoomEventRecord {
  const { pdu, stream, historical, rejected, softFailed, transaction, redactedBy, relayed } = event;
  const before = changesSince(parentState(room, pdu.prev_events), event.before);
  const moved = !rejected && !softFailed && !historical;
  const current = moved ? changesSince(event.after, event.current) : undefined;
  const record: RoomEventRecord = { room: room.id, pdu, stream };
  if (historical) record.historical = true;
  if (rejected) record.rejected = rejected;
  if (softFailed) record.softFailed = softFailed;
  if (before) record.before = before;
  if (current) record.current = current;
  if (transaction) record.transaction = transaction;
  if (relayed) record.relayed = true;
  if (redactedBy) record.redactedBy = redactedBy.id;
  return record;
}

/** How the journal keeps an event that has no place in the graph. */
export function unplacedRecord({ roomId, pdu, stream, rejected, redactedBy }: RoomEvent): RoomEventRecord {
  return {
    room: roomId,
    pdu,
    stream,
    placedAt: null,
    ...(rejected && { rejected }),
    ...(redactedBy && { redactedBy: redactedBy.id }),
  };
}

/**
 * What restores some events, in order: all that an event was when it came, and its place in the graph once that
 * became known, can be told from what was there before.
 */
export function restorationOrder(
  records: Iterable<[id: string, record: RoomEventRecord]>,
): { id: string; record: RoomEventRecord; places: boolean }[] {
  const steps: { at: number; id: string; record: RoomEventRecord; places: boolean }[] = [];
  for (const [id, record] of records) {
    const { stream, knownAt = stream, placedAt = stream } = record;
    if (knownAt !== placedAt) steps.push({ at: knownAt, id, record, places: false });
    if (placedAt !== null) steps.push({ at: placedAt, id, record, places: true });
  }
  return steps.sort((a, b) => a.at - b.at);
}

/** Puts an event back into its place in its room's graph. */
export function restoreEvent(room: Room, id: string, record: RoomEventRecord): RoomEvent {
  const { pdu, stream, historical, rejected, softFailed, transaction, relayed, restarts } = record;
  const before = withChanges(room, parentState(room, pdu.prev_events), record.before);
  const current = (after: RoomState) => withChanges(room, after, record.current);
  return room.add(
    { id, pdu, before, historical, rejected, softFailed, transaction, relayed, restarts, current },
    stream,
  );
}

/** The state that an event starts from, if nothing else is said: that after the first parent that has its place. */
function parentState(room: Room, parents: readonly string[]): RoomState {
  const parent = parents.find((id) => room.has(id));
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
