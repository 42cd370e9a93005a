import { leaveRoom } from "../room/membership.ts";
import type { Server } from "../server.ts";

/** Ends an account: its sessions, its places in rooms, its way back in. */
export async function deactivate(server: Server, userId: string, erase: boolean): Promise<void> {
  const { password, ...account } = server.accounts.get(userId)!;
  const erasedAt = erase ? { erasedAt: server.stream.position } : {};
  server.accounts.replace(userId, { ...account, deactivated: true, ...erasedAt });
  server.keys.backups.deleteAll(userId);
  server.keys.crossSigning.deleteAll(userId);
  for (const deviceId of server.sessions.devicesOf(userId)) server.sessions.endDevice(userId, deviceId);
  server.pushers.erase(userId);
  for (const [roomId, { membership }] of [...server.rooms.roomsOf(userId)]) {
    if (["join", "invite", "knock"].includes(membership)) await leaveRoom(server, roomId, userId, undefined);
  }
  server.profiles.erase(userId);
  if (erase) server.accountData.erase(userId);
}
