import type { Json } from "../../protocol/json.ts";
import type { PersonRef, RoomRef } from "../actions/action-by.ts";
import type { When } from "./condition-when.ts";

/** What servers may have made of an event that they did not take. */
type Refused = {
  /** Who did not take it. */
  at?: string;
  /** Whom it came from. */
  origin?: string;
  of?: RoomRef;
  from?: PersonRef;
  /** The type of the event. */
  event?: string;
  /** Why: a code such as `auth/sender-not-joined`, or what it begins with. */
  code?: string;
};

/** What may be true of servers that share rooms. */
export type FederationCondition =
  /** All servers that have the room end with the same events, and so agree on its state. */
  | ({ type: "agree"; of: RoomRef; servers?: string[] } & When)
  /** The ends of the room's graph at a server: two or more are a fork. */
  | ({ type: "ends"; at: string; of: RoomRef; count: number } & When)
  /** An event is in a server's copy of a room. */
  | ({ type: "copyHas"; at: string; of?: RoomRef; from?: PersonRef; event?: string; text?: string } & When)
  /** Something waits at a server for another one. */
  | ({ type: "queue"; from: string; to: string; waiting: boolean } & When)
  | ({ type: "rejected" | "softFailed" | "dropped" } & Refused & When)
  /** What a server's copy says now. `key` is a state key, or a person's role. */
  | ({
      type: "state";
      at: string;
      of: RoomRef;
      event: string;
      key?: string;
      content: { readonly [field: string]: Json };
    } & When)
  /** A server had to bring together branches that differ. */
  | ({ type: "resolved"; at?: string; of?: RoomRef } & When)
  /** A server signs with a new key, and at `knownBy` that is known. */
  | ({ type: "keyChanged"; server: string; knownBy?: string } & When);
