import type { MatrixClient, Room } from "matrix-js-sdk";
import { isShown } from "./shown-event.ts";

/** A room's timeline that has grown beyond this is cut, so that so many events stay. The homeserver has the rest. */
const most = 1500;
const kept = 1000;

export function isTooLong(room: Room): boolean {
  return room.getLiveTimeline().getEvents().length > most;
}

/**
 * Lets the oldest events of a room's timeline go. They come back as those do that were never there, by loading what is
 * older. Answers with the id of the first event that stays; undefined where nothing was cut.
 */
export async function cutTimeline(client: MatrixClient, room: Room): Promise<string | undefined> {
  const timeline = room.getLiveTimeline();
  const first = timeline.getEvents().slice(-kept).find(isShown)?.getId();
  if (first === undefined) return undefined;
  // Where loading goes on from: https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidcontexteventid
  const { start } = await client.http.authedRequest<{ start?: string }>(
    "GET" as never,
    `/rooms/${encodeURIComponent(room.roomId)}/context/${encodeURIComponent(first)}`,
    { limit: "0" },
  );
  const events = timeline.getEvents();
  const at = events.findIndex((event) => event.getId() === first);
  if (start === undefined || at < 0 || room.getLiveTimeline() !== timeline) return undefined;
  const timelines = room.getUnfilteredTimelineSet();
  for (const event of events.slice(0, at)) timelines.removeEvent(event.getId() ?? "");
  timeline.setPaginationToken(start, "b" as never);
  return first;
}
