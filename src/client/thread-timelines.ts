import type { MatrixEvent, Room, Thread } from "matrix-js-sdk";
import type { ClientFact, ShownEvent } from "./client-fact.ts";
import type { Outbox } from "./outbox.ts";
import { isShown, shownEvent, threadOf } from "./shown-event.ts";
import { ShownTimeline } from "./shown-timeline.ts";
import { threadBegunBy } from "./thread-summary.ts";

/** What a room's threads show: each has a timeline of its own, whose events say which thread they are in. */
export class ThreadTimelines {
  #room: string;
  #outbox: Outbox;
  #shown = new Map<string, ShownTimeline>();
  /** Root → its thread's summary as it was told. */
  #summaries = new Map<string, string>();
  #cache = new WeakMap<MatrixEvent, ShownEvent>();

  constructor(room: string, outbox: Outbox) {
    this.#room = room;
    this.#outbox = outbox;
  }

  /** Takes over what was shown before a restart. */
  restore(events: readonly ShownEvent[]): void {
    for (const [root, inThread] of Map.groupBy(events, ({ thread }) => thread)) {
      if (root !== undefined) this.#timeline(root).restore(inThread);
    }
  }

  /** Nothing is shown any more. */
  reset(): void {
    this.#shown.clear();
  }

  /** Something about the event may have changed. */
  touch(event: MatrixEvent): void {
    this.#cache.delete(event);
  }

  /** The events that began threads which stand otherwise than at the last call. */
  changedRoots(room: Room): MatrixEvent[] {
    return room.getThreads().flatMap((thread) => {
      const root = room.findEventById(thread.id);
      const summary = root && JSON.stringify(threadBegunBy(root, room));
      if (!root || summary === undefined || this.#summaries.get(thread.id) === summary) return [];
      this.#summaries.set(thread.id, summary);
      return [root];
    });
  }

  /** The facts that lead from what is shown to what the SDK has. */
  show(room: Room): ClientFact[] {
    const pending = Map.groupBy(room.getPendingEvents().filter(isShown), threadOf);
    const roots = new Set([...room.getThreads().map(({ id }) => id), ...this.#shown.keys()]);
    for (const root of pending.keys()) if (root !== undefined) roots.add(root);
    return [...roots].flatMap((root) =>
      this.#showThread(root, room, room.getThread(root), pending.get(root) ?? []),
    );
  }

  #showThread(
    root: string,
    room: Room,
    thread: Thread | null,
    pending: readonly MatrixEvent[],
  ): ClientFact[] {
    const timeline = this.#timeline(root);
    const known = (thread?.events ?? []).filter((event) => event.getId() !== root && isShown(event));
    const events = [...known, ...pending].map((event) => this.#event(event, room));
    // A thread empties its timeline while it asks the server for it: until it is back, nothing goes.
    const isWhole = thread?.initialEventsFetched === true;
    const wanted = isWhole ? events : withShown(timeline.events, events);
    const older = timeline.events.findIndex(({ id }) => id === wanted[0]?.id);
    return timeline.show(wanted, Math.max(0, older));
  }

  #event(event: MatrixEvent, room: Room): ShownEvent {
    const known = this.#cache.get(event);
    if (known) return known;
    const fresh = shownEvent(event, room, this.#outbox);
    this.#cache.set(event, fresh);
    return fresh;
  }

  #timeline(root: string): ShownTimeline {
    const known = this.#shown.get(root);
    if (known) return known;
    const timeline = new ShownTimeline(this.#room);
    this.#shown.set(root, timeline);
    return timeline;
  }
}

/** What is shown, brought up to date, with what is new behind it. */
function withShown(shown: readonly ShownEvent[], events: readonly ShownEvent[]): ShownEvent[] {
  const isSame = (one: ShownEvent, other: ShownEvent): boolean =>
    one.id === other.id || (one.transaction !== undefined && one.transaction === other.transaction);
  const kept = shown.map((event) => events.find((fresh) => isSame(fresh, event)) ?? event);
  return [...kept, ...events.filter((fresh) => !kept.includes(fresh))];
}
