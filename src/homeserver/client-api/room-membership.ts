import * as v from "valibot";
import { canonicalFault } from "../../protocol/canonical-json.ts";
import { parseUserId } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoom } from "../federation/find-room.ts";
import { whileUnreachable } from "../federation/while-unreachable.ts";
import { type Answer, ok } from "../http/answer.ts";
import { objectWith, reasonText } from "../http/validate.ts";
import {
  changeMembership,
  joinAnyRoom,
  knockAtRoom,
  leaveRoom,
  withoutAuthoriser,
} from "../room/membership.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { inviteFault } from "../users/invite-permission.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

const reasonBody = v.looseObject({ reason: reasonText });
const joinBody = v.looseObject({
  reason: reasonText,
  third_party_signed: v.optional(
    objectWith({
      sender: v.string(),
      mxid: v.string(),
      token: v.string(),
      signatures: v.record(v.string(), v.record(v.string(), v.string())),
    }),
  ),
});
const targetBody = v.looseObject({ user_id: v.string(), reason: reasonText });

/**
 * POST /_matrix/client/v3/join/{roomIdOrAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3joinroomidoralias
 */
const joinByAlias = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/join/{roomIdOrAlias}",
  refusesSuspended: true,
  body: joinBody,
  bodyMayBeEmpty: true,
  handle: ({ server, session, params, body, search }) =>
    join(server, params.roomIdOrAlias, session.userId, body, viaOf(search)),
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/join
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidjoin
 */
const joinById = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/join",
  refusesSuspended: true,
  body: joinBody,
  bodyMayBeEmpty: true,
  handle: ({ server, session, params, body }) => join(server, params.roomId, session.userId, body, []),
});

/** What else a client says goes into the member event, as others have it. */
async function join(
  server: Server,
  name: string,
  userId: string,
  body: v.InferOutput<typeof joinBody>,
  via: readonly string[],
): Promise<Answer | Refusal> {
  const { third_party_signed: _, reason, ...others } = withoutAuthoriser(body as JsonObject);
  const content = { ...others, ...(reason !== undefined && { reason }) };
  const fault = canonicalFault(content);
  if (fault) return fault;
  return whileUnreachable(server, async () => {
    const place = await findRoom(server, name, via);
    if (isRefusal(place)) return place;
    const room = await joinAnyRoom(server, place.roomId, userId, { content, servers: place.servers });
    return isRefusal(room) ? room : ok({ room_id: room.id });
  });
}

/** Servers by which a client thinks that a room can be reached. `server_name` is what `via` was called before. */
function viaOf(search: URLSearchParams): string[] {
  return [...search.getAll("via"), ...search.getAll("server_name")];
}

/**
 * POST /_matrix/client/v3/knock/{roomIdOrAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3knockroomidoralias
 */
const knock = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/knock/{roomIdOrAlias}",
  refusesSuspended: true,
  body: reasonBody,
  bodyMayBeEmpty: true,
  handle: ({ server, session, params, body, search }) =>
    whileUnreachable(server, async () => {
      const place = await findRoom(server, params.roomIdOrAlias, viaOf(search));
      if (isRefusal(place)) return place;
      const { roomId, servers } = place;
      const refusal = await knockAtRoom(server, roomId, session.userId, { reason: body.reason, servers });
      return refusal ?? ok({ room_id: roomId });
    }),
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/invite
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite
 */
const invite = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/invite",
  refusesSuspended: true,
  body: v.looseObject({
    user_id: v.optional(v.string()),
    reason: reasonText,
    medium: v.optional(v.string()),
    address: v.optional(v.string()),
    id_server: v.optional(v.string()),
    id_access_token: v.optional(v.string()),
  }),
  async handle({ server, session, params, body }) {
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    if (body.user_id === undefined) {
      const fields = ["medium", "address", "id_server", "id_access_token"] as const;
      const missing = fields.filter((name) => body[name] === undefined);
      if (missing.length === 0) return { code: "room/no-third-party-invites", facts: {} };
      const name = missing.length === fields.length ? "user_id" : missing.join(", ");
      return { code: "request/missing-param", facts: { name, place: "body" } };
    }
    const target = parseUserId(body.user_id, { historical: true });
    if (isRefusal(target)) return target;
    const blocked = inviteFault(server, target.text);
    if (blocked) return blocked;
    const change = {
      sender: session.userId,
      target: target.text,
      membership: "invite",
      reason: body.reason,
    };
    return done(await whileUnreachable(server, () => changeMembership(server, room, change)));
  },
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/kick
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick
 */
const kick = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/kick",
  body: targetBody,
  handle: ({ server, session, params, body }) =>
    moderate(server, params.roomId, session.userId, body, "leave", (membership) =>
      ["join", "invite", "knock"].includes(membership) ? undefined : "room/target-not-in-room",
    ),
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/ban
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidban
 */
const ban = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/ban",
  body: targetBody,
  handle: ({ server, session, params, body }) =>
    moderate(server, params.roomId, session.userId, body, "ban", () => undefined),
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/unban
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidunban
 */
const unban = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/unban",
  body: targetBody,
  handle: ({ server, session, params, body }) =>
    moderate(server, params.roomId, session.userId, body, "leave", (membership) =>
      membership === "ban" ? undefined : "room/target-not-banned",
    ),
});

/** @param faultOf the refusal code, if the target's membership does not suit the act. */
async function moderate(
  server: Server,
  roomId: string,
  sender: string,
  { user_id, reason }: v.InferOutput<typeof targetBody>,
  membership: "leave" | "ban",
  faultOf: (membership: string) => string | undefined,
): Promise<Answer | Refusal> {
  const room = joinedRoom(server, roomId, sender);
  if (isRefusal(room)) return room;
  const target = parseUserId(user_id, { historical: true });
  if (isRefusal(target)) return target;
  const fault = faultOf(room.members.membership(user_id));
  if (fault !== undefined) return { code: fault, facts: { target: user_id } };
  return done(await changeMembership(server, room, { sender, target: user_id, membership, reason }));
}

/**
 * POST /_matrix/client/v3/rooms/{roomId}/leave
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidleave
 */
const leave = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/leave",
  body: reasonBody,
  bodyMayBeEmpty: true,
  async handle({ server, session, params, body }) {
    const refusal = await leaveRoom(server, params.roomId, session.userId, body.reason);
    return refusal ?? ok({});
  },
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/forget
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidforget
 */
const forget = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/forget",
  handle({ server, session, params }) {
    const { userId } = session;
    const membership = server.rooms.roomsOf(userId).get(params.roomId)?.membership;
    if (membership === undefined) return { code: "room/unknown", facts: { room: params.roomId } };
    if (membership !== "leave" && membership !== "ban") return { code: "room/still-in-room", facts: {} };
    server.rooms.forget(userId, params.roomId);
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/joined_rooms
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3joined_rooms
 */
const joinedRooms = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/joined_rooms",
  handle({ server, session }) {
    const rooms = [...server.rooms.roomsOf(session.userId)];
    const joined = rooms.flatMap(([roomId, { membership }]) => (membership === "join" ? [roomId] : []));
    return ok({ joined_rooms: joined });
  },
});

function done(event: RoomEvent | Refusal): Answer | Refusal {
  return isRefusal(event) ? event : ok({});
}

export const roomMembershipEndpoints = [
  ...[joinByAlias, joinById, knock, invite, kick, ban, unban, leave, forget, joinedRooms],
];
