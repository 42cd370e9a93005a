import { serverOf } from "../../protocol/identifiers.ts";
import type { Json } from "../../protocol/json.ts";
import { isJsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import { roomVersions } from "../../protocol/room-versions.ts";
import { membershipOf } from "../room/members.ts";
import type { Server } from "../server.ts";
import { checkPdu } from "./check-pdu.ts";

/**
 * Takes in that an invite was taken back, or a knock refused, in a room that this server is not in. Returns whether
 * the event was that. Only a server by which the user came to have to do with the room is believed, and of an invite
 * only who sent it.
 */
export async function endOutside(
  server: Server,
  roomId: string,
  value: Json,
  origin: string,
): Promise<boolean> {
  if (!isJsonObject(value) || !isJsonObject(value.content) || typeof value.state_key !== "string")
    return false;
  const userId = value.state_key;
  const current = server.rooms.outside.get(userId, roomId);
  if (value.type !== "m.room.member" || !["leave", "ban"].includes(String(value.content.membership)))
    return false;
  if (!current || !["invite", "knock"].includes(membershipOf(current.event))) return false;
  const { outside, event } = current;
  const believed = [...outside.servers, serverOf(event.pdu.sender)];
  if (!believed.includes(origin)) return false;
  const checked = await checkPdu(server.federation.keyring, roomVersions[outside.version], value);
  if (isRefusal(checked) || checked.pdu.room_id !== roomId) return false;
  if (membershipOf(event) === "invite" && checked.pdu.sender !== event.pdu.sender) return false;
  // The end of an earlier one, that comes late: what stands now was made in the knowledge of it.
  const isOlder = checked.pdu.depth < event.pdu.depth || event.pdu.auth_events.includes(checked.id);
  if (isOlder) return true;
  server.rooms.outside.set(roomId, { id: checked.id, pdu: checked.pdu }, outside);
  server.notifier.wake([userId]);
  return true;
}
