import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { findRoom, type RoomPlace } from "../federation/find-room.ts";
import { ok } from "../http/answer.ts";
import { booleanText, countText } from "../http/validate.ts";
import { isDiscoverable, publicSummary } from "../room/public-summary.ts";
import { mayKnowOf, remoteNode } from "../room/space-node.ts";
import { spaceTree } from "../room/space-tree.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/**
 * GET /_matrix/client/v1/room_summary/{roomIdOrAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias
 */
const summary = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/room_summary/{roomIdOrAlias}",
  auth: "optional",
  async handle({ server, session, params, search }) {
    const userId = session?.userId;
    const place = await findRoom(server, params.roomIdOrAlias, search.getAll("via"));
    if (isRefusal(place)) return place;
    const found = await summaryOf(server, place, userId);
    if (!found) return { code: "room/unknown", facts: { room: params.roomIdOrAlias } };
    const membership = userId && (server.rooms.roomsOf(userId).get(place.roomId)?.membership ?? "leave");
    return ok({ ...found, ...(membership !== undefined && { membership }) });
  },
});

/** What a user may know of a room, from here or from a server that is in it. */
async function summaryOf(
  server: Server,
  { roomId, servers }: RoomPlace,
  userId: string | undefined,
): Promise<JsonObject | undefined> {
  const room = server.rooms.get(roomId);
  const isKnown = room && (isDiscoverable(server, room, userId) || (userId && room.members.get(userId)));
  if (isKnown) return publicSummary(room);
  if (room && room.members.localJoined.size > 0) return undefined;
  const told = await server.remoteSpaces.of(server, roomId, servers, false);
  const node = told && remoteNode(told.room, roomId, false);
  return node && mayKnowOf(server, node, userId) ? node.summary : undefined;
}

/** The most rooms in one answer, and how many if nothing else is said. */
const mostRooms = 50;
/** How deep it goes, whatever is asked for. */
const deepest = 10;

/**
 * GET /_matrix/client/v1/rooms/{roomId}/hierarchy
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
 */
const hierarchy = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/rooms/{roomId}/hierarchy",
  query: v.object({
    suggested_only: v.optional(booleanText, "false"),
    limit: v.optional(countText, String(mostRooms)),
    max_depth: v.optional(countText, String(deepest)),
    from: v.optional(v.string()),
  }),
  async handle({ server, session, params, query }) {
    const room = server.rooms.get(params.roomId);
    if (!room || !isDiscoverable(server, room, session.userId)) {
      const joined = joinedRoom(server, params.roomId, session.userId);
      return isRefusal(joined) ? joined : { code: "room/not-joined", facts: { room: params.roomId } };
    }
    const depth = Math.min(query.max_depth, deepest);
    // The token carries what may not change from one page to the next.
    const settings = `${query.suggested_only ? 1 : 0}_${depth}`;
    const match = /^h(\d{1,9})_([01]_\d+)$/.exec(query.from ?? `h0_${settings}`);
    if (!match || match[2] !== settings) {
      return { code: "room/bad-token", facts: { token: query.from ?? "" } };
    }
    const skipped = Number(match[1]);
    const most = Math.max(1, Math.min(query.limit, mostRooms));
    const all = await spaceTree(server, room, session.userId, {
      suggestedOnly: query.suggested_only,
      maxDepth: depth,
      most: skipped + most + 1,
    });
    const rooms = all.slice(skipped, skipped + most);
    const isMore = all.length > skipped + most;
    return ok({ rooms, ...(isMore && { next_batch: `h${skipped + most}_${settings}` }) });
  },
});

export const roomSummaryEndpoints = [summary, hierarchy];
