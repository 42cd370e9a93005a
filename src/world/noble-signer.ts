import { ed25519 } from "@noble/curves/ed25519.js";
import type { Signer } from "../homeserver/ports.ts";

/** Ed25519 in JavaScript, for where the platform has none. */
export const nobleSigner: Signer = {
  publicKey: async (seed) => ed25519.getPublicKey(seed),
  sign: async (seed, message) => ed25519.sign(message, seed),
  async verify(publicKey, message, signature) {
    try {
      return ed25519.verify(signature, message, publicKey);
    } catch {
      return false;
    }
  },
};
