import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Signer } from "../homeserver/ports.ts";

/** What stands before the 32 bytes of a seed or key in DER. https://www.rfc-editor.org/rfc/rfc8410 */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** Other servers' keys that are kept ready; each costs a few hundred bytes. */
const mostKeys = 2000;

/**
 * Ed25519 by Node's own cryptography, for machines without libsodium. It works at once where WebCrypto asks another
 * thread, which costs twice the time for messages of this size; and so results come in the order asked.
 */
export function opensslSigner(): Signer {
  // A homeserver signs with the same seed, which is the same object, for months.
  const privateKeys = new WeakMap<Uint8Array, KeyObject>();
  const privateKey = (seed: Uint8Array) => {
    let key = privateKeys.get(seed);
    if (!key) {
      key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
      privateKeys.set(seed, key);
    }
    return key;
  };
  const publicKey = remembered((key) =>
    createPublicKey({ key: Buffer.concat([publicPrefix, key]), format: "der", type: "spki" }),
  );
  return {
    async publicKey(seed) {
      const der = createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" });
      return new Uint8Array(der.subarray(publicPrefix.length));
    },
    async sign(seed, message) {
      const { buffer, byteOffset, length } = sign(null, message, privateKey(seed));
      return new Uint8Array(buffer, byteOffset, length);
    },
    async verify(key, message, signature) {
      if (key.length !== 32 || signature.length !== 64) return false;
      return verify(null, message, publicKey(key), signature);
    },
  };
}

function remembered(make: (bytes: Uint8Array) => KeyObject): (bytes: Uint8Array) => KeyObject {
  const keys = new Map<string, KeyObject>();
  return (bytes) => {
    const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    const known = keys.get(name);
    if (known) return known;
    const [oldest] = keys.keys();
    if (keys.size >= mostKeys && oldest !== undefined) keys.delete(oldest);
    const key = make(bytes);
    keys.set(name, key);
    return key;
  };
}
