import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { placeToken } from "../client-api/tokens.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import { isReadable, type Reading } from "../room/visibility.ts";
import { takesRoom } from "./event-filter.ts";
import type { SyncRound } from "./sync-request.ts";

/** What a sync shows of a room's events. */
export type SyncTimeline = {
  events: RoomEvent[];
  /** Whether there is more between them and what the client has. */
  limited: boolean;
  /** Where paging back goes on. */
  prevBatch: string;
};

const defaultLimit = 10;
/** How many events beyond the limit are looked at, to know whether one of them would have been shown. */
const lookAhead = 100;

/**
 * @param base the position up to which the client has the room; absent: it has nothing of it.
 * @param upTo the position of the last event that is of interest.
 */
export function syncTimeline(
  round: SyncRound,
  reading: Reading,
  { base, upTo }: { base: number | undefined; upTo: number },
): SyncTimeline {
  const { room } = reading;
  const { timeline } = room;
  const filter = round.filter.room?.timeline;
  const limit = Math.min(filter?.limit ?? defaultLimit, round.server.settings.limits.pageSize);
  const end = timeline.liveCount(upTo);
  const begin = base === undefined ? 0 : timeline.liveCount(base);
  const events: RoomEvent[] = [];
  const hidden = new Set<RoomEvent>();
  const taken = takesRoom(filter, room.id);
  let limited = false;
  let first = end;
  for (let index = end - 1; taken && index >= begin; index--) {
    const event = timeline.live[index]!;
    const isFull = events.length - hidden.size >= limit;
    if (isFull && first - index > lookAhead) limited = true;
    else if (isWanted(round, reading, event)) {
      if (isFull) limited = true;
      else {
        events.push(event);
        first = index;
      }
    } else if (!isFull && isLasting(round, reading, event)) {
      if (hidden.size >= limit) limited = true;
      else {
        events.push(event);
        hidden.add(event);
      }
    }
    // What came before it did not come here.
    if (taken && !isFull && follows(room, event)) limited = true;
    if (limited) break;
  }
  // Who has just come and looks through a filter has the room with gaps, and other servers say so in this way.
  const isNew = base === undefined && round.since !== undefined;
  if (isNew && taken && round.tests.timeline && events.length < end) limited = true;
  // Up to the first event that may be seen, all of it is in the state.
  while (hidden.has(events.at(-1)!)) events.pop();
  // Before the whole room there is no state: whoever asks for that of this place means what they were told with it.
  const prevBatch = placeToken(timeline.placeAfterLive(first), first === 0 ? round.until : undefined);
  return { events: events.reverse(), limited, prevBatch };
}

/** Whether an event follows others that are not here. */
function follows(room: Room, { pdu }: RoomEvent): boolean {
  return room.gaps.size > 0 && pdu.prev_events.some((id) => room.gaps.has(id));
}

/**
 * Whether an event may not be seen, but what it has brought about holds now: between events that may be seen, there is no
 * other way to tell of it.
 */
function isLasting(round: SyncRound, { state }: Reading, event: RoomEvent): boolean {
  const { type, state_key: stateKey } = event.pdu;
  if (stateKey === undefined || !event.shown) return false;
  if (round.tests.timeline && !round.tests.timeline(event.pdu)) return false;
  return state.get(stateKeyOf(type, stateKey)) === event;
}

function isWanted(round: SyncRound, reading: Reading, event: RoomEvent): boolean {
  const { pdu } = event;
  if (round.tests.timeline && !round.tests.timeline(pdu)) return false;
  if (pdu.state_key === undefined && round.ignored.has(pdu.sender)) return false;
  return isReadable(reading, event);
}
