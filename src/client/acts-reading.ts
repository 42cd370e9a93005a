import { NotThere, roomOf, signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";

export async function setTyping(device: DeviceClient, room: string, typing: boolean): Promise<void> {
  const client = signedIn(device);
  await client.sendTyping(roomOf(client, room).roomId, typing, 20_000);
}

export async function markRead(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const read = shown.findEventById(event);
  if (!read) throw new NotThere("event");
  await client.setRoomReadMarkers(shown.roomId, event, read);
}

export async function loadOlder(device: DeviceClient, room: string): Promise<void> {
  const client = signedIn(device);
  await client.scrollback(roomOf(client, room), 30);
}
