import type { LookTarget, PersonRef, RoomRef } from "./action.ts";

export type Membership = "join" | "invite" | "leave" | "ban" | "knock";

/** When a thing must have happened: after a goal was met, or since the step began. */
type When = { after?: string; since?: "step" };

/**
 * Something that may be true of a world: what goals demand, near misses notice and scripts wait for. It
 * reads nothing but the observation. `{ in: "chat" }` and the like name roles.
 */
export type Condition =
  | ({ type: "account"; person: PersonRef } & When)
  /** A device of the person is signed in. `count` demands that many devices at once. */
  | ({ type: "signedIn"; person: PersonRef; device?: string; count?: number } & When)
  | ({ type: "signedOut"; person: PersonRef; device: string } & When)
  | ({ type: "deviceLost"; person: PersonRef; device: string } & When)
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
    } & When)
  | ({ type: "member"; of: RoomRef; person: PersonRef; membership: Membership | Membership[] } & When)
  | ({ type: "displayName"; person: PersonRef; is?: string } & When)
  | ({
      type: "exchange";
      method?: string;
      path?: string;
      from?: string;
      to?: string;
      status?: number;
      errcode?: string;
    } & When)
  | ({ type: "looked"; at: LookTarget } & When)
  | ({ type: "quiz"; quiz: string; answer: string } & When)
  /** What is written in a field of the address view, taken apart. Every part given must match. */
  | ({
      type: "address";
      field: string;
      form?: "identifier" | "matrix.to" | "matrix-uri";
      kind?: "user" | "room" | "alias" | "event";
      localpart?: string;
      server?: string;
      equals?: string;
      valid?: boolean;
      fault?: string;
    } & When)
  /** An address was followed, and its home answered with this status. */
  | ({
      type: "addressOpened";
      kind?: "user" | "room" | "alias";
      server?: string;
      equals?: string;
      status?: number;
    } & When)
  | ({ type: "link"; between: [string, string]; cut: boolean } & When)
  | ({ type: "host"; host: string; running: boolean } & When)
  | { type: "all" | "any" | "inOrder"; of: Condition[] }
  | { type: "not"; of: Condition };

/** What a goal's `after` and `since` refer to: places in the log. */
export type Since = {
  /** The log's sequence number when the step began. */
  step: number;
  /** The sequence number at which each goal of this step was met. */
  goals: Readonly<Record<string, number>>;
};

/** Is the condition true of what is observed? */
export { holds } from "./holds.ts";
