import * as v from "valibot";
import { reachableFrom } from "../../protocol/event-graph.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { copyForServer } from "../room/erasure.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import { roomOfBoth } from "./room-of-both.ts";

/**
 * GET /_matrix/federation/v1/state/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1stateroomid
 */
const state = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/state/{roomId}",
  query: v.object({ event_id: v.string() }),
  handle({ server, origin, params, query }) {
    const found = stateBefore(server, params.roomId, query.event_id, origin);
    if (isRefusal(found)) return found;
    const write = (event: RoomEvent) => copyForServer(found.room, origin, event);
    return ok({ pdus: found.state.map(write), auth_chain: found.chain.map(write) });
  },
});

/**
 * GET /_matrix/federation/v1/state_ids/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1state_idsroomid
 */
const stateIds = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/state_ids/{roomId}",
  query: v.object({ event_id: v.string() }),
  handle({ server, origin, params, query }) {
    const found = stateBefore(server, params.roomId, query.event_id, origin);
    if (isRefusal(found)) return found;
    return ok({ pdu_ids: found.state.map(({ id }) => id), auth_chain_ids: found.chain.map(({ id }) => id) });
  },
});

function stateBefore(
  server: Server,
  roomId: string,
  eventId: string,
  origin: string,
): { room: Room; state: RoomEvent[]; chain: RoomEvent[] } | Refusal {
  const room = roomOfBoth(server, roomId, origin);
  if (isRefusal(room)) return room;
  if (server.federation.lackingStates.has(room))
    return { code: "federation/lacking-state", facts: { room: roomId } };
  const event = room.events.get(eventId);
  if (!event?.placed || event.rejected)
    return { code: "federation/unknown-event", facts: { event: eventId } };
  const events = [...event.before.values()];
  return { room, state: events, chain: authChain(room, events) };
}

/** All events that some rely on to be allowed, through each other. */
export function authChain(room: Room, events: Iterable<RoomEvent>): RoomEvent[] {
  const links = { get: (id: string) => room.events.get(id)?.pdu };
  const ids = reachableFrom(
    [...events].map(({ id }) => id),
    "auth_events",
    links,
  );
  return [...ids].flatMap((id) => room.events.get(id) ?? []);
}

/**
 * GET /_matrix/federation/v1/event_auth/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1event_authroomideventid
 */
const eventAuth = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/event_auth/{roomId}/{eventId}",
  handle({ server, origin, params }) {
    const room = roomOfBoth(server, params.roomId, origin);
    if (isRefusal(room)) return room;
    const event = room.events.get(params.eventId);
    if (!event) return { code: "federation/unknown-event", facts: { event: params.eventId } };
    return ok({ auth_chain: authChain(room, [event]).map((each) => copyForServer(room, origin, each)) });
  },
});

export const stateEndpoints = [state, stateIds, eventAuth];
