import type { By, RoomRef } from "./action-by.ts";

/** What somebody writes, and does with what is written. `say` names a text of the tutorial's prose, `text` is the text itself. */
export type MessageAction =
  | (By & { type: "send"; in: RoomRef; say?: string; text?: string })
  | (By & { type: "redact"; in: RoomRef; event: string; reason?: string })
  /** Sends again what could not be sent. */
  | (By & { type: "retry"; in: RoomRef; event: string })
  /** Drops what could not be sent. */
  | (By & { type: "discard"; in: RoomRef; event: string })
  | (By & { type: "setTyping"; in: RoomRef; typing: boolean })
  | (By & { type: "markRead"; in: RoomRef; event: string })
  | (By & { type: "loadOlder"; in: RoomRef });
