import type { Room } from "./room.ts";
import type { RoomEvent } from "./room-event.ts";

/**
 * The event at a time, or the next one after it, or before it. Clocks of senders differ, so time does not grow with
 * the order of the graph: all are looked at. @param ts milliseconds since 1970.
 */
export function closestEvent(
  room: Room,
  ts: number,
  backwards: boolean,
  test: (event: RoomEvent) => boolean,
): RoomEvent | undefined {
  let closest: RoomEvent | undefined;
  const time = (event: RoomEvent) => event.pdu.origin_server_ts;
  for (const event of room.timeline.ordered) {
    if (backwards ? time(event) > ts : time(event) < ts) continue;
    const isCloser = !closest || (backwards ? time(event) >= time(closest) : time(event) < time(closest));
    if (isCloser && test(event)) closest = event;
  }
  return closest;
}
