/** What was done to a message, or with one. Only accepted by a homeserver, or shown by a client. */
export type Deed = {
  sequence: number;
  kind: "reaction" | "reply" | "thread" | "edited" | "redacted" | "file";
  room: string;
  /** The event that did it: the reaction, the answer, the message with the file. */
  event: string;
  sender: string;
  /** The message that it was done to: what was reacted to, answered, begun a thread with, edited, deleted. */
  to?: string;
  /** Who wrote that, where it is known. */
  toSender?: string;
  /** A reaction's emoji. */
  key?: string;
  text?: string;
  /** A file's msgtype and name. */
  file?: { type: string; name: string };
};
