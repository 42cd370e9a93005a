import type { JsonObject } from "../../protocol/json.ts";
import { membershipOf } from "../room/members.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";

/**
 * Tells the servers that share a room with a user of this one what changes about the user's devices and keys.
 * https://spec.matrix.org/v1.19/server-server-api/#device-management
 */
export function publishChanges(server: Server): void {
  const { keys, accounts, rooms } = server;
  keys.lists.onChanged((userId, deviceIds) => {
    if (!accounts.isLocal(userId)) return;
    const servers = serversSharing(server, userId);
    for (const deviceId of deviceIds) {
      const previous = keys.updates.last(userId);
      keys.updates.note(userId, deviceId);
      const content = updateContent(server, userId, deviceId, previous === 0 ? [] : [previous]);
      for (const other of servers) sendUpdate(server, other, content);
      if (content.deleted) keys.updates.forget(userId, deviceId);
    }
    if (deviceIds.length > 0) return;
    const content = signingContent(server, userId);
    for (const other of servers) {
      server.federation.sendEdu(other, { edu_type: "m.signing_key_update", content });
    }
  });
  rooms.onEvent((room, event) => {
    const userId = event.pdu.type === "m.room.member" ? event.pdu.state_key! : undefined;
    if (userId === undefined || !accounts.isLocal(userId) || membershipOf(event) !== "join") return;
    if (room.members.joined.has(userId)) introduce(server, room, event, userId);
  });
}

/** Who comes to a room is made known to those servers in it that did not hear of the user so far. */
function introduce(server: Server, room: Room, event: RoomEvent, userId: string): void {
  const before = event.before.get(`m.room.member\u0000${userId}`);
  if (membershipOf(before) === "join") return;
  const known = serversSharing(server, userId, room);
  for (const other of room.members.servers.keys()) {
    if (other === server.name || known.has(other)) continue;
    for (const deviceId of server.sessions.devicesOf(userId)) {
      sendUpdate(server, other, updateContent(server, userId, deviceId, []));
    }
  }
}

function serversSharing(server: Server, userId: string, except?: Room): Set<string> {
  const servers = new Set<string>();
  for (const room of server.rooms.withMember(userId)) {
    if (room !== except) for (const other of room.members.servers.keys()) servers.add(other);
  }
  servers.delete(server.name);
  return servers;
}

function sendUpdate(server: Server, other: string, content: JsonObject): void {
  server.federation.sendEdu(other, { edu_type: "m.device_list_update", content });
}

/** How a device stands, under the stream id of its last change. */
function updateContent(server: Server, userId: string, deviceId: string, previous: number[]): JsonObject {
  const device = server.sessions.device(userId, deviceId);
  const keys = server.keys.devices.get(userId, deviceId);
  return {
    user_id: userId,
    device_id: deviceId,
    stream_id: server.keys.updates.of(userId, deviceId),
    prev_id: previous,
    ...(!device && { deleted: true }),
    ...(device?.displayName !== undefined && { device_display_name: device.displayName }),
    ...(device && keys && { keys }),
  };
}

function signingContent({ keys }: Server, userId: string): JsonObject {
  const master = keys.crossSigning.get(userId, "master");
  const selfSigning = keys.crossSigning.get(userId, "self_signing");
  return {
    user_id: userId,
    ...(master && { master_key: master }),
    ...(selfSigning && { self_signing_key: selfSigning }),
  };
}
