import type { Fold } from "../simulation/log.ts";
import type { Condition, Membership, Since } from "./condition.ts";
import { emptyObservation, observe } from "./observe.ts";
import type { EncryptionSeen } from "./observing/encryption-observation.ts";
import type { SeenFederation } from "./observing/observe-federation.ts";
import type { KeysSeen } from "./observing/observe-keys.ts";
import type { SeenRooms } from "./observing/observe-rooms.ts";
import type { Deed } from "./observing/observed-message.ts";

/** Something observed, with the log's sequence number where it became so. */
export type Seen<Facts> = Facts & { sequence: number };

/** All that goals, near misses and scripts may look at: a fold of the log. */
export type Observation = SeenRooms &
  SeenFederation & {
    /** The newest sequence number that is taken in. */
    sequence: number;
    accounts: Readonly<Record<string, Seen<{ user: string; name: string }>>>;
    /** Person → the password that let them in last, for solutions in practice worlds. */
    passwords: Readonly<Record<string, string>>;
    /** Host (`you/laptop`) → its session and place in the scene. */
    devices: Readonly<
      Record<string, Seen<{ person: string; device: string; signedIn: boolean; lost: boolean }>>
    >;
    messages: readonly Seen<{ room: string; event: string; sender: string; device?: string; text: string }>[];
    /** What was done with messages, newest last. */
    deeds: readonly Deed[];
    /** Person → users whom their account ignores. */
    ignored: Readonly<Record<string, Seen<{ users: readonly string[] }>>>;
    shown: readonly Seen<{ host: string; room: string; event: string; sender: string; text: string }>[];
    /** Room id → user id → membership. */
    members: Readonly<
      Record<string, Readonly<Record<string, Seen<{ membership: Membership; depth?: number }>>>>
    >;
    /** Person → the name that others see. */
    displayNames: Readonly<Record<string, Seen<{ name: string }>>>;
    exchanges: readonly Seen<{
      id: number;
      from: string;
      to: string;
      method: string;
      path: string;
      status?: number;
      errcode?: string;
    }>[];
    looked: readonly Seen<{ at: { exchange?: number; event?: string; host?: string } }>[];
    quizzes: Readonly<Record<string, Seen<{ answer: string }>>>;
    addresses: Readonly<Record<string, Seen<{ text: string }>>>;
    /** `status` is 0 when no answer came. */
    addressesOpened: readonly Seen<{ text: string; server: string; status: number }>[];
    links: readonly Seen<{ between: [string, string]; cut: boolean }>[];
    hosts: Readonly<Record<string, Seen<{ running: boolean }>>>;
    /** Host → the device id of its newest session. */
    deviceIds: Readonly<Record<string, string>>;
  } & EncryptionSeen &
  KeysSeen;

export const observationFold: Fold<Observation> = { initial: emptyObservation, step: observe };

export type { Condition, Since };
