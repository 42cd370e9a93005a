import type { By, RoomRef, UserRef } from "./action-by.ts";

/** Who may come into a room. `restricted` ones let in who is in a certain space. */
export type JoinRuleWish = "invite" | "knock" | "public" | "restricted" | "knock_restricted";
export type HistoryWish = "invited" | "joined" | "shared" | "world_readable";

/** What a new room or space has from the start. */
type New = {
  as?: RoomRef;
  name?: string;
  topic?: string;
  preset?: "private_chat" | "trusted_private_chat" | "public_chat";
  alias?: string;
  invite?: UserRef[];
  /** The own server's directory lists it. */
  published?: boolean;
};

/** What somebody does with rooms. */
export type RoomAction =
  | (By &
      New & {
        type: "createRoom";
        direct?: boolean;
        roomVersion?: string;
        encrypted?: boolean;
        /** Instead of the preset's. */
        joinRule?: JoinRuleWish;
        history?: HistoryWish;
        /** The space that it is for. */
        space?: RoomRef;
      })
  | (By & New & { type: "createSpace" })
  | (By & { type: "addToSpace"; space: RoomRef; room: RoomRef })
  | (By & { type: "removeFromSpace"; space: RoomRef; room: RoomRef })
  | (By & { type: "join"; room: RoomRef; via?: string[] })
  | (By & { type: "knock"; room: RoomRef; reason?: string; via?: string[] })
  | (By & { type: "leave"; room: RoomRef })
  /** Takes a room that was left out of the list. */
  | (By & { type: "forget"; room: RoomRef })
  | (By & { type: "invite"; room: RoomRef; user: UserRef })
  /** `kick` also takes back an invitation, and turns a knock away. */
  | (By & { type: "kick" | "ban" | "unban"; room: RoomRef; user: UserRef; reason?: string })
  | (By & { type: "openRoom"; room: RoomRef | null });
