import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { ok } from "../http/answer.ts";
import { countText } from "../http/validate.ts";
import { clientEvent } from "../room/client-event.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Membership } from "../room/rooms.ts";
import { formerReading, isReadable, type Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { outsideEvent } from "../sync/sync-rooms.ts";
import { ignoredUsers } from "../users/ignored-users.ts";
import { blocksInvites } from "../users/invite-permission.ts";
import { endpoint } from "./endpoint.ts";
import { accountLocked } from "./login.ts";
import { readableEvent, readableRoom } from "./room-access.ts";
import { eventWriter } from "./room-events.ts";
import { parseSyncToken, tokenAt } from "./tokens.ts";

type News = { chunk: JsonObject[]; end: string };

/**
 * GET /_matrix/client/v3/events, of one room with `room_id`; without, of all the user's rooms, which `/sync` took the
 * place of. https://spec.matrix.org/v1.19/client-server-api/#peeking_get_matrixclientv3events
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3events
 */
const watch = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/events",
  query: v.object({
    room_id: v.optional(v.string()),
    from: v.optional(v.string()),
    timeout: v.optional(countText, "0"),
  }),
  async handle({ server, session, query, request }) {
    const since = parseSyncToken(query.from ?? tokenAt(server.stream.position));
    if (isRefusal(since)) return since;
    const { room_id: roomId } = query;
    const look = () =>
      roomId === undefined
        ? newsForUser(server, session, since.position)
        : newsOfRoom(server, session, roomId, since.position);
    let news = look();
    const timeout = Math.min(query.timeout, server.settings.limits.pollTime);
    if (!isRefusal(news) && news.chunk.length === 0 && timeout > 0) {
      const poll = server.notifier.poll(roomId ?? session.userId, timeout, request.signal);
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
function newsOfRoom(server: Server, session: Session, roomId: string, since: number): News | Refusal {
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

/** What came to the user's rooms since, in the order in which it did. */
function newsForUser(server: Server, session: Session, since: number): News {
  const { userId } = session;
  const ignored = ignoredUsers(server.accountData, userId);
  const withoutInvites = blocksInvites(server.accountData, userId);
  const came: { stream: number; write(): JsonObject }[] = [];
  for (const [roomId, place] of server.rooms.roomsOf(userId)) {
    const { membership, event, outside } = place;
    const room = server.rooms.get(roomId);
    const reading = outside ? undefined : readingAs(server, place, roomId, userId);
    if (room && reading) {
      const write = eventWriter(server, session, room);
      const { live } = room.timeline;
      for (const each of live.slice(room.timeline.liveCount(since))) {
        const isIgnored = each.pdu.state_key === undefined && ignored.has(each.pdu.sender);
        if (!isIgnored && isReadable(reading, each))
          came.push({ stream: each.stream, write: () => write(each) });
      }
    } else if (event.stream > since) {
      if (membership === "invite" && (withoutInvites || ignored.has(event.pdu.sender))) continue;
      came.push({ stream: event.stream, write: () => memberJson(server, session, event) });
    }
  }
  came.sort((a, b) => a.stream - b.stream);
  const page = came.slice(0, server.settings.limits.pageSize);
  return {
    chunk: page.map(({ write }) => write()),
    end: tokenAt(page.length === came.length ? server.stream.position : page.at(-1)!.stream),
  };
}

function readingAs(
  server: Server,
  { membership }: Membership,
  roomId: string,
  userId: string,
): Reading | undefined {
  const room = server.rooms.get(roomId);
  if (!room) return undefined;
  if (membership === "join") return { room, userId, state: room.current };
  return membership === "leave" || membership === "ban" ? formerReading(room, userId) : undefined;
}

/** What became of the user in a room that they are not in. */
export function memberJson(server: Server, session: Session, event: RoomEvent): JsonObject {
  const room = server.rooms.get(event.roomId);
  if (!room) return { ...outsideEvent(event), room_id: event.roomId };
  return clientEvent(event, { room, viewer: session, now: server.ports.clock.now() });
}

/**
 * GET /_matrix/client/v3/events/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3eventseventid
 */
const getOne = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/events/{eventId}",
  handle({ server, session, params: { eventId } }) {
    const room = server.rooms.ofEvent(eventId);
    const found = room && readableEvent(server, room.id, session.userId, eventId);
    // Whether there is such an event is nobody's business.
    if (!found || isRefusal(found)) return { code: "room/event-not-found", facts: { event: eventId } };
    return ok(eventWriter(server, session, found.reading.room)(found.event));
  },
});

export const eventStreamEndpoints = [watch, getOne];
