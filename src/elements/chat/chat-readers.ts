import type { ChatRoom } from "./chat-fold.ts";
import { type ChatRow, eventsOfRow } from "./chat-rows.ts";
import { localpartOf } from "./chat-words.ts";

export type Reader = { user: string; name: string };

/** Row's key → the others who have read down to it, and no further. */
export function readersByRow(
  { events, receipts, members }: ChatRoom,
  rows: readonly ChatRow[],
  me: string | undefined,
): ReadonlyMap<string, readonly Reader[]> {
  const read = new Map([...receipts].filter(([user]) => user !== me));
  const found = new Map<string, Reader[]>();
  if (read.size === 0) return found;
  const wanted = new Set(read.values());
  const rowOf = new Map<string, ChatRow>();
  for (const row of rows) for (const { id } of eventsOfRow(row)) rowOf.set(id, row);
  // An event without a row counts for the row before it.
  const placed = new Map<string, ChatRow>();
  let last: ChatRow | undefined;
  for (const { id } of events) {
    last = rowOf.get(id) ?? last;
    if (last && wanted.has(id)) placed.set(id, last);
  }
  for (const [user, event] of read) {
    const row = placed.get(event);
    if (!row || (row.kind === "message" && row.event.sender === user)) continue;
    const readers = found.get(row.key) ?? [];
    readers.push({ user, name: members.get(user)?.name ?? localpartOf(user) });
    found.set(row.key, readers);
  }
  return found;
}
