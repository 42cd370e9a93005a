import { recordOf } from "../room/event-records.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomEventRecord, RoomState } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { stateOf } from "./fetch-missing.ts";
import { citedEvents, judge } from "./judge-event.ts";

/** That the state before an event has more in it than was known when the event came. */
export type Completion = { event: string; added: readonly string[] };

/**
 * Judges the events of a room again, in the order in which they came, now that more is known of the state that the
 * room began from here.
 */
export function rejudgeRoom(server: Server, room: Room, completion: Completion): void {
  const records = server.rooms.recordsOf(room);
  const rejudged = server.rooms.plan(room.id, room.version);
  for (const { id, pdu, rejected, stream } of room.events.values()) {
    const { knownAt, placedAt } = records.get(id)!;
    // It was here before its place was known.
    if (knownAt !== undefined || placedAt !== undefined) rejudged.addUnplaced({ id, pdu, rejected }, stream);
  }
  const known = (state: RoomState) => stateOf([...state.values()].map(({ id }) => rejudged.events.get(id)!));
  const added = stateOf(completion.added.map((id) => rejudged.events.get(id)!));
  const start = records.get(completion.event)!;
  const follows = new Set([completion.event]);
  const placed = [...room.events.values()].filter((event) => event.placed);
  for (const event of placed.sort((a, b) => placeTime(records, a) - placeTime(records, b))) {
    const { id, pdu, historical, transaction, relayed } = event;
    if (pdu.prev_events.some((parent) => follows.has(parent))) follows.add(id);
    const parents = pdu.prev_events.filter((parent) => rejudged.has(parent));
    const isWhole =
      parents.length > 0 && parents.length === pdu.prev_events.length && id !== completion.event;
    const before = isWhole
      ? rejudged.stateAfter(parents)
      : follows.has(id)
        ? completed(known(event.before), added)
        : known(event.before);
    const verdict = verdictOn(server, rejudged, event, before);
    const { restarts } = records.get(id)!;
    rejudged.add({ id, pdu, before, ...verdict, historical, transaction, relayed, restarts }, event.stream);
    records.set(id, { ...kept(records.get(id)!), ...recordOf(rejudged, rejudged.events.get(id)!) });
  }
  // They were there before the event that the room begins with, as far as anybody can tell.
  const { knownAt = start.stream } = start;
  completion.added.forEach((id, index) => {
    const record = records.get(id)!;
    records.set(id, { ...record, knownAt: knownAt - 1 + (index + 1) / (completion.added.length + 1) });
  });
  server.rooms.rebuild(room, records);
}

function placeTime(records: ReadonlyMap<string, RoomEventRecord>, { id, stream }: RoomEvent): number {
  return records.get(id)?.placedAt ?? stream;
}

/** What a record says beyond what follows from the event. */
function kept({ knownAt, placedAt, restarts, redactedBy }: RoomEventRecord): Partial<RoomEventRecord> {
  return {
    ...(knownAt !== undefined && { knownAt }),
    ...(placedAt !== undefined && { placedAt }),
    ...(restarts && { restarts }),
    ...(redactedBy !== undefined && { redactedBy }),
  };
}

function completed(state: RoomState, added: RoomState): RoomState {
  let all = state;
  for (const [key, event] of added.entries()) if (!all.get(key)) all = all.with(key, event);
  return all;
}

function verdictOn(server: Server, room: Room, event: RoomEvent, before: RoomState) {
  const { id, pdu, historical, rejected } = event;
  const cited = citedEvents(server, room, pdu);
  if (!cited) return { rejected, softFailed: event.softFailed };
  const signedBy = new Set(Object.keys(pdu.signatures));
  // The one proof that takes time was made when it came, and what came of it is seen in the verdict.
  const facts = { signedBy, thirdPartyInviteSigned: !rejected };
  // Events of this server were made by its rules, and not soft-failed.
  const isNews = !historical && room.extremities.length > 0 && (rejected || event.softFailed);
  return judge(
    room,
    { id, pdu, signedBy },
    { cited, before, ...(isNews && { current: room.current }) },
    facts,
  );
}
