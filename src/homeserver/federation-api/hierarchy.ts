import * as v from "valibot";
import { serverOf } from "../../protocol/identifiers.ts";
import { ok } from "../http/answer.ts";
import { booleanText } from "../http/validate.ts";
import { allowedRooms } from "../room/membership.ts";
import { isDiscoverable } from "../room/public-summary.ts";
import type { Room } from "../room/room.ts";
import { localNode, nodeJson } from "../room/space-node.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/** Whether a user of another server could come into a room, or look into it. */
function isOpenTo(server: Server, room: Room, origin: string): boolean {
  if (isDiscoverable(server, room, undefined) || room.members.servers.has(origin)) return true;
  for (const userId of room.members.invited) if (serverOf(userId) === origin) return true;
  return allowedRooms(room).some((roomId) => server.rooms.get(roomId)?.members.servers.has(origin));
}

/**
 * GET /_matrix/federation/v1/hierarchy/{roomId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1hierarchyroomid
 */
const hierarchy = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/hierarchy/{roomId}",
  query: v.object({ suggested_only: v.optional(booleanText, "false") }),
  handle({ server, origin, params: { roomId }, query: { suggested_only: suggestedOnly } }) {
    const room = server.rooms.get(roomId);
    if (!room || room.members.localJoined.size === 0 || !isOpenTo(server, room, origin)) {
      return { code: "room/unknown", facts: { room: roomId } };
    }
    const node = localNode(room, suggestedOnly);
    const known = node.children.flatMap((child) => {
      const childRoom = server.rooms.get(child.roomId);
      return childRoom && childRoom.members.localJoined.size > 0 ? [childRoom] : [];
    });
    const byAccess = Map.groupBy(known, (child) => isOpenTo(server, child, origin));
    return ok({
      room: nodeJson(node),
      children: (byAccess.get(true) ?? []).map((child) => nodeJson(localNode(child, suggestedOnly))),
      inaccessible_children: (byAccess.get(false) ?? []).map(({ id }) => id),
    });
  },
});

export const hierarchyEndpoints = [hierarchy];
