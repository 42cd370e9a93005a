import * as v from "valibot";
import { newestFirst } from "../../protocol/event-graph.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { countText, integer, integerText } from "../http/validate.ts";
import { closestEvent } from "../room/closest-event.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import { roomOfBoth } from "./room-of-both.ts";
import { mayHave, pduFor } from "./server-visibility.ts";

const mostEvents = 100;

/**
 * GET /_matrix/federation/v1/backfill/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1backfillroomid
 */
const backfill = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/backfill/{roomId}",
  query: v.object({ limit: countText, v: v.string() }),
  handle({ server, origin, params, query, search }) {
    const room = roomOfBoth(server, params.roomId, origin);
    if (isRefusal(room)) return room;
    const limit = Math.min(query.limit, mostEvents);
    const from = search.getAll("v").slice(0, mostEvents);
    return ok(transaction(server, eventsBack(room, from, limit), room, origin));
  },
});

/** Good events from some on backwards, these included. */
function eventsBack(room: Room, from: readonly string[], limit: number): RoomEvent[] {
  const found: RoomEvent[] = [];
  for (const id of newestFirst(from, placedEvents(room))) {
    if (found.length >= limit) break;
    const event = room.events.get(id)!;
    if (!event.rejected) found.push(event);
  }
  return found;
}

/** The room's graph, without what has no place in it. */
export function placedEvents(room: Room) {
  return { get: (id: string) => (room.has(id) ? room.events.get(id)!.pdu : undefined) };
}

function transaction(server: Server, events: readonly RoomEvent[], room: Room, origin: string) {
  return {
    origin: server.name,
    origin_server_ts: server.ports.clock.now(),
    pdus: events.map((event) => pduFor(room, event, origin)),
  };
}

/**
 * POST /_matrix/federation/v1/get_missing_events/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#post_matrixfederationv1get_missing_eventsroomid
 */
const missingEvents = federationEndpoint({
  method: "POST",
  path: "/_matrix/federation/v1/get_missing_events/{roomId}",
  body: v.looseObject({
    earliest_events: v.array(v.string()),
    latest_events: v.array(v.string()),
    limit: v.optional(integer, 10),
    min_depth: v.optional(integer, 0),
  }),
  handle({ server, origin, params, body }) {
    const room = roomOfBoth(server, params.roomId, origin);
    if (isRefusal(room)) return room;
    const earliest = new Set(body.earliest_events);
    const latest = new Set(body.latest_events);
    const stop = (id: string) => earliest.has(id) || room.events.get(id)!.pdu.depth < body.min_depth;
    const limit = Math.min(Math.max(0, body.limit), mostEvents);
    const found: RoomEvent[] = [];
    for (const id of newestFirst(latest, placedEvents(room), (each) => !latest.has(each) && stop(each))) {
      if (found.length >= limit) break;
      const event = room.events.get(id)!;
      if (!latest.has(id) && !event.rejected) found.push(event);
    }
    return ok({ events: found.reverse().map((event) => pduFor(room, event, origin)) });
  },
});

/**
 * GET /_matrix/federation/v1/event/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1eventeventid
 */
const singleEvent = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/event/{eventId}",
  handle({ server, origin, params: { eventId } }) {
    const known = server.rooms.ofEvent(eventId);
    const room = known && roomOfBoth(server, known.id, origin);
    if (isRefusal(room)) return room;
    const event = room?.events.get(eventId);
    if (!room || !event || event.rejected)
      return { code: "federation/unknown-event", facts: { event: eventId } };
    return ok(transaction(server, [event], room, origin));
  },
});

/**
 * GET /_matrix/federation/v1/timestamp_to_event/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1timestamp_to_eventroomid
 */
const timestampToEvent = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/timestamp_to_event/{roomId}",
  query: v.object({ ts: integerText, dir: v.picklist(["f", "b"]) }),
  handle({ server, origin, params, query }) {
    const room = roomOfBoth(server, params.roomId, origin);
    if (isRefusal(room)) return room;
    const event = closestEvent(room, query.ts, query.dir === "b", (each) => mayHave(each, origin));
    if (!event) return { code: "room/event-not-found", facts: { ts: query.ts } };
    return ok({ event_id: event.id, origin_server_ts: event.pdu.origin_server_ts });
  },
});

export const historyEndpoints = [backfill, missingEvents, singleEvent, timestampToEvent];
