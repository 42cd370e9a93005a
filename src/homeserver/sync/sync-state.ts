import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import { StateTrie } from "../room/state-trie.ts";
import { keyOf } from "../store/table.ts";
import { takesRoom } from "./event-filter.ts";
import type { SyncRound } from "./sync-request.ts";
import type { SyncTimeline } from "./sync-timeline.ts";

/** The states that a room's part of an answer is about. */
export type StateSpan = {
  /** What the client has; absent: nothing. */
  base: RoomState | undefined;
  /** Before the timeline's first event, or after its last, as the client wants it. */
  target: RoomState;
};

const memberKeys = stateKeyOf("m.room.member", "");

/** The state events that a client needs, beside the timeline. */
export function syncState(
  round: SyncRound,
  room: Room,
  { base, target }: StateSpan,
  timeline: SyncTimeline,
  heroes: readonly string[],
): RoomEvent[] {
  const filter = round.filter.room?.state;
  if (!takesRoom(filter, room.id)) return [];
  const lazy = filter?.lazy_load_members === true || round.filter.room?.timeline?.lazy_load_members === true;
  const events = new Set<RoomEvent>();
  const inTimeline = round.stateAfter ? none : new Set(timeline.events);
  // A client that has the room has to learn of all members who changed: it may know them from before, and where it takes
  // the state after the timeline it takes none from the timeline.
  const withMembers = !lazy || base !== undefined;
  for (const [key, event] of target.differences(base ?? StateTrie.empty<RoomEvent>())) {
    if (!event || inTimeline.has(event)) continue;
    if (withMembers || !key.startsWith(memberKeys)) events.add(event);
  }
  if (lazy) for (const event of lazyMembers(round, target, timeline, heroes)) events.add(event);
  const test = round.tests.state;
  return [...events].filter((event) => !test || test(event.pdu)).sort((a, b) => a.stream - b.stream);
}

/** The members whom one needs to know to show the timeline, as far as the device does not know them. */
function lazyMembers(
  round: SyncRound,
  target: RoomState,
  timeline: SyncTimeline,
  heroes: readonly string[],
): RoomEvent[] {
  const { knownMembers } = round.server;
  const deviceKey = keyOf(round.userId, round.session.deviceId);
  const redundant = round.filter.room?.state?.include_redundant_members === true;
  const needed = new Set([...timeline.events.map(({ pdu }) => pdu.sender), ...heroes]);
  if (round.since === undefined || round.fullState) needed.add(round.userId);
  const inTimeline = new Set(timeline.events);
  const events: RoomEvent[] = [];
  for (const userId of needed) {
    const event = target.get(`${memberKeys}${userId}`);
    if (!event || (inTimeline.has(event) && !round.stateAfter)) continue;
    if (!redundant && knownMembers.has(deviceKey, event, round.since)) continue;
    events.push(event);
    knownMembers.note(deviceKey, event, round.until);
  }
  for (const event of timeline.events) {
    if (event.pdu.type === "m.room.member") knownMembers.note(deviceKey, event, round.until);
  }
  return events;
}

const none: ReadonlySet<RoomEvent> = new Set();
