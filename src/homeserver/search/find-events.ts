import { isJsonObject, type Json, ownValue } from "../../protocol/json.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { isErasedFor } from "../room/erasure.ts";
import type { RoomEvent } from "../room/room-event.ts";
import { isReadable, type Reading, readingOf } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { eventTest, type RoomEventFilter, takesRoom } from "../sync/event-filter.ts";

/** https://spec.matrix.org/v1.19/client-server-api/#server-side-search */
export const searchKeys = ["content.body", "content.name", "content.topic"] as const;
export type SearchKey = (typeof searchKeys)[number];

export type Search = {
  term: string;
  keys: readonly SearchKey[];
  filter?: RoomEventFilter | undefined;
  order: "rank" | "recent";
};

/** An event that matched, and as what the user reads its room. */
export type Found = { reading: Reading; event: RoomEvent; rank: number };

/** The words of a text, without regard to case and to what stands between them. */
export function searchWords(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [])];
}

/** What the user may see of events with all of the words, in all rooms that they are or were in. */
export function findEvents(server: Server, userId: string, { term, keys, filter, order }: Search): Found[] {
  const words = searchWords(term);
  if (words.length === 0) return [];
  const test = eventTest(filter);
  const found: Found[] = [];
  for (const [roomId] of server.rooms.roomsOf(userId)) {
    const room = takesRoom(filter, roomId) ? server.rooms.get(roomId) : undefined;
    const reading = room && readingOf(room, userId, server.rooms.hasForgotten(userId, roomId));
    // What is encrypted cannot be searched, and the rest of such a room would only mislead.
    if (!reading || reading.state.get(stateKeyOf("m.room.encryption", ""))) continue;
    for (const event of reading.room.timeline.ordered) {
      const rank = rankOf(event, words, keys);
      if (rank > 0 && (!test || test(event.pdu)) && isFound(reading, event)) {
        found.push({ reading, event, rank });
      }
    }
  }
  const newestFirst = (a: Found, b: Found) =>
    b.event.pdu.origin_server_ts - a.event.pdu.origin_server_ts || b.event.stream - a.event.stream;
  return found.sort(order === "recent" ? newestFirst : (a, b) => b.rank - a.rank || newestFirst(a, b));
}

/** Whether the event's text is for the user. */
function isFound(reading: Reading, event: RoomEvent): boolean {
  return isReadable(reading, event) && !isErasedFor(reading.room, reading.userId, event);
}

/** The part of the text that the words make up: 1 where it has no others, 0 where one is missing. */
function rankOf(event: RoomEvent, words: readonly string[], keys: readonly SearchKey[]): number {
  const text = searchedText(event, keys);
  if (text === undefined) return 0;
  const has = searchWords(text);
  return words.every((word) => has.includes(word)) ? words.length / has.length : 0;
}

/** The text of an event that is searched: each kind of event has its one key. */
function searchedText({ pdu, redactedBy }: RoomEvent, keys: readonly SearchKey[]): string | undefined {
  if (redactedBy) return undefined;
  const { type, content } = pdu;
  if (type === "m.room.message" && keys.includes("content.body")) return textOf(content.body);
  if (type === "m.room.name" && keys.includes("content.name")) return textOf(content.name);
  if (type !== "m.room.topic" || !keys.includes("content.topic")) return undefined;
  return [textOf(content.topic), plainTopic(content["m.topic"])].filter(Boolean).join(" ");
}

/** The `text/plain` form of an extensible topic. */
function plainTopic(topic: Json | undefined): string | undefined {
  const forms = isJsonObject(topic) ? topic["m.text"] : undefined;
  if (!Array.isArray(forms)) return undefined;
  const plain = forms.find(
    (form) => isJsonObject(form) && (ownValue(form, "mimetype") ?? "text/plain") === "text/plain",
  );
  return isJsonObject(plain) ? textOf(plain.body) : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
