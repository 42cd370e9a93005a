import type { PersonRef, RoomRef } from "../action.ts";
import type { When } from "./condition-when.ts";

/** What may be true of keys. A device is named by its person and itself: `you/phone`. */
export type EncryptionCondition =
  /** Messages in the room are encrypted. */
  | ({ type: "encrypted"; in: RoomRef } & When)
  /** A device shows a message that it cannot read. */
  | ({
      type: "sealed";
      person: PersonRef;
      device?: string;
      in?: RoomRef;
      from?: PersonRef;
      reason?: string;
    } & When)
  /** The account has cross-signing keys. */
  | ({ type: "identity"; person: PersonRef } & When)
  /** A person's devices know of a device, and encrypt for it. */
  | ({ type: "deviceKnown"; person: PersonRef; device: string; by: string } & When)
  /** A device is signed by its account's identity; `by` another device sees it so. */
  | ({ type: "deviceVerified"; person: PersonRef; device: string; by?: string } & When)
  /** A person has verified another. */
  | ({ type: "personVerified"; person: PersonRef; by: PersonRef } & When)
  /** A person's identity is another one than before, as somebody's device sees it. */
  | ({ type: "identityChanged"; person: PersonRef; by: PersonRef } & When)
  /** Secrets and backup are kept at the server, and can be opened again. */
  | ({ type: "recovery"; person: PersonRef } & When)
  /** All message keys of a device are in the backup, and there are some. */
  | ({ type: "backedUp"; person: PersonRef; device?: string } & When)
  /** A verification stands so on a device. */
  | ({
      type: "verification";
      person: PersonRef;
      device?: string;
      phase: VerificationPhase | VerificationPhase[];
      code?: string;
    } & When);

export type VerificationPhase =
  | "asked"
  | "ready"
  | "comparing"
  | "scanned"
  | "waiting"
  | "signing"
  | "done"
  | "cancelled";
