import type { By, MessageRef, RoomRef, UserRef } from "./action-by.ts";

/** What somebody writes: `say` names a text of the tutorial's prose, `text` is the text itself. */
export type Words = {
  say?: string;
  text?: string;
  /** The text with formatting, as HTML. */
  html?: string;
  /** Whom the text names. */
  mentions?: UserRef[];
};

/** Where it goes: an answer to a message, into the thread that a message began, or neither. */
export type Place = { in: RoomRef; replyTo?: MessageRef; thread?: MessageRef };

/** A file: one that the learner picked, a picture drawn from a word, or a text. */
export type FileSource = { picked: string } | { picture: string } | { content: string };

type File = { name: string; file: FileSource };

/** A file is sent as a picture or to be downloaded. Words are its caption. */
export type FileAction =
  | (By & Place & Words & File & { type: "sendImage" })
  | (By & Place & Words & File & { type: "sendFile" });

/** What somebody writes, and does with what is written. */
export type MessageAction =
  | (By & Place & Words & { type: "send" })
  /** Puts other words in a message's place. */
  | (By & Words & { type: "edit"; in: RoomRef; event: MessageRef })
  | (By & { type: "react"; in: RoomRef; event: MessageRef; key: string; remove?: boolean })
  | (By & { type: "redact"; in: RoomRef; event: MessageRef; reason?: string })
  /** Sends again what could not be sent. */
  | (By & { type: "retry"; in: RoomRef; event: string })
  /** Drops what could not be sent. */
  | (By & { type: "discard"; in: RoomRef; event: string })
  | (By & { type: "setTyping"; in: RoomRef; typing: boolean })
  | (By & { type: "markRead"; in: RoomRef; event: string })
  | (By & { type: "loadOlder"; in: RoomRef; thread?: MessageRef })
  /** Asks for all that an edited message has said. */
  | (By & { type: "listEdits"; in: RoomRef; event: MessageRef });
