import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { ok } from "../http/answer.ts";
import { countText } from "../http/validate.ts";
import { notifiedEvent } from "../push/unread.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

/** The events of a user's rooms that came before a position, the newest first. */
function* newestFirst(server: Server, userId: string, before: number): Generator<[Room, RoomEvent]> {
  const places = [...server.rooms.roomsOf(userId)].flatMap(([roomId, { membership }]) => {
    const room = membership === "join" ? server.rooms.get(roomId) : undefined;
    return room ? [{ room, index: room.timeline.liveCount(before - 1) - 1 }] : [];
  });
  for (;;) {
    let newest: (typeof places)[number] | undefined;
    const streamAt = ({ room, index }: (typeof places)[number]) => room.timeline.live[index]?.stream ?? -1;
    for (const place of places) if (!newest || streamAt(place) > streamAt(newest)) newest = place;
    const event = newest?.room.timeline.live[newest.index];
    if (!newest || !event) return;
    newest.index -= 1;
    yield [newest.room, event];
  }
}

/**
 * GET /_matrix/client/v3/notifications
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3notifications
 */
const notifications = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/notifications",
  query: v.object({
    from: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, "a token of this endpoint"))),
    limit: v.optional(countText),
    only: v.optional(v.string()),
  }),
  handle({ server, session: { userId }, query }) {
    const limit = Math.min(query.limit ?? 20, server.settings.limits.pageSize);
    const before = query.from === undefined ? Number.MAX_SAFE_INTEGER : Number(query.from);
    const found: JsonObject[] = [];
    const now = server.ports.clock.now();
    for (const [room, event] of newestFirst(server, userId, before)) {
      if (found.length === limit) return ok({ notifications: found, next_token: String(event.stream + 1) });
      const outcome = server.unread.outcome(room, userId, event);
      if (!outcome?.notify || (query.only === "highlight" && !outcome.highlight)) continue;
      found.push({
        actions: outcome.actions,
        event: notifiedEvent(room, event, userId, now),
        read: server.unread.hasRead(room, userId, event),
        room_id: room.id,
        ts: event.pdu.origin_server_ts,
      });
    }
    return ok({ notifications: found });
  },
});

export const notificationEndpoints = [notifications];
