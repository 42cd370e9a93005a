import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { ok } from "../http/answer.ts";
import { integer } from "../http/validate.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

/** Whether anyone may know who is in a room. */
function isOpen(room: Room): boolean {
  const content = (type: string) => room.state(type, "")?.pdu.content;
  return (
    content("m.room.join_rules")?.join_rule === "public" ||
    content("m.room.history_visibility")?.history_visibility === "world_readable"
  );
}

/**
 * Who is visible to a user by the rooms that they share, or that all may look into, each with a member event's content.
 * Only the latter show the user, too.
 */
function visibleUsers(server: Server, userId: string): Map<string, JsonObject> {
  const visible = new Map<string, JsonObject>();
  for (const room of server.rooms.all()) {
    // Who is in a room that everybody here has left is not known any more.
    if (room.members.localJoined.size === 0) continue;
    const open = isOpen(room);
    if (!open && !room.members.joined.has(userId)) continue;
    for (const member of room.members.joined) {
      if ((open || member !== userId) && !visible.has(member))
        visible.set(member, room.members.get(member)!.pdu.content);
    }
  }
  return visible;
}

/**
 * POST /_matrix/client/v3/user_directory/search
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3user_directorysearch
 */
const search = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/user_directory/search",
  body: v.looseObject({
    search_term: v.string(),
    limit: v.optional(v.pipe(integer, v.minValue(0, "zero or more"))),
  }),
  handle({ server, session, body }) {
    const term = body.search_term.toLowerCase();
    const limit = Math.min(body.limit ?? 10, server.settings.limits.pageSize);
    const found: { rank: number; result: JsonObject }[] = [];
    for (const [userId, content] of visibleUsers(server, session.userId)) {
      const { displayname, avatar_url } = server.accounts.isLocal(userId)
        ? server.profiles.get(userId)
        : content;
      const name = typeof displayname === "string" ? displayname : undefined;
      const fields = [userId.toLowerCase(), (name ?? "").toLowerCase()];
      if (!fields.some((field) => field.includes(term))) continue;
      const startsSo = fields.some((field) => field.replace(/^@/, "").startsWith(term.replace(/^@/, "")));
      found.push({
        rank: (startsSo ? 0 : 2) + (name === undefined ? 1 : 0),
        result: {
          user_id: userId,
          ...(name !== undefined && { display_name: name }),
          ...(typeof avatar_url === "string" && { avatar_url }),
        },
      });
    }
    found.sort((a, b) => a.rank - b.rank);
    return ok({ results: found.slice(0, limit).map(({ result }) => result), limited: found.length > limit });
  },
});

export const userDirectoryEndpoints = [search];
