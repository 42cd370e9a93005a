import { eventSoon, roomOf, signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { threadOf } from "./shown-event.ts";

/** So many events come at once when older ones are asked for. */
const olderEvents = 30;

export async function setTyping(device: DeviceClient, room: string, typing: boolean): Promise<void> {
  const client = signedIn(device);
  await client.sendTyping(roomOf(client, room).roomId, typing, 20_000);
}

/** Everything up to the event is read: in its thread, or in the room's own timeline. */
export async function markRead(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const read = await eventSoon(shown, event);
  if (threadOf(read) !== undefined) {
    await client.sendReadReceipt(read);
  } else if (shown.getThreads().length > 0) {
    // The marker takes the receipt along, but for all threads at once: these have not been looked at.
    await client.setRoomReadMarkers(shown.roomId, event);
    await client.sendReadReceipt(read);
  } else await client.setRoomReadMarkers(shown.roomId, event, read);
}

/** Loads what comes before the first event of the room, or of one of its threads. */
export async function loadOlder(device: DeviceClient, room: string, thread?: string): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const timeline = thread === undefined ? undefined : shown.getThread(thread)?.liveTimeline;
  if (timeline) await client.paginateEventTimeline(timeline, { backwards: true, limit: olderEvents });
  else {
    device.holdTimeline(shown.roomId);
    await client.scrollback(shown, olderEvents);
  }
}
