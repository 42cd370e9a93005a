import TinyQueue from "tinyqueue";
import { compareCodePoints } from "./canonical-json.ts";
import type { Pdu } from "./pdu.ts";

/** Where events are found by their ids; a Map does. */
export interface EventsById {
  get(eventId: string): GraphEvent | undefined;
}

/** As much of an event as the graph needs. */
export type GraphEvent = Pick<Pdu, "prev_events" | "auth_events" | "depth" | "origin_server_ts">;

/** Which of an event's links are followed: to what came before, or to what allows it. */
export type Links = "prev_events" | "auth_events";

/** Depth cannot be more: it has to be an integer of canonical JSON. */
export const deepest = Number.MAX_SAFE_INTEGER;

/** The depth of an event with these parents. https://spec.matrix.org/v1.19/rooms/v12/#event-format */
export function depthAfter(parents: Iterable<Pick<GraphEvent, "depth">>): number {
  let depth = 0;
  for (const parent of parents) depth = Math.max(depth, parent.depth);
  return Math.min(depth + 1, deepest);
}

/**
 * The events without a child, after one more has been accepted (rejected and soft-failed events change
 * nothing). https://spec.matrix.org/v1.19/server-server-api/#pdus
 * @param hasChild whether an accepted child of the event came earlier than the event.
 */
export function forwardExtremitiesAfter(
  before: readonly string[],
  eventId: string,
  event: Pick<GraphEvent, "prev_events">,
  hasChild = false,
): string[] {
  const still = before.filter((id) => id !== eventId && !event.prev_events.includes(id));
  return hasChild ? still : [...still, eventId];
}

/** The ids that an event links to and that are not there, each once. */
export function missingEvents(event: Pick<GraphEvent, Links>, links: Links, events: EventsById): string[] {
  return [...new Set(event[links])].filter((id) => events.get(id) === undefined);
}

/**
 * All events that can be reached from some, without those themselves unless a link leads to them: by
 * `auth_events` that is the auth chain. Ids of missing events are among them; their links are unknown.
 */
export function reachableFrom(eventIds: Iterable<string>, links: Links, events: EventsById): Set<string> {
  const reached = new Set<string>();
  const open = [...eventIds];
  const seen = new Set(open);
  while (open.length > 0) {
    for (const id of events.get(open.pop()!)?.[links] ?? []) {
      reached.add(id);
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(id);
    }
  }
  return reached;
}

/** Whether one event is among those that came before another. */
export function cameBefore(earlierId: string, laterId: string, events: EventsById): boolean {
  return reachableFrom([laterId], "prev_events", events).has(earlierId);
}

/**
 * Goes back in history from some events on, these included: always to the deepest event that is left, and of
 * these to the latest. Missing events, and those for which `stop` holds, end their branch.
 */
export function* newestFirst(
  eventIds: Iterable<string>,
  events: EventsById,
  stop: (eventId: string) => boolean = () => false,
): Generator<string> {
  const queue = new TinyQueue<{ id: string; event: GraphEvent }>([], compareNewestFirst);
  const seen = new Set<string>();
  const enqueue = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    const event = events.get(id);
    if (event && !stop(id)) queue.push({ id, event });
  };
  for (const id of eventIds) enqueue(id);
  for (let next = queue.pop(); next; next = queue.pop()) {
    yield next.id;
    next.event.prev_events.forEach(enqueue);
  }
}

/**
 * Puts events after those that they link to, as far as these are among them, by Kahn's algorithm: of all that
 * may come next, the smallest. The lexicographically smallest topological order is what state resolution asks
 * for. Events in a cycle, which hashes rule out, are left out.
 */
export function topologicalOrder(
  events: ReadonlyMap<string, GraphEvent>,
  links: Links,
  compare: (aId: string, bId: string) => number = oldestFirst(events),
): string[] {
  const waitingFor = new Map<string, number>();
  const children = new Map<string, string[]>();
  const ready = new TinyQueue<string>([], compare);
  for (const [id, event] of events) {
    const parents = [...new Set(event[links])].filter((parent) => events.has(parent));
    waitingFor.set(id, parents.length);
    if (parents.length === 0) ready.push(id);
    for (const parent of parents) {
      const known = children.get(parent);
      if (known) known.push(id);
      else children.set(parent, [id]);
    }
  }
  const order: string[] = [];
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    order.push(id);
    for (const child of children.get(id) ?? []) {
      const left = waitingFor.get(child)! - 1;
      waitingFor.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return order;
}

/** By depth, time and id. */
function oldestFirst(events: ReadonlyMap<string, GraphEvent>): (aId: string, bId: string) => number {
  return (aId, bId) =>
    -compareNewestFirst({ id: aId, event: events.get(aId)! }, { id: bId, event: events.get(bId)! });
}

type Located = { id: string; event: GraphEvent };

function compareNewestFirst(a: Located, b: Located): number {
  return (
    b.event.depth - a.event.depth ||
    b.event.origin_server_ts - a.event.origin_server_ts ||
    compareCodePoints(b.id, a.id)
  );
}
