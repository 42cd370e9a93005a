import * as v from "valibot";
import { parseUserId } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { endpoint } from "./endpoint.ts";

/**
 * GET /_matrix/client/v1/mutual_rooms
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mutual_rooms
 */
const mutualRooms = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/mutual_rooms",
  query: v.object({ user_id: v.string(), from: v.optional(v.string()) }),
  handle({ server, session, query: { user_id: other, from } }) {
    const invalid = (name: string, expected: string, found: string): Refusal => ({
      code: "request/invalid-param",
      facts: { name, expected, found },
    });
    if (isRefusal(parseUserId(other, { historical: true })) || other === session.userId) {
      return invalid("user_id", "another user", other);
    }
    const rooms = [...server.rooms.roomsOf(session.userId)].flatMap(([roomId, { membership }]) => {
      const room = membership === "join" ? server.rooms.get(roomId) : undefined;
      return room?.members.joined.has(other) ? [roomId] : [];
    });
    const start = from === undefined ? 0 : rooms.indexOf(from) + 1;
    if (from !== undefined && start === 0) return invalid("from", "a token of this endpoint", from);
    const { pageSize } = server.settings.limits;
    const page = rooms.slice(start, start + pageSize);
    const hasMore = start + page.length < rooms.length;
    return ok({ joined: page, count: rooms.length, ...(hasMore && { next_batch: page.at(-1)! }) });
  },
});

export const mutualRoomsEndpoints = [mutualRooms];
