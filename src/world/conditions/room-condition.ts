import type { PersonRef, RoomRef } from "../actions/action-by.ts";
import type { HistoryWish, JoinRuleWish } from "../actions/room-action.ts";
import type { Membership } from "../condition.ts";
import type { When } from "./condition-when.ts";

/** Somebody made a room that is like this. As a goal it gives the room a role, `as`. */
export type RoomMade = {
  type: "roomMade";
  person: PersonRef;
  as?: RoomRef;
  space?: boolean;
  direct?: boolean;
  joinRule?: JoinRuleWish | JoinRuleWish[];
} & When;

/** What may be true of rooms and of who found them. */
export type RoomCondition =
  | ({ type: "member"; of: RoomRef; person: PersonRef; membership: Membership | Membership[] } & When)
  | RoomMade
  | ({ type: "roomName" | "roomTopic" | "roomAlias"; of: RoomRef; is?: string } & When)
  | ({ type: "joinRule"; of: RoomRef; is: JoinRuleWish | JoinRuleWish[] } & When)
  | ({ type: "historyVisibility"; of: RoomRef; is: HistoryWish | HistoryWish[] } & When)
  /** The directory lists the room. */
  | ({ type: "published"; of: RoomRef; is: boolean } & When)
  | ({ type: "powerLevel"; of: RoomRef; person: PersonRef; atLeast?: number; atMost?: number } & When)
  | ({ type: "inSpace"; of: RoomRef; space: RoomRef } & When)
  /** The room was moved to a new one. */
  | ({ type: "upgraded"; of: RoomRef } & When)
  /** The room came up for the person: in a directory, in a space, or with a message that was searched for. */
  | ({ type: "found"; of: RoomRef; person: PersonRef; by?: "directory" | "space" | "search" } & When);
