import type { JsonObject } from "../../protocol/json.ts";
import { changesState, followedStates } from "../../protocol/state-origins.ts";
import { entryOf, type GrowingRecord, withEntry } from "./growing-record.ts";

/** An event, and the events whose states its own follows from. */
export type SeenEvent = { room: string; pdu: JsonObject; follows: readonly string[] };

export type SeenEvents = GrowingRecord<SeenEvent>;

/** So many of the newest messages are remembered; of all other events each, because states follow from them. */
const remembered = 2000;

/**
 * Takes an event in that is not known yet.
 * @param ends the events that at present are the last in some server's copy of a room
 */
export function withEvent(
  events: SeenEvents,
  id: string,
  { room, pdu }: { room: string; pdu: JsonObject },
  ends: () => ReadonlySet<string>,
): SeenEvents {
  const follows = followedStates(pdu.prev_events, (parent) => entryOf(events, parent));
  return withEntry(events, id, { room, pdu, follows }, (entries) => thinned(entries, ends()));
}

/** What comes next follows the ends of copies, so they stay known. */
function thinned(
  events: Readonly<Record<string, SeenEvent>>,
  ends: ReadonlySet<string>,
): Readonly<Record<string, SeenEvent>> {
  const messages = Object.keys(events).filter((id) => !ends.has(id) && !changesState(events[id]!));
  if (messages.length <= remembered) return events;
  const forgotten = new Set(messages.slice(0, -remembered));
  return Object.fromEntries(Object.entries(events).filter(([id]) => !forgotten.has(id)));
}
