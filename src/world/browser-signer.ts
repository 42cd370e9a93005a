import type { Signer } from "../homeserver/ports.ts";
import { decodeBase64, encodeBase64 } from "../protocol/base64.ts";

/** DER of a PKCS #8 private key of Ed25519, up to the 32 bytes of the seed. https://www.rfc-editor.org/rfc/rfc8410 */
const pkcs8Head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** A browser has had Ed25519 only for a short while: it is tried, not assumed. */
export async function browserSigner(): Promise<Signer> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle) {
    const signer = webCryptoSigner(subtle);
    const works = await signer
      .sign(new Uint8Array(32), new Uint8Array(1))
      .then((signature) => signature.length === 64)
      .catch(() => false);
    if (works) return signer;
  }
  const { nobleSigner } = await import("./noble-signer.ts");
  return nobleSigner;
}

/** Ten times faster than JavaScript. Its results may come in another order than asked. */
function webCryptoSigner(subtle: SubtleCrypto): Signer {
  const privateKey = cached((seed) =>
    subtle.importKey("pkcs8", new Uint8Array([...pkcs8Head, ...seed]), "Ed25519", true, ["sign"]),
  );
  const publicKey = cached((key) =>
    subtle.importKey("raw", new Uint8Array(key), "Ed25519", false, ["verify"]),
  );
  return {
    async publicKey(seed) {
      const { x } = await subtle.exportKey("jwk", await privateKey(seed));
      return decodeBase64(x ?? "");
    },
    async sign(seed, message) {
      return new Uint8Array(await subtle.sign("Ed25519", await privateKey(seed), new Uint8Array(message)));
    },
    async verify(key, message, signature) {
      try {
        const imported = await publicKey(key);
        return await subtle.verify("Ed25519", imported, new Uint8Array(signature), new Uint8Array(message));
      } catch {
        // Bytes that are no key at all.
        return false;
      }
    },
  };
}

/** Keys that were imported, by their bytes; so many that a network of servers fits. */
function cached(load: (bytes: Uint8Array) => Promise<CryptoKey>): (bytes: Uint8Array) => Promise<CryptoKey> {
  const keys = new Map<string, Promise<CryptoKey>>();
  return (bytes) => {
    const name = encodeBase64(bytes);
    const found = keys.get(name) ?? load(bytes);
    keys.set(name, found);
    if (keys.size > 1000) keys.delete(keys.keys().next().value!);
    found.catch(() => keys.delete(name));
    return found;
  };
}
