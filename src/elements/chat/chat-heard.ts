import { say } from "../../catalogue/catalogue.ts";
import type { ShownEvent } from "../../client/client-fact.ts";
import { shortName } from "./chat-words.ts";

/** More are not spoken at once. */
const most = 3;

/** Messages that came just now, for somebody who hears the page. */
export function heardWords(events: readonly ShownEvent[]): string {
  return events
    .slice(-most)
    .map(({ senderName, content: { body } }) => {
      const text = typeof body === "string" ? body.slice(0, 300) : say("chat.no-text");
      return say("chat.heard", { name: shortName(senderName), text });
    })
    .join("\n");
}

/** Is it sealed, and nobody knows yet whether it opens? */
export function isBeingOpened({ sealed }: ShownEvent): boolean {
  return sealed !== undefined && !sealed.open && sealed.reason === undefined;
}

/** Events near the end of a timeline that were being opened before, and are not any more. */
export function openedAtEnd(before: readonly ShownEvent[], now: readonly ShownEvent[]): ShownEvent[] {
  const opening = new Set(before.slice(-50).flatMap((event) => (isBeingOpened(event) ? [event.id] : [])));
  if (opening.size === 0) return [];
  return now.slice(-50).filter((event) => opening.has(event.id) && !isBeingOpened(event));
}

/** Events at the end of a timeline that were not there before; none where a gap came between. */
export function newAtEnd(before: readonly ShownEvent[], now: readonly ShownEvent[]): ShownEvent[] {
  const [last, known] = [now.at(-1), before.at(-1)];
  if (!last || !known || last.id === known.id) return [];
  if (last.transaction !== undefined && last.transaction === known.transaction) return [];
  const seen = new Set(before.slice(-50).map(({ id }) => id));
  const at = now.findLastIndex(({ id }) => seen.has(id));
  return at < 0 ? [] : now.slice(at + 1);
}
