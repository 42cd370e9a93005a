import type { JsonObject } from "../protocol/json.ts";

/** The thread that a message began, as it stands under it. */
export type ThreadSummary = {
  /** Messages in the thread, its root left out. */
  count: number;
  latest?: { sender: string; senderName: string; text: string; at: number };
  unread: number;
  highlights: number;
  /** Is there more before the first one that is shown? */
  more: boolean;
};

/** What a message said at some time. */
export type MessageVersion = { id: string; at: number; content: JsonObject };

/** A file on its way to the homeserver. */
export type Upload = {
  name: string;
  /** Bytes, of it and its thumbnail. */
  size: number;
  /** Bytes that the homeserver has taken. */
  loaded: number;
  state: "looking" | "uploading" | "sending";
  thread?: string;
};

/** What a client shows of messages besides the messages themselves. */
export type MessageFact =
  /** What a room's own timeline showed before this event is not shown any more: the timeline has grown too long. */
  | { type: "timeline-cut"; room: string; first: string }
  /** All that an edited message has said, oldest first. Comes when somebody asks for it. */
  | { type: "edits"; room: string; event: string; versions: MessageVersion[] }
  /** `upload` is null when the file is sent, or has failed. */
  | { type: "upload"; room: string; id: string; upload: Upload | null };
