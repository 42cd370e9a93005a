import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { openRoom } from "./room-of-both.ts";

/** How long somebody elsewhere is taken to type if nothing more is heard, milliseconds. */
const patience = 60_000;

/** https://spec.matrix.org/v1.19/server-server-api/#typing-notifications */
export function receiveTyping(server: Server, origin: string, content: JsonObject): void {
  const { room_id: roomId, user_id: userId, typing } = content;
  if (typeof roomId !== "string" || typeof userId !== "string" || serverOf(userId) !== origin) return;
  const room = openRoom(server, roomId, origin);
  if (isRefusal(room) || !room.members.joined.has(userId)) return;
  if (typing === true) server.typing.start(room, userId, patience);
  else server.typing.stop(room, userId);
}
