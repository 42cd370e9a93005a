import { isJsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import type { Room } from "./room.ts";

/**
 * Who comes into the successor of a room finds it as they had the old one: its tags, and its push rule.
 * https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-16
 */
export function bringSettings(server: Server, room: Room, userId: string): void {
  const predecessor = room.create.pdu.content.predecessor;
  const oldId = isJsonObject(predecessor) ? predecessor.room_id : undefined;
  const old = typeof oldId === "string" ? server.rooms.get(oldId) : undefined;
  if (!old?.members.get(userId)) return;
  const tags = server.accountData.get(userId, old.id, "m.tag");
  if (tags && !server.accountData.get(userId, room.id, "m.tag")) {
    server.accountData.set(userId, room.id, "m.tag", tags);
  }
  const rules = server.pushRules.rulesOf(userId).room;
  const rule = rules.find(({ rule_id }) => rule_id === old.id);
  if (rule && !rules.some(({ rule_id }) => rule_id === room.id)) {
    server.pushRules.put(userId, "room", { ...rule, rule_id: room.id }, {});
  }
}
