import type { PersonRef, RoomRef } from "../action.ts";
import type { When } from "./condition-when.ts";

export type MessageCondition =
  /** A message is in the room, accepted by the sender's server. `text` is looked for without regard to case. */
  | ({
      type: "message";
      in?: RoomRef;
      notIn?: RoomRef;
      from?: PersonRef;
      device?: string;
      text?: string;
    } & When)
  /** A device shows a message. */
  | ({
      type: "shown";
      person: PersonRef;
      device?: string;
      in?: RoomRef;
      from?: PersonRef;
      text?: string;
    } & When);

/** Something was done with messages. `from` did it; `to` wrote what it was done to; `text` is part of what is said now. */
export type DeedCondition =
  | ({ type: "reaction"; in?: RoomRef; from?: PersonRef; to?: PersonRef; key?: string } & When)
  | ({ type: "reply"; in?: RoomRef; from?: PersonRef; to?: PersonRef; text?: string } & When)
  | ({ type: "thread"; in?: RoomRef; from?: PersonRef; to?: PersonRef; text?: string } & When)
  | ({ type: "edited"; in?: RoomRef; from?: PersonRef; text?: string } & When)
  | ({ type: "redacted"; in?: RoomRef; from?: PersonRef; to?: PersonRef } & When)
  | ({
      type: "file";
      in?: RoomRef;
      from?: PersonRef;
      kind?: "image" | "file" | "audio" | "video";
      name?: string;
      text?: string;
    } & When);
