import * as v from "valibot";
import { parseRoomAlias, parseRoomId } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoom } from "../federation/find-room.ts";
import { ok } from "../http/answer.ts";
import type { Room } from "../room/room.ts";
import { sendEvent } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

/** Whether somebody in the room may say what its addresses are. */
function mayNameRoom(room: Room, userId: string): boolean {
  if (!room.members.joined.has(userId)) return false;
  return room.levels.user(userId) >= room.levels.send("m.room.canonical_alias", true);
}

/**
 * PUT /_matrix/client/v3/directory/room/{roomAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3directoryroomroomalias
 */
const setAlias = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/directory/room/{roomAlias}",
  body: v.looseObject({ room_id: v.string() }),
  handle({ server, session, params: { roomAlias }, body }) {
    const roomId = parseRoomId(body.room_id);
    if (isRefusal(roomId)) return roomId;
    const fault = server.aliases.fault(roomAlias);
    if (fault) return fault.code === "room/alias-in-use" ? { ...fault, code: "room/alias-exists" } : fault;
    const room = server.rooms.get(body.room_id);
    if (!room) return { code: "room/unknown", facts: { room: body.room_id } };
    if (!room.members.joined.has(session.userId)) {
      return { code: "room/not-joined", facts: { room: room.id } };
    }
    server.aliases.set(roomAlias, { room: room.id, creator: session.userId });
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/directory/room/{roomAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3directoryroomroomalias
 */
const getAlias = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/directory/room/{roomAlias}",
  auth: "none",
  async handle({ server, params: { roomAlias } }) {
    const parsed = parseRoomAlias(roomAlias);
    if (isRefusal(parsed)) return parsed;
    const place = await findRoom(server, roomAlias);
    if (isRefusal(place)) return place;
    const isOwn = parsed.server === server.name;
    return ok({ room_id: place.roomId, servers: [...(isOwn ? [server.name] : []), ...place.servers] });
  },
});

/**
 * DELETE /_matrix/client/v3/directory/room/{roomAlias}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3directoryroomroomalias
 */
const deleteAlias = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/directory/room/{roomAlias}",
  async handle({ server, session: { userId }, params: { roomAlias } }) {
    const parsed = parseRoomAlias(roomAlias);
    if (isRefusal(parsed)) return parsed;
    const found = server.aliases.get(roomAlias);
    if (!found) return { code: "room/unknown", facts: { room: roomAlias } };
    const room = server.rooms.get(found.room);
    if (found.creator !== userId && !(room && mayNameRoom(room, userId))) {
      return { code: "request/forbidden", facts: {} };
    }
    server.aliases.delete(roomAlias);
    if (room) await forgetInRoom(server, room, userId, roomAlias);
    return ok({});
  },
});

/** Takes a deleted alias out of what the room says its addresses are, where the user may do that. */
async function forgetInRoom(server: Server, room: Room, userId: string, gone: string): Promise<void> {
  const { alias, alt_aliases, ...rest } = room.state("m.room.canonical_alias")?.pdu.content ?? {};
  const others = Array.isArray(alt_aliases) ? alt_aliases : [];
  if ((alias !== gone && !others.includes(gone)) || !mayNameRoom(room, userId)) return;
  const kept = others.filter((other) => other !== gone);
  await sendEvent(server, room, {
    type: "m.room.canonical_alias",
    sender: userId,
    stateKey: "",
    content: {
      ...rest,
      ...(alias !== undefined && alias !== gone && { alias }),
      ...(kept.length > 0 && { alt_aliases: kept }),
    },
  });
}

function knownRoom(server: Server, roomId: string): Room | Refusal {
  const parsed = parseRoomId(roomId);
  if (isRefusal(parsed)) return parsed;
  return server.rooms.get(roomId) ?? { code: "room/unknown", facts: { room: roomId } };
}

/**
 * GET /_matrix/client/v3/directory/list/room/{roomId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3directorylistroomroomid
 */
const getVisibility = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/directory/list/room/{roomId}",
  auth: "none",
  handle({ server, params }) {
    const room = knownRoom(server, params.roomId);
    if (isRefusal(room)) return room;
    return ok({ visibility: server.aliases.isPublished(room.id) ? "public" : "private" });
  },
});

/**
 * PUT /_matrix/client/v3/directory/list/room/{roomId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3directorylistroomroomid
 */
const setVisibility = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/directory/list/room/{roomId}",
  body: v.looseObject({ visibility: v.optional(v.picklist(["private", "public"]), "public") }),
  bodyMayBeEmpty: true,
  handle({ server, session, params, body }) {
    const room = knownRoom(server, params.roomId);
    if (isRefusal(room)) return room;
    const mayPublish =
      server.settings.publishing === "members"
        ? room.members.joined.has(session.userId)
        : mayNameRoom(room, session.userId);
    if (!mayPublish) return { code: "request/forbidden", facts: {} };
    server.aliases.publish(room.id, body.visibility === "public");
    return ok({});
  },
});

export const roomDirectoryEndpoints = [setAlias, getAlias, deleteAlias, getVisibility, setVisibility];
