import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Session } from "../accounts/sessions.ts";
import { fetchClosest } from "../federation/fetch-closest.ts";
import { readWholePage } from "../federation/read-whole-page.ts";
import { ok } from "../http/answer.ts";
import { countText, integerText } from "../http/validate.ts";
import { bundledAggregations } from "../room/aggregations.ts";
import { clientEvent } from "../room/client-event.ts";
import { closestEvent } from "../room/closest-event.ts";
import { readPage } from "../room/read-page.ts";
import type { Room } from "../room/room.ts";
import { type Place, placeBefore, placeOf, type RoomEvent, type RoomState } from "../room/room-event.ts";
import { isReadable } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { type EventTest, eventTest, type RoomEventFilter } from "../sync/event-filter.ts";
import { ignoredUsers } from "../users/ignored-users.ts";
import { endpoint } from "./endpoint.ts";
import { pageFilter } from "./filter.ts";
import { readableEvent, readableRoom } from "./room-access.ts";
import { parseToken, placeToken } from "./tokens.ts";

/**
 * GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomideventeventid
 */
const getEvent = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/event/{eventId}",
  handle({ server, session, params }) {
    const found = readableEvent(server, params.roomId, session.userId, params.eventId);
    // Whether there is a room at all is no more to be learned than whether there is an event.
    if (isRefusal(found)) return { code: "room/event-not-found", facts: { event: params.eventId } };
    return ok(eventWriter(server, session, found.reading.room)(found.event));
  },
});

/** Writes events with what is told of those that relate to them. */
export function eventWriter(server: Server, session: Session, room: Room): (event: RoomEvent) => JsonObject {
  const style = { room, viewer: session, now: server.ports.clock.now() };
  const aggregate = (event: RoomEvent) => bundledAggregations(event, style);
  return (event) => clientEvent(event, { ...style, aggregate });
}

/**
 * GET /_matrix/client/v3/rooms/{roomId}/messages
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages
 */
const messages = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/messages",
  query: v.object({
    from: v.optional(v.string()),
    to: v.optional(v.string()),
    dir: v.optional(v.picklist(["b", "f"])),
    limit: v.optional(countText, "10"),
    filter: v.optional(v.string()),
  }),
  async handle({ server, session, params, query }) {
    const reading = readableRoom(server, params.roomId, session.userId);
    if (isRefusal(reading)) return reading;
    if (query.dir === undefined) {
      return { code: "request/missing-param", facts: { name: "dir", place: "query" } };
    }
    const { room } = reading;
    const filter = pageFilter(query.filter);
    if (isRefusal(filter)) return filter;
    const [from, to] = [query.from, query.to].map((token) =>
      token === undefined ? undefined : parseToken(room, token),
    );
    if (isRefusal(from)) return from;
    if (isRefusal(to)) return to;
    const page = await readWholePage(server, reading, {
      from: from?.place,
      to: to?.place,
      backwards: query.dir === "b",
      limit: Math.min(query.limit, filter.limit ?? query.limit, server.settings.limits.pageSize),
      test: pageTest(server, session.userId, filter),
    });
    const state = filter.lazy_load_members ? membersOf(page.events, reading.state) : [];
    const write = eventWriter(server, session, room);
    return ok({
      start: query.from ?? placeToken(page.start),
      ...(page.end && { end: placeToken(page.end) }),
      chunk: page.events.map(write),
      ...(state.length > 0 && { state: state.map(write) }),
    });
  },
});

/** The filter, and that nothing comes of those whom the user ignores. */
function pageTest(server: Server, userId: string, filter: RoomEventFilter): EventTest {
  const test = eventTest(filter);
  const ignored = ignoredUsers(server.accountData, userId);
  if (ignored.size === 0) return test;
  return (event) => {
    const isIgnored = !("state_key" in event) && event.sender !== undefined && ignored.has(event.sender);
    return !isIgnored && (!test || test(event));
  };
}

/** The member events of those who sent some events. */
function membersOf(events: readonly RoomEvent[], state: RoomState): RoomEvent[] {
  const senders = new Set(events.map(({ pdu }) => pdu.sender));
  return [...senders].flatMap((sender) => state.get(stateKeyOf("m.room.member", sender)) ?? []);
}

/**
 * GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidcontexteventid
 */
const context = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/context/{eventId}",
  query: v.object({ limit: v.optional(countText, "10"), filter: v.optional(v.string()) }),
  handle({ server, session, params, query }) {
    const found = readableEvent(server, params.roomId, session.userId, params.eventId);
    if (isRefusal(found)) return found;
    const { reading, event } = found;
    const filter = pageFilter(query.filter);
    if (isRefusal(filter)) return filter;
    const limit = Math.min(query.limit, server.settings.limits.pageSize);
    const test = pageTest(server, session.userId, filter);
    const page = (from: Place, backwards: boolean, count: number) =>
      readPage(reading, { from, backwards, limit: count, test });
    // After may give what before has not used of its half.
    const before = page(placeBefore(event), true, Math.ceil(limit / 2));
    const after = page(placeOf(event), false, limit - before.events.length);
    const last = after.events.at(-1) ?? event;
    const write = eventWriter(server, session, reading.room);
    const all = [...before.events, event, ...after.events];
    return ok({
      event: write(event),
      events_before: before.events.map(write),
      events_after: after.events.map(write),
      start: placeToken(placeBefore(before.events.at(-1) ?? event)),
      end: placeToken(placeOf(last)),
      state: stateFor(all, last.after, filter, test).map(write),
    });
  },
});

function stateFor(
  events: readonly RoomEvent[],
  state: RoomState,
  filter: RoomEventFilter,
  test: EventTest,
): RoomEvent[] {
  const needed = new Set(filter.lazy_load_members ? membersOf(events, state) : []);
  const isWanted = (event: RoomEvent) =>
    !filter.lazy_load_members || event.pdu.type !== "m.room.member" || needed.has(event);
  return [...state.values()]
    .filter((event) => isWanted(event) && (!test || test(event.pdu)))
    .sort((a, b) => a.stream - b.stream);
}

/**
 * GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event
 */
const timestampToEvent = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/rooms/{roomId}/timestamp_to_event",
  query: v.object({ ts: integerText, dir: v.picklist(["f", "b"]) }),
  async handle({ server, session, params, query }) {
    const reading = readableRoom(server, params.roomId, session.userId);
    if (isRefusal(reading)) return reading;
    const backwards = query.dir === "b";
    if (reading.room.gaps.size > 0) await fetchClosest(server, reading.room, query.ts, backwards);
    const event = closestEvent(reading.room, query.ts, backwards, (each) => isReadable(reading, each));
    if (!event) return { code: "room/event-not-found", facts: { ts: query.ts } };
    return ok({ event_id: event.id, origin_server_ts: event.pdu.origin_server_ts });
  },
});

export const roomEventsEndpoints = [getEvent, messages, context, timestampToEvent];
