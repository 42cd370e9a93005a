import type { By, RoomRef, UserRef } from "./action-by.ts";

/** What somebody does with keys. Where a password is wanted and none is given, it is the one that they signed in with. */
export type EncryptionAction =
  /** Gives the account cross-signing keys, if it has none. */
  | (By & { type: "setUpIdentity"; password?: string })
  /** Keeps the account's secrets and message keys at the server, encrypted; the person gets the recovery key. */
  | (By & { type: "setUpRecovery"; passphrase?: string; password?: string })
  /** Opens what is kept. Without key and passphrase: with the recovery key that the person was given. */
  | (By & { type: "recover"; key?: string; passphrase?: string })
  | (By & { type: "resetIdentity"; password?: string })
  /** Goes on with a person whose identity has changed. */
  | (By & { type: "acceptIdentity"; user: UserRef })
  /** The device's store of keys is gone, though its session lives on. */
  | (By & { type: "loseKeys" })
  /** The next message in the room gets a new message key. */
  | (By & { type: "newMessageKey"; in: RoomRef })
  /** Takes keys to begin with another device from its server, and does not use them: `count`, or all one-time keys. */
  | (By & { type: "claimKeys"; user: UserRef; target: string; count?: number });

/** What somebody does to verify. Without `id` it is the newest verification that is at that point. */
export type VerificationAction =
  /** Asks another person in a room, or without `user` the account's other devices, or `target` among them. */
  | (By & { type: "askToVerify"; user?: UserRef; in?: RoomRef; target?: string })
  | (By & { type: "acceptVerification"; id?: string })
  | (By & { type: "compareEmoji"; id?: string })
  /** The emoji are the same; the other device says that it has read the code. */
  | (By & { type: "confirmVerification"; id?: string })
  /** They are not the same; it does not. */
  | (By & { type: "denyVerification"; id?: string })
  | (By & { type: "cancelVerification"; id?: string })
  /** Reads the code on the screen of another device of the scene (`you/laptop`), or of the one that the verification is with. */
  | (By & { type: "scanCode"; from?: string });
