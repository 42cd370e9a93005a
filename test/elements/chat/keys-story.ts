import type { ClientFact } from "../../../src/client/client-fact.ts";
import type { OwnCrypto, ShownVerification } from "../../../src/client/crypto/crypto-fact.ts";
import { bo, said, zoe } from "./chat-story.ts";

const key = "ATdlC8iekOjxJ0RPI5wgBKMCYF14ZFzJEoHHQcM5b4Q";

/** What a device's crypto says of itself: a new device of an account that has an identity. */
export function own(more: Partial<OwnCrypto> = {}): ClientFact {
  return {
    type: "crypto",
    crypto: {
      keys: { ed25519: key, curve25519: key },
      identity: { master: key, selfSigning: key, userSigning: key },
      verified: false,
      privateKeys: { master: false, selfSigning: false, userSigning: false },
      secretStorage: { key: "abc", passphrase: false, secrets: [] },
      backup: { version: "1", publicKey: key, active: false, readable: false },
      messageKeys: { held: 0, backedUp: 0 },
      ...more,
    },
  };
}

/** What there is when it is verified, and has all that it needs. */
export const whole: Partial<OwnCrypto> = {
  verified: true,
  privateKeys: { master: true, selfSigning: true, userSigning: true },
  backup: { version: "1", publicKey: key, active: true, readable: true },
};

export function verification(more: Partial<ShownVerification>): ClientFact {
  return {
    type: "verification",
    verification: {
      id: "v1",
      user: zoe,
      device: "GHIJKL",
      own: true,
      mine: false,
      phase: "asked",
      may: { emoji: true, scan: true },
      ...more,
    },
  };
}

/** A message from Bo that this device cannot read. */
export function sealedFromBo(reason: string): ClientFact {
  return said("!chat", bo, "", {
    type: "m.room.encrypted",
    content: { algorithm: "m.megolm.v1.aes-sha2", ciphertext: "AwgBEpAB", session_id: "7Hq" },
    sealed: { open: false, reason, session: "7Hq", index: 1 },
  });
}

export const emoji = ["Dog", "Cat", "Lion", "Horse", "Unicorn", "Pig", "Elephant"].map((name) => ({
  symbol: "🐶",
  name,
}));
