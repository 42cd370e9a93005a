import { membershipOf } from "../room/members.ts";
import type { Server } from "../server.ts";

/** Drops the copies of device lists of which nobody would tell a change any more. */
export function followRemoteUsers(server: Server): void {
  const { keys, rooms, accounts } = server;
  rooms.onEvent((room, event) => {
    if (event.pdu.type !== "m.room.member" || membershipOf(event) === "join") return;
    const userId = event.pdu.state_key!;
    const isLocal = accounts.isLocal(userId);
    if (isLocal && room.members.localJoined.size > 0) return;
    for (const other of isLocal ? keys.remote.users() : [userId]) {
      if (!keys.remote.has(other) || keys.remote.isFollowed(other)) continue;
      keys.remote.drop(other);
      // Should they meet again before a client asks next, what was changed meanwhile is news.
      keys.lists.changed(other, []);
    }
  });
}
