import type { LookTarget, PersonRef, UserRef } from "./action.ts";
import type { AddressMatch } from "./conditions/address-match.ts";
import type { When } from "./conditions/condition-when.ts";
import type { EncryptionCondition } from "./conditions/encryption-condition.ts";
import type { FederationCondition } from "./conditions/federation-condition.ts";
import type { KeyCondition } from "./conditions/key-condition.ts";
import type { DeedCondition, MessageCondition } from "./conditions/message-condition.ts";
import type { RoomCondition } from "./conditions/room-condition.ts";

export type Membership = "join" | "invite" | "leave" | "ban" | "knock";

export type AccountCondition =
  | ({ type: "account"; person: PersonRef } & When)
  /** A device of the person is signed in. `count` demands that many devices at once. */
  | ({ type: "signedIn"; person: PersonRef; device?: string; count?: number } & When)
  | ({ type: "signedOut"; person: PersonRef; device: string } & When)
  | ({ type: "deviceLost"; person: PersonRef; device: string } & When)
  | ({ type: "ignored"; person: PersonRef; user: UserRef } & When)
  | ({ type: "displayName"; person: PersonRef; is?: string } & When);

export type NetworkCondition =
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
  | ({ type: "link"; between: [string, string]; cut: boolean } & When)
  | ({ type: "host"; host: string; running: boolean } & When);

export type AddressCondition =
  /** What is written in a field of the address view. */
  | ({ type: "address"; field: string } & AddressMatch & When)
  /** An address was followed, and its home answered with this status. */
  | ({
      type: "addressOpened";
      kind?: "user" | "room" | "alias";
      server?: string;
      equals?: string;
      status?: number;
    } & When);

/** Conditions without parts; TOPIC-holds.ts says where in the log each is true. */
export type PlainCondition =
  | AccountCondition
  | RoomCondition
  | MessageCondition
  | DeedCondition
  | NetworkCondition
  | AddressCondition
  | EncryptionCondition
  | KeyCondition
  | FederationCondition
  | ({ type: "quiz"; quiz: string; answer: string } & When);

/**
 * Something that may be true of a world: what goals demand, near misses notice and scripts wait for. It
 * reads nothing but the observation. `{ in: "chat" }` and the like name roles.
 */
export type Condition =
  | PlainCondition
  | { type: "all" | "any" | "inOrder"; of: Condition[] }
  | { type: "not"; of: Condition };

/** What a goal's `after` and `since` refer to: places in the log. */
export type Since = {
  /** The log's sequence number when the step began. */
  step: number;
  /** The one up to which the log was read before; absent: the step's beginning. */
  look?: number;
  /** The sequence number at which each goal of this step was met. */
  goals: Readonly<Record<string, number>>;
};

/** Is the condition true of what is observed? */
export { holds } from "./holds.ts";
