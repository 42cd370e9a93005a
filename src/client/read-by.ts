/** Somebody who has read in a room; `thread` is a thread's root, absent for the room's own timeline. */
export type ReadBy = { user: string; thread?: string };

/** https://spec.matrix.org/v1.19/client-server-api/#mreceipt */
export type ReceiptContent = Record<string, Record<string, Record<string, { thread_id?: unknown }>>>;

/** Who has read something, by a receipt's content. A receipt for no thread in particular counts for the room. */
export function readBy(content: ReceiptContent): ReadBy[] {
  return Object.values(content).flatMap((byType) =>
    ["m.read", "m.read.private"].flatMap((type) =>
      Object.entries(byType[type] ?? {}).map(([user, { thread_id: thread }]) =>
        typeof thread === "string" && thread !== "main" ? { user, thread } : { user },
      ),
    ),
  );
}
