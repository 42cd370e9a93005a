import { entriesOf, entryOf } from "../observing/growing-record.ts";
import { isRoom, isUser, type Known } from "./known.ts";

/** An event by its room, its sender and its type; a message where no type is given. */
export type EventMatch = { in?: string; from?: string; is?: string };

/** Is the event, by its id, such a one? */
export function isEventLike(
  { observation, bindings }: Pick<Known, "observation" | "bindings">,
  id: string,
  { in: room, from, is }: EventMatch,
): boolean {
  if (is !== undefined) {
    const event = entryOf(observation.events, id);
    return (
      event?.pdu.type === is &&
      isRoom(bindings, event.room, room) &&
      isUser(bindings, String(event.pdu.sender), from)
    );
  }
  if (room === undefined && from === undefined) return true;
  const message = observation.messages.find(({ event }) => event === id);
  return (
    message !== undefined && isRoom(bindings, message.room, room) && isUser(bindings, message.sender, from)
  );
}

/** The newest such event. */
export function findEvent(
  known: Pick<Known, "observation" | "bindings">,
  wanted: EventMatch,
): string | undefined {
  const ids =
    wanted.is === undefined
      ? known.observation.messages.map(({ event }) => event)
      : entriesOf(known.observation.events).map(([id]) => id);
  return ids.findLast((id) => isEventLike(known, id, wanted));
}
