import type { RoomSummary } from "../../client/client-fact.ts";
import type { ChatState } from "./chat-fold.ts";

/** How many messages of a room want to be noticed: what was counted before a room was quietened counts no more. */
export function unreadCount({ id, unread, highlights }: RoomSummary, quiet: ChatState["quiet"]): number {
  const level = quiet.get(id);
  if (level === undefined) return unread;
  return level === "mentions" ? highlights : 0;
}

/** Whether a room stands out in the list: something in it wants to be noticed, or it was put aside for later. */
export function isUnread(room: RoomSummary, quiet: ChatState["quiet"]): boolean {
  return room.markedUnread === true || unreadCount(room, quiet) > 0;
}
