import type { RoomNotify } from "../../client/room-notify.ts";
import type { By, RoomRef } from "./action-by.ts";

/** What somebody wants to hear of a room, and what they keep for later. */
export type NotifyAction =
  | (By & { type: "setRoomNotify"; room: RoomRef; notify: RoomNotify })
  /** Everything in it is read, or it is to be seen as unread. */
  | (By & { type: "markRoom"; room: RoomRef; unread: boolean });
