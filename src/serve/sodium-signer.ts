import { createRequire } from "node:module";
import type { Signer } from "../homeserver/ports.ts";

/** What is used of libsodium; it writes what it makes into the first arguments. https://doc.libsodium.org/public-key_cryptography/public-key_signatures */
export type Sodium = {
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
};

/** `undefined` where there is no build of it for the machine. */
export function loadSodium(): Sodium | undefined {
  try {
    return createRequire(import.meta.url)("sodium-native") as Sodium;
  } catch {
    return undefined;
  }
}

/**
 * Ed25519 by libsodium, as Synapse has it: half the time of Node's own, for signing and for verifying, and of one mind
 * with Synapse about keys and signatures at the edge of what is valid.
 */
export function sodiumSigner(sodium: Sodium): Signer {
  const keyPair = (seed: Uint8Array) => {
    const publicKey = new Uint8Array(publicKeyBytes);
    const secretKey = new Uint8Array(secretKeyBytes);
    sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed);
    return { publicKey, secretKey };
  };
  // A homeserver signs with the same seed, which is the same object, for months.
  const secretKeys = new WeakMap<Uint8Array, Uint8Array>();
  const secretKeyOf = (seed: Uint8Array) => {
    const known = secretKeys.get(seed);
    if (known) return known;
    const { secretKey } = keyPair(seed);
    secretKeys.set(seed, secretKey);
    return secretKey;
  };
  return {
    async publicKey(seed) {
      return keyPair(seed).publicKey;
    },
    async sign(seed, message) {
      const signature = new Uint8Array(signatureBytes);
      sodium.crypto_sign_detached(signature, message, secretKeyOf(seed));
      return signature;
    },
    async verify(key, message, signature) {
      if (key.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
      return sodium.crypto_sign_verify_detached(signature, message, key);
    },
  };
}

const publicKeyBytes = 32;
const secretKeyBytes = 64;
const signatureBytes = 64;
