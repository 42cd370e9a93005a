import type { JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { allowedRooms } from "./membership.ts";
import type { Room } from "./room.ts";
import { visibilityOf } from "./visibility.ts";

/**
 * What a room tells of itself to those outside, in directories, spaces and summaries.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias
 */
export function publicSummary(room: Room): JsonObject {
  const summary: JsonObject = {
    room_id: room.id,
    num_joined_members: room.members.joined.size,
    world_readable: visibilityOf(room.current) === "world_readable",
    guest_can_join: room.stateText("m.room.guest_access", "guest_access") === "can_join",
    join_rule: joinRuleOf(room),
    room_version: room.version.id,
  };
  const texts = {
    name: room.stateText("m.room.name", "name"),
    topic: room.stateText("m.room.topic", "topic"),
    avatar_url: room.stateText("m.room.avatar", "url"),
    canonical_alias: room.stateText("m.room.canonical_alias", "alias"),
    room_type: room.stateText("m.room.create", "type"),
    encryption: room.stateText("m.room.encryption", "algorithm"),
  };
  for (const [name, text] of Object.entries(texts)) if (text) summary[name] = text;
  const allowed = allowedRooms(room);
  if (allowed.length > 0) summary.allowed_room_ids = allowed;
  return summary;
}

export function joinRuleOf(room: Room): string {
  return room.stateText("m.room.join_rules", "join_rule") ?? "invite";
}

/**
 * Whether somebody may know that a room is there: who is in it or may come in, or see it from outside.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
 */
export function isDiscoverable(server: Server, room: Room, userId: string | undefined): boolean {
  if (visibilityOf(room.current) === "world_readable") return true;
  const joinRule = joinRuleOf(room);
  if (joinRule === "public" || room.version.joinRules.knock.includes(joinRule)) return true;
  if (userId === undefined) return false;
  const membership = room.members.membership(userId);
  if (membership === "join" || membership === "invite" || membership === "knock") return true;
  return allowedRooms(room).some((roomId) => server.rooms.get(roomId)?.members.joined.has(userId));
}
