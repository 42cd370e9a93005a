import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { booleanText, countText } from "../http/validate.ts";
import { isDiscoverable, publicSummary } from "../room/public-summary.ts";
import { spaceTree } from "../room/space-tree.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";
import { roomByName } from "./room-membership.ts";

/**
 * GET /_matrix/client/v1/room_summary/{roomIdOrAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias
 */
const summary = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/room_summary/{roomIdOrAlias}",
  auth: "optional",
  handle({ server, session, params }) {
    const room = roomByName(server, params.roomIdOrAlias);
    if (isRefusal(room)) return room;
    const userId = session?.userId;
    if (!isDiscoverable(server, room, userId) && !(userId && room.members.get(userId))) {
      return { code: "room/unknown", facts: { room: params.roomIdOrAlias } };
    }
    return ok({
      ...publicSummary(room),
      ...(userId !== undefined && { membership: room.members.membership(userId) }),
    });
  },
});

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
  handle({ server, session, params, query }) {
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
    const all = spaceTree(server, room, session.userId, {
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
