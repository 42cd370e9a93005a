import {
  compareTopologically,
  type Place,
  placeBefore,
  placeOf,
  type RoomEvent,
  type RoomState,
} from "./room-event.ts";

/**
 * The events of a room that may be shown, in two orders: as they came here, for `/sync`, and as the graph
 * has them, for all other reading.
 */
export class Timeline {
  /** In the order of the stream, without history that was fetched later. */
  readonly live: RoomEvent[] = [];
  /** In the order of the graph. */
  readonly ordered: RoomEvent[] = [];
  /** For each of {@link live} the last place in the graph up to there. */
  readonly #highest: Place[] = [];

  add(event: RoomEvent): void {
    const place = placeOf(event);
    if (!event.historical) {
      const last = this.#highest.at(-1);
      this.live.push(event);
      this.#highest.push(last && compareTopologically(last, place) > 0 ? last : place);
    }
    const index = this.indexAfter(place);
    if (index === this.ordered.length) this.ordered.push(event);
    else this.ordered.splice(index, 0, event);
  }

  /** How many of {@link ordered} stand at or before a place. */
  indexAfter(place: Place): number {
    const last = this.ordered.at(-1);
    if (!last || compareTopologically(placeOf(last), place) <= 0) return this.ordered.length;
    return firstIndex(this.ordered, (event) => compareTopologically(placeOf(event), place) > 0);
  }

  /** How many of {@link live} came at or before a stream position. */
  liveCount(position: number): number {
    const last = this.live.at(-1);
    if (!last || last.stream <= position) return this.live.length;
    return firstIndex(this.live, (event) => event.stream > position);
  }

  /** The room's state at a stream position, as clients knew it then. */
  stateAt(position: number): RoomState | undefined {
    return this.live[this.liveCount(position) - 1]?.current;
  }

  /**
   * A place behind which nothing stands that came among the first `count`: what goes back from there misses
   * none of them.
   */
  placeAfterLive(count: number): Place {
    if (count > 0) return this.#highest[count - 1]!;
    // History may have been fetched from before the first.
    const [first] = this.live;
    return first ? placeBefore(first) : start;
  }
}

/** Before everything. */
export const start: Place = { depth: 0, stream: 0 };

/** The first index for which the test holds, in a list where it holds from some index on. */
function firstIndex<Item>(list: readonly Item[], test: (item: Item) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
