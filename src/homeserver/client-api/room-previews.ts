import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { readWholePage } from "../federation/read-whole-page.ts";
import { ok } from "../http/answer.ts";
import { countText } from "../http/validate.ts";
import { membershipOf } from "../room/members.ts";
import { isReadable } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { accountLocked } from "./login.ts";
import { readableRoom } from "./room-access.ts";
import { eventWriter } from "./room-events.ts";
import { parseSyncToken, placeToken, syncToken } from "./tokens.ts";

/**
 * GET /_matrix/client/v3/rooms/{roomId}/initialSync
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidinitialsync
 */
const lookIn = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/initialSync",
  // The definition speaks of a limit and has no parameter for it; clients send this.
  query: v.object({ limit: v.optional(countText, "10") }),
  async handle({ server, session, params: { roomId }, query }) {
    const { userId } = session;
    const reading = readableRoom(server, roomId, userId);
    if (isRefusal(reading)) return reading;
    const { room, state } = reading;
    // Before the messages are read, so that what comes meanwhile is told twice rather than never.
    const end = tokenAt(server.stream.position);
    const limit = Math.min(query.limit, server.settings.limits.pageSize);
    const page = await readWholePage(server, reading, { from: undefined, backwards: true, limit });
    const write = eventWriter(server, session, room);
    const member = room.members.get(userId);
    const membership = member && membershipOf(member);
    const own = server.accountData.changedSince(userId, undefined).filter((datum) => datum.room === roomId);
    return ok({
      room_id: roomId,
      ...(membership !== undefined && tellable.has(membership) && { membership }),
      messages: {
        ...(page.end && { start: placeToken(page.end) }),
        end,
        chunk: page.events.reverse().map(write),
      },
      state: [...state.values()].map(write),
      visibility: server.aliases.isPublished(roomId) ? "public" : "private",
      account_data: own.map(({ type, content }) => ({ type, content })),
    });
  },
});

const tellable: ReadonlySet<string> = new Set(["invite", "join", "leave", "ban"]);

/**
 * GET /_matrix/client/v3/events with `room_id`. Without, it was a way to follow everything and is deprecated.
 * https://spec.matrix.org/v1.19/client-server-api/#peeking_get_matrixclientv3events
 */
const watch = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/events",
  query: v.object({
    room_id: v.string(),
    from: v.optional(v.string()),
    timeout: v.optional(countText, "0"),
  }),
  async handle({ server, session, query, request }) {
    const since = parseSyncToken(query.from ?? tokenAt(server.stream.position));
    if (isRefusal(since)) return since;
    const look = () => newsOf(server, session, query.room_id, since.position);
    let news = look();
    const timeout = Math.min(query.timeout, server.settings.limits.pollTime);
    if (!isRefusal(news) && news.chunk.length === 0 && timeout > 0) {
      const poll = server.notifier.poll(query.room_id, timeout, request.signal);
      try {
        while (!isRefusal(news) && news.chunk.length === 0 && (await poll.next())) news = look();
      } finally {
        poll.end();
      }
      // The session may have ended while the poll was held.
      const still = server.sessions.find(session.token);
      if (isRefusal(still)) return still;
      if (server.accounts.get(session.userId)?.locked) return accountLocked;
    }
    return isRefusal(news) ? news : ok({ start: tokenAt(since.position), ...news });
  },
});

/** What came to a room since, as far as the user may see it. The room may have been closed to the world. */
function newsOf(
  server: Server,
  session: Session,
  roomId: string,
  since: number,
): { chunk: JsonObject[]; end: string } | Refusal {
  const reading = readableRoom(server, roomId, session.userId);
  if (isRefusal(reading)) return reading;
  const { timeline } = reading.room;
  const first = timeline.liveCount(since);
  const came = timeline.live.slice(first, first + server.settings.limits.pageSize);
  const isAll = first + came.length === timeline.live.length;
  return {
    chunk: came.filter((event) => isReadable(reading, event)).map(eventWriter(server, session, reading.room)),
    end: tokenAt(isAll ? server.stream.position : came.at(-1)!.stream),
  };
}

function tokenAt(position: number): string {
  return syncToken({ position, messages: position });
}

export const roomPreviewEndpoints = [lookIn, watch];
