import type { MatrixEvent, Room } from "matrix-js-sdk";
import type { ShownEvent } from "./client-fact.ts";
import type { Outbox } from "./outbox.ts";
import { isShown, shownEvent, threadOf } from "./shown-event.ts";

/** The end of what a room is to show: `events` come after the first `from`, which are as they were. */
export type ShownEnd = { from: number; events: ShownEvent[] };

/**
 * What one room's timeline is to show, in order: the SDK's events, then what is on its way. As long as the SDK only
 * adds to the end, only the end is looked at: rooms get long.
 */
export class LiveEvents {
  #outbox: Outbox;
  #cache = new WeakMap<MatrixEvent, ShownEvent>();
  /** Events of the SDK's timeline that were looked at. */
  #known = new WeakSet<MatrixEvent>();
  #isStale = true;
  #count = 0;
  #shownCount = 0;
  #first: MatrixEvent | undefined;
  #last: MatrixEvent | undefined;
  /** How many are shown that the SDK does not have: they were loaded before a restart. */
  #older = 0;

  /** When what is on its way was first shown: the SDK dates it by the machine's clock, not the world's. */
  #written = new WeakMap<MatrixEvent, number>();
  #now: () => number;

  constructor(outbox: Outbox, now: () => number) {
    this.#outbox = outbox;
    this.#now = now;
  }

  /** Something about the event may have changed. */
  touch(event: MatrixEvent): void {
    this.#cache.delete(event);
    if (this.#known.has(event)) this.#isStale = true;
  }

  /** @param shown gives what is shown now */
  read(room: Room, shown: () => readonly ShownEvent[]): ShownEnd {
    const live = room.getLiveTimeline().getEvents();
    const isLonger =
      !this.#isStale &&
      live.length >= this.#count &&
      live[0] === this.#first &&
      live[this.#count - 1] === this.#last;
    const added = isLonger ? live.slice(this.#count) : live;
    for (const event of added) this.#known.add(event);
    const fresh = added.filter(isShown);
    const events = [...fresh, ...room.getPendingEvents().filter(isInRoom)].map((event) => {
      const now = this.#shown(event, room);
      // What was read before a restart stays so while it is opened again.
      return isBeingOpened(now)
        ? (shown().find(({ id, sealed }) => id === now.id && sealed?.open) ?? now)
        : now;
    });
    if (!isLonger) {
      const first = events[0]?.id;
      this.#older =
        first === undefined
          ? 0
          : Math.max(
              0,
              shown().findIndex(({ id }) => id === first),
            );
    }
    const from = this.#older + (isLonger ? this.#shownCount : 0);
    this.#shownCount = (isLonger ? this.#shownCount : 0) + fresh.length;
    this.#count = live.length;
    this.#first = live[0];
    this.#last = live.at(-1);
    // Without any event there is nothing yet that a longer one could begin with.
    this.#isStale = live.length === 0;
    return { from, events };
  }

  #shown(event: MatrixEvent, room: Room): ShownEvent {
    const known = this.#cache.get(event);
    if (known) return known;
    const fresh = shownEvent(event, room, this.#outbox);
    if (event.status !== null) {
      fresh.at = this.#written.get(event) ?? this.#now();
      this.#written.set(event, fresh.at);
    }
    this.#cache.set(event, fresh);
    return fresh;
  }
}

/** Does the room's own timeline show it, not a thread's? */
function isInRoom(event: MatrixEvent): boolean {
  return isShown(event) && threadOf(event) === undefined;
}

/** Sealed, but nobody has tried the keys yet. */
function isBeingOpened({ sealed }: ShownEvent): boolean {
  return sealed !== undefined && !sealed.open && sealed.reason === undefined;
}
