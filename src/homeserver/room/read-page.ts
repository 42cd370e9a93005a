import type { EventTest } from "../sync/event-filter.ts";
import { type Place, placeBefore, placeOf, type RoomEvent } from "./room-event.ts";
import { start as beginning } from "./timeline.ts";
import type { Reading } from "./visibility.ts";
import { isReadable } from "./visibility.ts";

export type PageRequest = {
  /** Absent: from the last event on backwards, or from the first on forwards. */
  from: Place | undefined;
  /** Nothing beyond it. */
  to?: Place | undefined;
  backwards: boolean;
  limit: number;
  test?: EventTest;
};

/** `end` is where to go on; absent when nothing is left. */
export type Page = { events: RoomEvent[]; start: Place; end: Place | undefined };

/** Some of a room's events in the order of its graph, as far as the reader may see them. */
export function readPage(reading: Reading, { from, to, backwards, limit, test }: PageRequest): Page {
  const { timeline } = reading.room;
  const { ordered } = timeline;
  const events: RoomEvent[] = [];
  const wanted = (event: RoomEvent) => (!test || test(event.pdu)) && isReadable(reading, event);
  if (backwards) {
    const start = from ?? endOf(ordered);
    const first = timeline.indexAfter(start);
    const stop = to ? timeline.indexAfter(to) : 0;
    let index = first;
    for (; index > stop && events.length < limit; index--) {
      const event = ordered[index - 1]!;
      if (wanted(event)) events.push(event);
    }
    const end = index === first ? start : placeBefore(ordered[index]!);
    return { events, start, end: index > stop ? end : undefined };
  }
  const start = from ?? beginning;
  const first = timeline.indexAfter(start);
  const stop = to ? timeline.indexAfter(to) : ordered.length;
  let index = first;
  for (; index < stop && events.length < limit; index++) {
    const event = ordered[index]!;
    if (wanted(event)) events.push(event);
  }
  const end = index === first ? start : placeOf(ordered[index - 1]!);
  return { events, start, end: index < stop ? end : undefined };
}

function endOf(ordered: readonly RoomEvent[]): Place {
  const last = ordered.at(-1);
  return last ? placeOf(last) : beginning;
}
