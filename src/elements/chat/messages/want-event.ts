/** What somebody wants to do with a message, where that takes more than the row it stands in. */
export type Want =
  | "reply"
  | "edit"
  | "delete"
  | "history"
  | "emoji"
  /** Opens the thread that it began, or begins one. */
  | "thread"
  /** Goes to where it stands. */
  | "jump";

/** Fired inside a room: something is wanted with a message, by its id; without one, what was wanted is over. */
export class WantEvent extends Event {
  static readonly type = "homeroom-chat-want";
  readonly want: Want | undefined;
  readonly message: string;

  constructor(want?: Want, message = "") {
    super(WantEvent.type, { bubbles: true, composed: true });
    this.want = want;
    this.message = message;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-chat-want": WantEvent;
  }
}
