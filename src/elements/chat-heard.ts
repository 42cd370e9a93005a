import { say } from "../catalogue/catalogue.ts";
import type { ShownEvent } from "../client/client-fact.ts";
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
