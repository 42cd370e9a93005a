import type { JsonObject } from "../../protocol/json.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { UnreadCount } from "../push/unread.ts";
import { bundledAggregations } from "../room/aggregations.ts";
import { clientEvent, type EventStyle, strippedEvent, strippedState } from "../room/client-event.ts";
import { copyFor } from "../room/erasure.ts";
import { membershipOf } from "../room/members.ts";
import type { Outside } from "../room/outside-memberships.ts";
import { receiptContent } from "../room/receipts.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import type { Membership } from "../room/rooms.ts";
import { formerReading, type Reading } from "../room/visibility.ts";
import { pickFields } from "./event-fields.ts";
import { takesRoom } from "./event-filter.ts";
import { heroesOf, needsHeroes, summaryOf, touchesSummary } from "./room-summary.ts";
import type { SyncRound } from "./sync-request.ts";
import { syncState } from "./sync-state.ts";
import { syncTimeline } from "./sync-timeline.ts";

/** All rooms of a user of which there is something to tell. */
export function syncRooms(round: SyncRound, accountData: ReadonlyMap<string, JsonObject[]>): JsonObject {
  const rooms: Record<"join" | "invite" | "knock" | "leave", JsonObject> = {
    join: {},
    invite: {},
    knock: {},
    leave: {},
  };
  for (const [roomId, membership] of round.server.rooms.roomsOf(round.userId)) {
    if (!takesRoom(round.filter.room, roomId)) continue;
    if (membership.outside) {
      const part = outsidePart(round, membership, membership.outside);
      if (part) rooms[part.place][roomId] = part.json;
      continue;
    }
    const room = round.server.rooms.get(roomId);
    if (!room) continue;
    const part = roomPart(round, room, membership, accountData.get(roomId) ?? []);
    if (part) rooms[part.place][roomId] = part.json;
  }
  const used = Object.entries(rooms).filter(([, part]) => Object.keys(part).length > 0);
  return Object.fromEntries(used);
}

type Part = { place: "join" | "invite" | "knock" | "leave"; json: JsonObject } | undefined;

function roomPart(
  round: SyncRound,
  room: Room,
  { membership, event }: Membership,
  accountData: JsonObject[],
): Part {
  const isNews = round.since === undefined || event.stream > round.since;
  switch (membership) {
    case "join":
      return joinedPart(round, room, event, accountData);
    case "invite":
      if (!isNews || round.blocksInvites || round.ignored.has(event.pdu.sender)) return undefined;
      return { place: "invite", json: { invite_state: { events: strippedFor(room, event) } } };
    case "knock":
      if (!isNews) return undefined;
      return { place: "knock", json: { knock_state: { events: strippedFor(room, event) } } };
    default:
      return leftPart(round, room, event, accountData, isNews);
  }
}

/** Of a room that this server is not in there are only the user's own comings and goings. */
function outsidePart(round: SyncRound, { membership, event }: Membership, outside: Outside): Part {
  if (round.since !== undefined && event.stream <= round.since) return undefined;
  const shown = { events: [...outside.shown, strippedEvent(event)] };
  if (membership === "invite") {
    if (round.blocksInvites || round.ignored.has(event.pdu.sender)) return undefined;
    return { place: "invite", json: { invite_state: shown } };
  }
  if (membership === "knock") return { place: "knock", json: { knock_state: shown } };
  if (round.since === undefined) return undefined;
  const timeline = { events: [outsideEvent(event)], limited: false };
  const state = { [round.stateAfter ?? "state"]: { events: [] } };
  return { place: "leave", json: { timeline, ...state, account_data: { events: [] } } };
}

/** An event of a room that this server is not in, for clients. */
export function outsideEvent({ id, pdu }: RoomEvent): JsonObject {
  const { unsigned: _, signatures: __, hashes: ___, ...rest } = pdu;
  const { auth_events, prev_events, depth, room_id, ...shown } = rest;
  return { ...shown, event_id: id, unsigned: {} };
}

/** With who invites, so that a client has a name to show. */
function strippedFor(room: Room, member: RoomEvent): JsonObject[] {
  const state = member.placed ? member.after : room.current;
  const sender = state.get(stateKeyOf("m.room.member", member.pdu.sender));
  const members = sender && sender !== member ? [sender, member] : [member];
  return [...strippedState(room, state), ...members.map(strippedEvent)];
}

/** Whether a user was in a room at a position, as the client must have seen it then. */
function wasJoined(room: Room, userId: string, position: number): boolean {
  const state = room.timeline.stateAt(position);
  return membershipOf(state?.get(stateKeyOf("m.room.member", userId))) === "join";
}

