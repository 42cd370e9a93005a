import type { By, RoomRef, UserRef } from "./action-by.ts";

/** What somebody does with rooms. */
export type RoomAction =
  | (By & {
      type: "createRoom";
      as?: RoomRef;
      name?: string;
      topic?: string;
      preset?: "private_chat" | "trusted_private_chat" | "public_chat";
      direct?: boolean;
      alias?: string;
      invite?: UserRef[];
      roomVersion?: string;
    })
  | (By & { type: "join"; room: RoomRef })
  | (By & { type: "leave"; room: RoomRef })
  | (By & { type: "invite"; room: RoomRef; user: UserRef })
  | (By & { type: "openRoom"; room: RoomRef | null });
