import type { ClientEvent, MatrixClient, MatrixEvent, Room, RoomEvent } from "matrix-js-sdk";
import { readyToEncrypt } from "./crypto/ready-to-encrypt.ts";
import type { DeviceClient } from "./device-client.ts";
import { shownId } from "./shown-event.ts";

/**
 * What a person does with a client is in the files named acts-TOPIC.ts. Each act resolves when the homeserver has
 * accepted it and throws what the SDK throws; `requestRefusal` says what that means. Here is what they act on.
 */

/** The client has no session, or shows no such room or event. */
export class NotThere extends Error {
  readonly what: "session" | "room" | "event";

  constructor(what: "session" | "room" | "event") {
    super(`There is no ${what}`);
    this.what = what;
  }
}

export function signedIn(device: DeviceClient): MatrixClient {
  if (!device.matrix) throw new NotThere("session");
  return device.matrix;
}

export function roomOf(client: MatrixClient, id: string): Room {
  const room = id.startsWith("#")
    ? client.getRooms().find((candidate) => candidate.getCanonicalAlias() === id)
    : client.getRoom(id);
  if (!room) throw new NotThere("room");
  return room;
}

/** How long a room that was just made or joined may take to come by the sync, in milliseconds of real time. */
const roomPatience = 5000;

/** The room, which the client may learn of only now. */
export async function roomSoon(client: MatrixClient, id: string): Promise<Room> {
  await untilShown(client, id, roomPatience);
  const room = roomOf(client, id);
  await readyToEncrypt(client, room);
  return room;
}

/** Resolves when the client shows the room, or after `patience` milliseconds of real time. */
export async function untilShown(client: MatrixClient, id: string, patience: number): Promise<void> {
  if (client.getRoom(id) || !id.startsWith("!")) return;
  await new Promise<void>((resolve) => {
    const giveUp = setTimeout(() => done(), patience);
    const look = (room: Room): void => {
      if (room.roomId === id) done();
    };
    const done = (): void => {
      clearTimeout(giveUp);
      client.off("Room" as ClientEvent.Room, look);
      resolve();
    };
    client.on("Room" as ClientEvent.Room, look);
  });
}

export function pendingEvent(room: Room, id: string): MatrixEvent {
  const event = room
    .getPendingEvents()
    .find((candidate) => shownId(candidate) === id || candidate.getId() === id);
  if (!event) throw new NotThere("event");
  return event;
}

/** An event that the homeserver has given an id. */
export function eventOf(room: Room, id: string): MatrixEvent {
  const event = id.startsWith("$") ? room.findEventById(id) : undefined;
  if (!event) throw new NotThere("event");
  return event;
}

/**
 * The event. It may take a moment: while the client asks the homeserver for a new thread, and for a message that was
 * just sent, which joins the others by the sync.
 */
export async function eventSoon(room: Room, id: string): Promise<MatrixEvent> {
  const isComing =
    room.getThreads().some(({ initialEventsFetched }) => !initialEventsFetched) ||
    room.getPendingEvents().some((event) => event.getId() === id);
  if (isComing && !room.findEventById(id)) {
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => done(), roomPatience);
      const look = (): void => {
        if (room.findEventById(id)) done();
      };
      const done = (): void => {
        clearTimeout(giveUp);
        room.off("Room.timeline" as RoomEvent.Timeline, look);
        resolve();
      };
      room.on("Room.timeline" as RoomEvent.Timeline, look);
    });
  }
  return eventOf(room, id);
}
