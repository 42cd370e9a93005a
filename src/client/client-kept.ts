import type { BeforeSetUp } from "./crypto/before-set-up.ts";
import type { Session } from "./sign-up.ts";
import type { Unsent } from "./unsent.ts";

/** What a client keeps beyond its homeserver: enough to go on as the same device. Plain data. */
export type ClientKept = {
  session?: Session;
  unsent: Unsent;
  openRoom: string | null;
  /** Where the device's keys are, since when, by the world's time, and the public one by which others know it. */
  crypto?: KeptKeys;
  /** Signatures for its homeserver, as `UnsentSignatures` has them. */
  signatures?: readonly string[];
  /** What there was before a set-up that has not come to its end. */
  beforeSetUp?: BeforeSetUp;
};

export type KeptKeys = { store: string; since: number; ed25519?: string };

export const nothingKept: ClientKept = { unsent: {}, openRoom: null };
