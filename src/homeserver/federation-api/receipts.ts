import { serverOf } from "../../protocol/identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { openRoom } from "./room-of-both.ts";

/** https://spec.matrix.org/v1.19/server-server-api/#receipts */
export function receiveReceipts(server: Server, origin: string, content: JsonObject): void {
  for (const [roomId, byType] of Object.entries(content)) {
    const room = openRoom(server, roomId, origin);
    const byUser = isJsonObject(byType) ? byType["m.read"] : undefined;
    if (isRefusal(room) || !isJsonObject(byUser)) continue;
    for (const [userId, receipt] of Object.entries(byUser)) {
      if (serverOf(userId) === origin && room.members.joined.has(userId))
        receiveOne(server, room, userId, receipt);
    }
  }
}

function receiveOne(server: Server, room: Room, userId: string, receipt: Json): void {
  if (!isJsonObject(receipt) || !isJsonObject(receipt.data) || !Array.isArray(receipt.event_ids)) return;
  const { ts, thread_id: thread } = receipt.data;
  if (typeof ts !== "number" || (thread !== undefined && typeof thread !== "string")) return;
  for (const event of receipt.event_ids) {
    if (typeof event === "string") server.receipts.set(room, userId, { type: "m.read", event, ts, thread });
  }
}
