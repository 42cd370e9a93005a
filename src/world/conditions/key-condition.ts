import type { PersonRef, RoomRef } from "../action.ts";
import type { When } from "./condition-when.ts";

/** What may be true of message keys (Megolm) and of one-time keys (Olm). */
export type KeyCondition =
  /** A device holds a message key that a device of `by` has made, from a message on that is no earlier than `index`. */
  | ({
      type: "messageKey";
      person: PersonRef;
      device?: string;
      in?: RoomRef;
      by?: PersonRef;
      index?: number;
    } & When)
  /** A message is the one with this number, or a later one, that was sealed with the same message key. */
  | ({ type: "sealedAt"; in?: RoomRef; from?: PersonRef; index: number } & When)
  /** So many one-time keys of a device lie at its server. */
  | ({ type: "oneTimeKeys"; person: PersonRef; device: string; atLeast?: number; atMost?: number } & When)
  /** Somebody was given a key of a device to begin with: a one-time key, or the fallback key. */
  | ({ type: "keyClaimed"; person: PersonRef; device: string; fallback?: boolean } & When);
