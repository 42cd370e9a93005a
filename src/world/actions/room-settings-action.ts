import type { By, RoomRef, UserRef } from "./action-by.ts";
import type { FileSource } from "./message-action.ts";
import type { HistoryWish, JoinRuleWish } from "./room-action.ts";

/** What somebody sets in a room. */
export type RoomSettingsAction =
  | (By & { type: "setRoomName"; room: RoomRef; name: string })
  | (By & { type: "setRoomTopic"; room: RoomRef; topic: string })
  /** Without a file the room has none. */
  | (By & { type: "setRoomPicture"; room: RoomRef; file?: FileSource })
  /** `spaces` are those whose members may join, where the rule is restricted. */
  | (By & { type: "setRoomJoinRule"; room: RoomRef; rule: JoinRuleWish; spaces?: RoomRef[] })
  | (By & { type: "setRoomHistoryVisibility"; room: RoomRef; visibility: HistoryWish })
  /** `alias` is what stands between # and the colon; without one the room loses its address. */
  | (By & { type: "setRoomAlias"; room: RoomRef; alias?: string })
  | (By & { type: "setRoomPublished"; room: RoomRef; published: boolean })
  | (By & { type: "setPower"; room: RoomRef; user: UserRef; level: number })
  /** `what` is a level's name (invite, kick, ban, redact, events_default…) or the type of an event. */
  | (By & { type: "setPermission"; room: RoomRef; what: string; level: number })
  | (By & { type: "upgradeRoom"; room: RoomRef; version: string; as?: RoomRef });
