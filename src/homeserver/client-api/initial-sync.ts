import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { readWholePage } from "../federation/read-whole-page.ts";
import { ok } from "../http/answer.ts";
import { booleanText, countText } from "../http/validate.ts";
import { membershipOf } from "../room/members.ts";
import { start as beginning } from "../room/timeline.ts";
import type { Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { ignoredUsers } from "../users/ignored-users.ts";
import { blocksInvites } from "../users/invite-permission.ts";
import { endpoint } from "./endpoint.ts";
import { memberJson } from "./event-stream.ts";
import { readableRoom } from "./room-access.ts";
import { eventWriter } from "./room-events.ts";
import { placeToken, tokenAt } from "./tokens.ts";

/**
 * GET /_matrix/client/v3/rooms/{roomId}/initialSync
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidinitialsync
 */
const ofRoom = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/initialSync",
  // The definition speaks of a limit and has no parameter for it; clients send this.
  query: v.object({ limit: v.optional(countText, "10") }),
  async handle({ server, session, params: { roomId }, query }) {
    const reading = readableRoom(server, roomId, session.userId);
    if (isRefusal(reading)) return reading;
    const info = await roomInfo(server, session, reading, query.limit);
    const isMember = reading.room.members.joined.has(session.userId);
    // The definition does not have it; other servers give it to those who are, or were, in the room.
    const presence = isMember ? presenceIn(server, reading) : [];
    return ok({ ...info, ...(info.membership !== undefined && { presence }) });
  },
});

/**
 * GET /_matrix/client/v3/initialSync, which `/sync` without `since` took the place of.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3initialsync
 */
const ofAll = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/initialSync",
  query: v.object({ limit: v.optional(countText, "10"), archived: v.optional(booleanText) }),
  async handle({ server, session, query }) {
    const { userId } = session;
    // Before anything is read, so that what comes meanwhile is told twice rather than never.
    const end = tokenAt(server.stream.position);
    const ignored = ignoredUsers(server.accountData, userId);
    const withoutInvites = blocksInvites(server.accountData, userId);
    const rooms: JsonObject[] = [];
    for (const [roomId, { membership, event }] of [...server.rooms.roomsOf(userId)]) {
      if (membership === "invite") {
        if (withoutInvites || ignored.has(event.pdu.sender)) continue;
        rooms.push({ room_id: roomId, membership, invite: memberJson(server, session, event) });
      } else if (membership === "join" || (query.archived && membership !== "knock")) {
        const reading = readableRoom(server, roomId, userId);
        if (isRefusal(reading)) continue;
        rooms.push({ membership, ...(await roomInfo(server, session, reading, query.limit)) });
      }
    }
    const own = server.accountData.changedSince(userId, undefined).filter(({ room }) => room === undefined);
    return ok({
      end,
      rooms,
      presence: server.presence.changedSince(userId, undefined),
      account_data: own.map(({ type, content }) => ({ type, content })),
    });
  },
});

/** A room with its state, its last messages, and what the user keeps about it. */
async function roomInfo(
  server: Server,
  session: Session,
  reading: Reading,
  wanted: number,
): Promise<JsonObject> {
  const { room, state } = reading;
  // Before the messages are read, as above.
  const end = tokenAt(server.stream.position);
  const limit = Math.min(wanted, server.settings.limits.pageSize);
  const page = await readWholePage(server, reading, { from: undefined, backwards: true, limit });
  const write = eventWriter(server, session, room);
  const member = room.members.get(session.userId);
  const membership = member && membershipOf(member);
  const own = server.accountData.changedSince(session.userId, undefined);
  return {
    room_id: room.id,
    ...(membership !== undefined && tellable.has(membership) && { membership }),
    messages: {
      start: placeToken(page.end ?? beginning),
      end,
      chunk: page.events.reverse().map(write),
    },
    state: [...state.values()].map(write),
    visibility: server.aliases.isPublished(room.id) ? "public" : "private",
    account_data: own
      .filter((datum) => datum.room === room.id)
      .map(({ type, content }) => ({ type, content })),
  };
}

const tellable: ReadonlySet<string> = new Set(["invite", "join", "leave", "ban"]);

function presenceIn(server: Server, { room }: Reading): JsonObject[] {
  return [...room.members.joined].map((userId) => ({
    type: "m.presence",
    sender: userId,
    content: server.presence.of(userId),
  }));
}

export const initialSyncEndpoints = [ofRoom, ofAll];
