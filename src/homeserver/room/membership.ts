import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isJsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { serversFor } from "../federation/find-room.ts";
import { inviteRemotely } from "../federation/invite-remotely.ts";
import { joinRemotely } from "../federation/join-remotely.ts";
import { knockRemotely } from "../federation/knock-remotely.ts";
import { leaveRemotely } from "../federation/leave-remotely.ts";
import type { Server } from "../server.ts";
import { bringSettings } from "./bring-settings.ts";
import { membershipOf } from "./members.ts";
import type { Room } from "./room.ts";
import type { RoomEvent } from "./room-event.ts";
import { sendEvent } from "./send-event.ts";

/** A change of somebody's membership, by themselves or by another. */
export type MembershipChange = {
  sender: string;
  target: string;
  membership: string;
  reason?: string | undefined;
  /** More for the content. */
  content?: JsonObject;
};

export function changeMembership(
  server: Server,
  room: Room,
  change: MembershipChange,
): Promise<RoomEvent | Refusal> {
  const { sender, target, membership } = change;
  const draft = { type: "m.room.member", sender, stateKey: target, content: memberContent(server, change) };
  const targetServer = serverOf(target);
  if (membership === "invite" && targetServer !== undefined && targetServer !== server.name) {
    return inviteRemotely(server, room, targetServer, draft);
  }
  return sendEvent(server, room, draft);
}

function memberContent(
  server: Server,
  { target, membership, reason, content }: MembershipChange,
): JsonObject {
  const isAbout = membership === "join" || membership === "invite" || membership === "knock";
  return {
    ...(isAbout && server.profiles.memberFields(target)),
    ...content,
    ...(reason !== undefined && { reason }),
    membership,
  };
}

/** What a client says of a member: who lets somebody in is for servers to find. */
export function withoutAuthoriser(content: JsonObject): JsonObject {
  const { join_authorised_via_users_server: _, ...rest } = content;
  return rest;
}

/** Whether this server has the room as it is now: it is in it, or nobody else is. */
function isAtHome(room: Room | undefined): room is Room {
  return room !== undefined && (room.members.localJoined.size > 0 || room.members.servers.size === 0);
}

/** Knocks at a room, whether this server is in it or not. @param wish.servers others that may be in it. */
export async function knockAtRoom(
  server: Server,
  roomId: string,
  userId: string,
  { reason, servers }: { reason: string | undefined; servers: readonly string[] },
): Promise<Refusal | undefined> {
  const room = server.rooms.get(roomId);
  const change = { sender: userId, target: userId, membership: "knock", reason };
  if (isAtHome(room)) {
    const event = await changeMembership(server, room, change);
    return isRefusal(event) ? event : undefined;
  }
  const others = serversFor(server, servers);
  if (others.length === 0) return { code: "room/unknown", facts: { room: roomId } };
  const { membership: _, ...content } = memberContent(server, change);
  return knockRemotely(server, { roomId, userId, content, servers: others });
}

/** Leaves a room, declines an invite, or takes a knock back. */
export async function leaveRoom(
  server: Server,
  roomId: string,
  userId: string,
  reason: string | undefined,
): Promise<Refusal | undefined> {
  const outside = server.rooms.outside.get(userId, roomId);
  const content = reason === undefined ? {} : { reason };
  if (outside && ["invite", "knock"].includes(membershipOf(outside.event))) {
    return leaveRemotely(server, outside, content);
  }
  const room = server.rooms.get(roomId);
  if (!room) return { code: "room/unknown", facts: { room: roomId } };
  const event = await changeMembership(server, room, {
    sender: userId,
    target: userId,
    membership: "leave",
    reason,
  });
  return isRefusal(event) ? event : undefined;
}

/**
 * Joins a room, whether this server is in it or not.
 * @param wish.servers others that may be in it.
 */
export async function joinAnyRoom(
  server: Server,
  roomId: string,
  userId: string,
  { content = {}, servers }: { content?: JsonObject; servers: readonly string[] },
): Promise<Room | Refusal> {
  await server.federation.joinsSettled(roomId);
  const room = server.rooms.get(roomId);
  const invited = server.rooms.outside.get(userId, roomId)?.outside.servers ?? [];
  const others = serversFor(server, [...invited, ...servers]);
  if (isAtHome(room)) {
    const event = await joinRoom(server, room, userId, { content });
    if (!isRefusal(event)) return room;
    if (!needsOthers.has(event.code) || others.length === 0) return event;
  } else if (others.length === 0) return { code: "room/unknown", facts: { room: roomId } };
  const fields = { ...server.profiles.memberFields(userId), ...content };
  const joined = await joinRemotely(server, { roomId, userId, content: fields, servers: others });
  if (!isRefusal(joined)) bringSettings(server, joined, userId);
  return joined;
}

/** What another server may be able to do though this one is not. */
const needsOthers = new Set(["room/unknown-allowed-room", "room/nobody-can-authorise"]);

/** Joins a room that this server is in. Who is in it already stays as they are. */
export async function joinRoom(
  server: Server,
  room: Room,
  userId: string,
  { content }: { content?: JsonObject } = {},
): Promise<RoomEvent | Refusal> {
  const membership = room.members.membership(userId);
  if (membership === "join") return room.members.get(userId)!;
  const authoriser = membership === "invite" ? undefined : authoriserFor(server, room, userId);
  if (typeof authoriser === "object") return authoriser;
  const event = await changeMembership(server, room, {
    sender: userId,
    target: userId,
    membership: "join",
    content: {
      ...content,
      ...(authoriser !== undefined && { join_authorised_via_users_server: authoriser }),
    },
  });
  if (!isRefusal(event)) bringSettings(server, room, userId);
  return event;
}

/**
 * The user here who lets somebody into a room that asks for membership of another.
 * https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms
 * @returns `undefined` where the room asks for nothing of the kind.
 */
export function authoriserFor(server: Server, room: Room, userId: string): string | Refusal | undefined {
  const joinRule = room.stateText("m.room.join_rules", "join_rule");
  if (joinRule === undefined || !room.version.joinRules.restricted.includes(joinRule)) return undefined;
  if (room.members.membership(userId) === "ban") return undefined;
  // Of a room that everybody here has left, this server has not heard since who is in it.
  const rooms = allowedRooms(room).map((roomId) => server.rooms.get(roomId)?.members);
  const known = rooms.filter((members) => members && members.localJoined.size > 0);
  if (!known.some((members) => members?.joined.has(userId))) {
    const isKnown = known.length === rooms.length;
    return {
      code: isKnown ? "room/not-in-allowed-room" : "room/unknown-allowed-room",
      facts: { room: room.id },
    };
  }
  for (const member of room.members.localJoined) {
    if (room.levels.user(member) >= room.levels.invite) return member;
  }
  return { code: "room/nobody-can-authorise", facts: { room: room.id } };
}

/** The rooms whose members may join this one. */
export function allowedRooms(room: Room): string[] {
  const { join_rule: joinRule, allow } = room.state("m.room.join_rules")?.pdu.content ?? {};
  if (!room.version.joinRules.restricted.includes(String(joinRule)) || !Array.isArray(allow)) return [];
  return allow.flatMap((condition) => {
    if (!isJsonObject(condition) || condition.type !== "m.room_membership") return [];
    return typeof condition.room_id === "string" ? [condition.room_id] : [];
  });
}
