import { isRefusal } from "../../protocol/refusal.ts";
import { sendEvent } from "../room/send-event.ts";
import type { Server } from "../server.ts";

/**
 * Brings the user's member events up to date with their profile. A room whose rules refuse that keeps the old
 * ones. https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information
 */
export async function showProfileInRooms(server: Server, userId: string): Promise<void> {
  for (const [roomId, { membership }] of [...server.rooms.roomsOf(userId)]) {
    const room = server.rooms.get(roomId);
    const current = room?.members.get(userId);
    if (membership !== "join" || !room || !current) continue;
    const { displayname, avatar_url, reason, join_authorised_via_users_server, ...rest } =
      current.pdu.content;
    const content = { ...rest, ...server.profiles.memberFields(userId) };
    const sent = await sendEvent(server, room, {
      type: "m.room.member",
      sender: userId,
      stateKey: userId,
      content,
    });
    if (isRefusal(sent)) {
      server.ports.report({
        type: "request-refused",
        method: "PUT",
        path: `profile in ${roomId}`,
        refusal: sent,
      });
    }
  }
}
