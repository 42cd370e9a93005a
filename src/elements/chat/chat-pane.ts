/** What lies over the chats on a device's screen. */
export type Pane =
  | "new"
  | "account"
  | "members"
  | "invite"
  | "leave"
  | "settings"
  | "directory"
  | "search"
  | "space-rooms"
  | "encryption"
  | "verification";

/** Panes that are about no room in particular: they stay when the room goes. */
export const roomlessPanes: readonly Pane[] = [
  "new",
  "account",
  "directory",
  "search",
  "encryption",
  "verification",
];

/** Fired inside a chat: another pane is wanted, or none. */
export class PaneEvent extends Event {
  static readonly type = "homeroom-chat-pane";
  readonly pane: Pane | undefined;

  constructor(pane?: Pane) {
    super(PaneEvent.type, { bubbles: true, composed: true });
    this.pane = pane;
  }
}

/** Fired inside a chat: another room is wanted on the screen, or the list; or one message in a room. */
export class OpenRoomEvent extends Event {
  static readonly type = "homeroom-chat-open-room";
  readonly room: string | null;
  readonly message: string | undefined;

  constructor(room: string | null, message?: string) {
    super(OpenRoomEvent.type, { bubbles: true, composed: true });
    this.room = room;
    this.message = message;
  }
}

declare global {
  interface HTMLElementEventMap {
    "homeroom-chat-pane": PaneEvent;
    "homeroom-chat-open-room": OpenRoomEvent;
  }
}
