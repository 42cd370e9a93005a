import type { Refusal } from "../../protocol/refusal.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import { isReadable, type Reading, readingOf } from "../room/visibility.ts";
import type { Server } from "../server.ts";

/** A room that the user is in. Whether others exist is nobody's business. */
export function joinedRoom(server: Server, roomId: string, userId: string): Room | Refusal {
  const room = server.rooms.get(roomId);
  if (room?.members.joined.has(userId)) return room;
  return { code: "room/not-joined", facts: { room: roomId } };
}

/** A room that the user is in, was in, or that is open to the world, and as what they read it. */
export function readableRoom(server: Server, roomId: string, userId: string): Reading | Refusal {
  const room = server.rooms.get(roomId);
  const reading = room && readingOf(room, userId, server.rooms.hasForgotten(userId, roomId));
  return reading ?? { code: "room/not-readable", facts: { room: roomId } };
}

/** An event that the user may see. */
export function readableEvent(
  server: Server,
  roomId: string,
  userId: string,
  eventId: string,
): { reading: Reading; event: RoomEvent } | Refusal {
  const notFound: Refusal = { code: "room/event-not-found", facts: { event: eventId } };
  const reading = readableRoom(server, roomId, userId);
  if (isRefusal(reading)) return reading;
  const event = reading.room.events.get(eventId);
  if (!event || !isReadable(reading, event)) return notFound;
  return { reading, event };
}
