import type { ClientFact, ShownEvent } from "./client-fact.ts";

type Line = { event: ShownEvent; text: string };

/**
 * What a room's timeline shows, as a list; tells what must change when it is to show another list. A pure
 * difference: whatever way the SDK took from one to the other, the facts lead there.
 */
export class ShownTimeline {
  #room: string;
  #lines: Line[] = [];

  constructor(room: string) {
    this.#room = room;
  }

  get events(): ShownEvent[] {
    return this.#lines.map((line) => line.event);
  }

  get newest(): ShownEvent | undefined {
    return this.#lines.findLast((line) => line.event.type === "m.room.message")?.event;
  }

  /** Takes over what was shown before a restart. */
  restore(events: readonly ShownEvent[]): void {
    this.#lines = events.map((event) => ({ event, text: JSON.stringify(event) }));
  }

  /** Everything goes: a gap came between what was shown and what is. */
  reset(): ClientFact[] {
    if (this.#lines.length === 0) return [];
    this.#lines = [];
    return [{ type: "timeline-reset", room: this.#room }];
  }

  /** Everything before an event goes. */
  cutBefore(first: string): ClientFact[] {
    const at = this.#lines.findIndex(({ event }) => event.id === first);
    if (at <= 0) return [];
    this.#lines = this.#lines.slice(at);
    return [{ type: "timeline-cut", room: this.#room, first }];
  }

  /** The facts that lead from what is shown to these events, after the first `from`, which stay as they are. */
  show(events: readonly ShownEvent[], from = 0): ClientFact[] {
    const facts: ClientFact[] = [];
    const head = from === 0 ? [] : this.#lines.slice(0, from);
    if (from > 0) this.#lines = this.#lines.slice(from);
    this.#takeOwnPlaces(events, facts);
    const wanted = new Set(events.map((event) => event.id));
    this.#dropLines((line) => !wanted.has(line.event.id), facts);

    const first = this.#lines[0]?.event.id;
    // New ones can only come before all that is shown, not between the head and the rest.
    const older = first === undefined || from > 0 ? 0 : events.findIndex((event) => event.id === first);
    let same = 0;
    while (same < this.#lines.length && this.#lines[same]!.event.id === events[older + same]?.id) same++;
    const misplaced = new Set(this.#lines.slice(same).map((line) => line.event.id));
    this.#dropLines((line) => misplaced.has(line.event.id), facts);

    for (let index = 0; index < same; index++) this.#update(index, events[older + index]!, facts);
    for (const event of events.slice(0, older).reverse()) this.#insert(event, "start", facts);
    for (const event of events.slice(older + same)) this.#insert(event, "end", facts);
    if (from > 0) this.#lines = head.concat(this.#lines);
    return facts;
  }

  /** Local echoes that have got their id keep their place. */
  #takeOwnPlaces(events: readonly ShownEvent[], facts: ClientFact[]): void {
    const echoes = this.#lines.flatMap(({ event }, index) =>
      event.id.startsWith("~") && event.transaction !== undefined ? [{ index, event }] : [],
    );
    for (const { index, event } of echoes) {
      const now = events.find(({ id, transaction }) => transaction === event.transaction && id !== event.id);
      if (!now || this.#lines.some((line) => line.event.id === now.id)) continue;
      this.#lines[index] = { event: now, text: JSON.stringify(now) };
      facts.push({ type: "event", room: this.#room, event: now, place: "end", replaces: event.id });
    }
  }

  #dropLines(isDropped: (line: Line) => boolean, facts: ClientFact[]): void {
    this.#lines = this.#lines.filter((line) => {
      if (!isDropped(line)) return true;
      facts.push({ type: "event-gone", room: this.#room, event: line.event.id });
      return false;
    });
  }

  #update(index: number, event: ShownEvent, facts: ClientFact[]): void {
    const line = this.#lines[index]!;
    if (line.event === event) return;
    const text = JSON.stringify(event);
    if (line.text !== text) {
      facts.push({ type: "event", room: this.#room, event, place: "end", replaces: event.id });
    }
    this.#lines[index] = { event, text };
  }

  #insert(event: ShownEvent, place: "start" | "end", facts: ClientFact[]): void {
    const line = { event, text: JSON.stringify(event) };
    if (place === "start") this.#lines.unshift(line);
    else this.#lines.push(line);
    facts.push({ type: "event", room: this.#room, event, place });
  }
}
