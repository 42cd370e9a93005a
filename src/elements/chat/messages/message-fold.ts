import type { MessageFact, MessageVersion, Upload } from "../../../client/message-fact.ts";
import type { Json } from "../../../protocol/json.ts";

/** What a device shows of a room's messages besides its timeline. */
export type MessageExtras = {
  /** Message → all that it has said, oldest first, where somebody asked. */
  edits: ReadonlyMap<string, readonly MessageVersion[]>;
  /** Files on their way, by an id. */
  uploads: ReadonlyMap<string, Upload>;
  /** Thread's root → user → the newest event in it that they have read. */
  threadReceipts: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

export const noExtras: MessageExtras = { edits: new Map(), uploads: new Map(), threadReceipts: new Map() };

/** What the fact changes. */
export function extrasAfter(
  { edits, uploads }: MessageExtras,
  fact: Extract<MessageFact, { type: "edits" | "upload" }>,
): Partial<MessageExtras> {
  if (fact.type === "edits") return { edits: new Map(edits).set(fact.event, fact.versions) };
  const left = new Map(uploads);
  if (fact.upload) left.set(fact.id, fact.upload);
  else left.delete(fact.id);
  return { uploads: left };
}

/** Somebody has read in a thread. */
export function threadReadBy(
  { threadReceipts }: MessageExtras,
  thread: string,
  user: string,
  event: string,
): Partial<MessageExtras> {
  const receipts = new Map(threadReceipts.get(thread)).set(user, event);
  return { threadReceipts: new Map(threadReceipts).set(thread, receipts) };
}

/** The users in an `m.ignored_user_list`. */
export function ignoredUsers(content: Json): ReadonlySet<string> {
  const users = (content as { ignored_users?: Json } | null)?.ignored_users;
  return new Set(typeof users === "object" && users !== null ? Object.keys(users) : []);
}
