/** Public keys by which others know a device. */
export type DeviceKeys = { ed25519: string; curve25519: string };

/** What a device's crypto has and knows of its own account. Public keys, names and numbers: never a secret. */
export type OwnCrypto = {
  keys: DeviceKeys;
  /** The public cross-signing keys that this device holds to be its account's. */
  identity?: { master: string; selfSigning?: string; userSigning?: string };
  /** Is this device signed by the account's own identity, and does it trust that one itself? */
  verified: boolean;
  /** Which private cross-signing keys are in this device's store. */
  privateKeys: { master: boolean; selfSigning: boolean; userSigning: boolean };
  secretStorage: {
    /** The id of the key that the account's secrets are encrypted with. */
    key?: string;
    /** Can that key be had from a passphrase? */
    passphrase: boolean;
    /** Names of the secrets that lie there encrypted with it. */
    secrets: string[];
  };
  backup: {
    /** The version at the server. */
    version?: string;
    /** The public key that message keys are encrypted with. */
    publicKey?: string;
    /** Does this device put its message keys there? */
    active: boolean;
    /** Has this device the private key, so that it can read what is there? */
    readable: boolean;
  };
  /** Message keys in this device's store, and how many of them are in the backup. */
  messageKeys: { held: number; backedUp: number };
};

/** Another device, or this one, as a device's crypto sees it. */
export type KnownDevice = {
  id: string;
  name?: string;
  keys: DeviceKeys;
  /** Signed by its owner's own identity. */
  signed: boolean;
  /** Signed by an identity that this device has verified. */
  verified: boolean;
};

/** A person, as a device's crypto sees them. */
export type KnownPerson = {
  user: string;
  identity?: {
    master: string;
    selfSigning?: string;
    verified: boolean;
    /** It is another one than before, and nobody has said that this is fine. */
    changed: boolean;
    /** It was verified, and is not now. */
    wasVerified: boolean;
  };
  devices: KnownDevice[];
};

/** A message key in a device's store: a Megolm session, from an index on. */
export type HeldSession = {
  session: string;
  /** The curve25519 key of the device that made it. */
  sender: string;
  /** The first index that can be decrypted. */
  index: number;
  /** It came by a backup, a file or from somebody who invited, not from the sender's device. */
  imported: boolean;
};

/**
 * A verification as a device shows it. `asked`: somebody must accept. `ready`: a method must be chosen. `comparing`: both
 * look at the emoji. `scanned`: the other device has read this one's code, and this one must say whether it shows so.
 * `waiting`: the other side must do something. `signing`: both have confirmed, and this device has to tell its homeserver
 * so.
 */
export type ShownVerification = {
  id: string;
  /** Whom it is with. */
  user: string;
  device?: string;
  /** Another device of the same account. */
  own: boolean;
  /** Did this device ask for it? */
  mine: boolean;
  /** Where it is spoken of, if not between devices. */
  room?: string;
  phase: "asked" | "ready" | "comparing" | "scanned" | "waiting" | "signing" | "done" | "cancelled";
  emoji?: { symbol: string; name: string }[];
  /** The bytes of the code to show, as base64. */
  code?: string;
  may: { emoji: boolean; scan: boolean };
  /** This device has read the other one's code, where it must be said. */
  hasRead?: boolean;
  cancelled?: { code: string; byMe: boolean };
};

/**
 * A device that this one would encrypt for, and cannot. `bad-signature`: what was handed out as its key, to begin with it,
 * is not signed by it. `bad-device-keys`: nor are the keys by which it would be known. `no-keys`: its server has none left.
 */
export type UnreachedDevice = {
  user: string;
  device: string;
  why: "bad-signature" | "bad-device-keys" | "no-keys" | "server-out-of-reach";
};

/** What a client's crypto has, knows and shows. */
export type CryptoFact =
  | { type: "crypto"; crypto: OwnCrypto }
  | { type: "person-keys"; person: KnownPerson }
  | { type: "message-keys"; room: string; sessions: HeldSession[] }
  | { type: "verification"; verification: ShownVerification }
  /** All the devices that cannot be reached now. */
  | { type: "unreached"; devices: UnreachedDevice[] };
