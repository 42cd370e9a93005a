import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import { mayTakePart } from "../room/server-acl.ts";
import type { Server } from "../server.ts";

/** A room that this server is in, and in which the other one may take part. */
export function openRoom(server: Server, roomId: string, origin: string): Room | Refusal {
  const room = server.rooms.get(roomId);
  if (!room || room.members.localJoined.size === 0)
    return { code: "federation/unknown-room", facts: { room: roomId } };
  if (!mayTakePart(room, origin)) return { code: "federation/denied-by-acl", facts: { server: origin } };
  return room;
}

/** A room of which this server knows the whole state. */
export function wholeRoom(server: Server, roomId: string, origin: string): Room | Refusal {
  const room = openRoom(server, roomId, origin);
  if (isRefusal(room) || !server.federation.lackingStates.has(room)) return room;
  return { code: "federation/lacking-state", facts: { room: roomId } };
}

/** A room that both servers are in. */
export function roomOfBoth(server: Server, roomId: string, origin: string): Room | Refusal {
  const room = openRoom(server, roomId, origin);
  if (isRefusal(room) || room.members.servers.has(origin)) return room;
  return { code: "federation/not-in-room", facts: { server: origin } };
}
