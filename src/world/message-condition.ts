import type { PersonRef, RoomRef } from "./action.ts";
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