function joinedPart(round: SyncRound, room: Room, member: RoomEvent, accountData: JsonObject[]): Part {
  const { since, userId, fullState } = round;
  // Who has just come gets the room as if from the start. So does who is in again because branches of the room have met
  // and an earlier join holds once more.
  const isKnown =
    since !== undefined &&
    since >= room.rebuiltAt &&
    (Math.max(member.stream, room.newest) <= since || wasJoined(room, userId, since));
  const base = isKnown ? since : undefined;
  const ephemeral = ephemeralEvents(round, room, base);
  const hasNews = base === undefined || room.newest > base || fullState;
  if (!hasNews && ephemeral.length === 0 && accountData.length === 0) return undefined;
  const span = { base, ...(fullState && { fullState }) };
  const { json, isEmpty, baseState } = timelineAndState(round, { room, userId, state: room.current }, span);
  if (base !== undefined && isEmpty && ephemeral.length === 0 && accountData.length === 0 && !fullState) {
    return undefined;
  }
  const withSummary = touchesSummary(fullState ? undefined : baseState, room.current);
  const { main, threads } = round.server.unread.in(room, userId);
  const byThread = round.filter.room?.timeline?.unread_thread_notifications === true;
  return {
    place: "join",
    json: {
      ...json,
      summary: withSummary ? summaryOf(room, heroesOf(room, userId)) : {},
      ephemeral: { events: ephemeral },
      account_data: { events: accountData },
      unread_notifications: byThread ? { ...main } : total([main, ...threads.values()]),
      ...(byThread && { unread_thread_notifications: Object.fromEntries(threads) }),
    },
  };
}

function total(counts: readonly UnreadCount[]): UnreadCount {
  const all = { notification_count: 0, highlight_count: 0 };
  for (const { notification_count, highlight_count } of counts) {
    all.notification_count += notification_count;
    all.highlight_count += highlight_count;
  }
  return all;
}

function leftPart(
  round: SyncRound,
  room: Room,
  member: RoomEvent,
  accountData: JsonObject[],
  isNews: boolean,
): Part {
  const { since, userId, server } = round;
  // What was left before the client's first sync, or forgotten, is told only to who asks for it.
  const isAskedFor = round.filter.room?.include_leave === true && !server.rooms.hasForgotten(userId, room.id);
  const isKnown = since !== undefined && wasJoined(room, userId, since);
  // Branches of the room have met, and an earlier leave holds once more.
  const isOutAgain = isKnown && !isNews && room.newest > since;
  const tell = since === undefined ? isAskedFor : isNews || isOutAgain || (round.fullState && isAskedFor);
  if (!tell) return undefined;
  const former = formerReading(room, userId);
  const hasCome = since === undefined || (room.lastJoins.get(userId)?.stream ?? 0) > since;
  if (!former || isOutAgain || (!isKnown && !hasCome && !round.fullState)) {
    // Not in the room since then: of a declined invitation, or a ban, there is only this to tell.
    const timeline = { events: [eventJson(round, room, member)], limited: false };
    const state = { [round.stateAfter ?? "state"]: { events: [] } };
    return { place: "leave", json: { timeline, ...state, account_data: { events: [] } } };
  }
  const span = { base: isKnown && !round.fullState ? since : undefined, upTo: member.stream };
  const { json } = timelineAndState(round, former, span);
  return { place: "leave", json: { ...json, account_data: { events: accountData } } };
}

/** @param base the position up to which the client has the room. */
function timelineAndState(
  round: SyncRound,
  reading: Reading,
  {
    base,
    upTo = round.until,
    fullState = false,
  }: { base: number | undefined; upTo?: number; fullState?: boolean },
): { json: JsonObject; isEmpty: boolean; baseState: RoomState | undefined } {
  const { room, userId } = reading;
  const timeline = syncTimeline(round, reading, { base, upTo });
  const baseState = base === undefined ? undefined : room.timeline.stateAt(base);
  const first = timeline.events[0];
  const target = round.stateAfter || !first ? reading.state : first.before;
  const changesNames = touchesSummary(baseState, reading.state);
  const heroes = changesNames && needsHeroes(room) ? heroesOf(room, userId) : [];
  const span = { base: fullState ? undefined : baseState, target };
  const state = syncState(round, room, span, timeline, heroes);
  const style: EventStyle = {
    ...styleFor(round, room),
    aggregate: (event) => bundledAggregations(event, { ...styleFor(round, room) }),
  };
  return {
    json: {
      timeline: {
        events: timeline.events.map((event) => eventJson(round, room, event, style)),
        limited: timeline.limited,
        prev_batch: timeline.prevBatch,
      },
      [round.stateAfter ?? "state"]: { events: state.map((event) => eventJson(round, room, event)) },
    },
    isEmpty: timeline.events.length === 0 && state.length === 0,
    baseState,
  };
}

function styleFor(round: SyncRound, room: Room): EventStyle {
  return { room, viewer: round.session, now: round.now, withoutRoomId: true };
}

function eventJson(
  round: SyncRound,
  room: Room,
  event: RoomEvent,
  style = styleFor(round, room),
): JsonObject {
  if (round.filter.event_format === "federation") return copyFor(room, round.userId, event);
  const json = clientEvent(event, style);
  const fields = round.filter.event_fields;
  return fields ? pickFields(json, fields) : json;
}

/** Typing and receipts, since a position. */
function ephemeralEvents(round: SyncRound, room: Room, base: number | undefined): JsonObject[] {
  if (!takesRoom(round.filter.room?.ephemeral, room.id)) return [];
  const { server, userId, tests } = round;
  const events: (JsonObject & { type: string; content: JsonObject })[] = [];
  const typing = server.typing.changedSince(room.id, base);
  if (typing)
    events.push({
      type: "m.typing",
      content: { user_ids: typing.filter((user) => !round.ignored.has(user)) },
    });
  const receipts = server.receipts
    .changedSince(room.id, userId, base)
    .filter(({ user }) => !round.ignored.has(user));
  if (receipts.length > 0) events.push({ type: "m.receipt", content: receiptContent(receipts) });
  const test = tests.ephemeral;
  return test ? events.filter(test) : events;
}
