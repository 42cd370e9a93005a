import type { ShownEvent } from "./client-fact.ts";

/** A room's events after a cut: from the first that stays, and what is said in threads. */
export function eventsFrom(events: readonly ShownEvent[], first: string): ShownEvent[] {
  const at = events.findIndex(({ id }) => id === first);
  return events.filter(({ thread }, place) => place >= at || thread !== undefined);
}
