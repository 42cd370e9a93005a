import type { EventTest } from "../sync/event-filter.ts";
import { type Place, placeBefore, placeOf, type RoomEvent } from "./room-event.ts";
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
    let index = from ? timeline.indexAfter(from) : ordered.length;
    const stop = to ? timeline.indexAfter(to) : 0;
    const start = from ?? endOf(ordered);
    for (; index > stop && events.length < limit; index--) {
      const event = ordered[index - 1]!;
      if (wanted(event)) events.push(event);
    }
    return { events, start, end: index > stop ? placeBefore(ordered[index]!) : undefined };
  }
  let index = from ? timeline.indexAfter(from) : 0;
  const stop = to ? timeline.indexAfter(to) : ordered.length;
  for (; index < stop && events.length < limit; index++) {
    const event = ordered[index]!;
    if (wanted(event)) events.push(event);
  }
  const start = from ?? { depth: 0, stream: 0 };
  return { events, start, end: index < stop ? placeOf(ordered[index - 1]!) : undefined };
}

function endOf(ordered: readonly RoomEvent[]): Place {
  const last = ordered.at(-1);
  return last ? placeOf(last) : { depth: 0, stream: 0 };
}
