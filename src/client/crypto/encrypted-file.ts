import type { JsonObject } from "../../protocol/json.ts";

/** How an encrypted file is opened. https://spec.matrix.org/v1.19/client-server-api/#extensions-to-mroommessage-msgtypes */
export type EncryptedFile = {
  url: string;
  key: JsonWebKey & JsonObject;
  /** Unpadded base64. */
  iv: string;
  hashes: { sha256: string };
  v: "v2";
};

/** A file that is not what its message says: the bytes were changed on the way. */
export class FileDamaged extends Error {}

const algorithm = "AES-CTR";

/** Encrypts a file with a key of its own. Upload `bytes`, and send the rest with its address in the message. */
export async function encryptFile(
  file: Blob,
): Promise<{ bytes: ArrayBuffer; how: Omit<EncryptedFile, "url"> }> {
  const key = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, true, ["encrypt", "decrypt"]);
  // The lower half counts blocks; it begins at zero so that it never overflows.
  const counter = new Uint8Array(16);
  crypto.getRandomValues(counter.subarray(0, 8));
  const bytes = await crypto.subtle.encrypt(
    { name: algorithm, counter, length: 64 },
    key,
    await file.arrayBuffer(),
  );
  const { k = "" } = await crypto.subtle.exportKey("jwk", key);
  return {
    bytes,
    how: {
      key: { kty: "oct", key_ops: ["encrypt", "decrypt"], alg: "A256CTR", k, ext: true },
      iv: unpadded(counter),
      hashes: { sha256: unpadded(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) },
      v: "v2",
    },
  };
}

/** @throws FileDamaged before anything is decrypted */
export async function decryptFile(
  bytes: ArrayBuffer,
  { key, iv, hashes }: EncryptedFile,
): Promise<ArrayBuffer> {
  const hash = unpadded(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  if (hash !== hashes?.sha256?.replace(/=+$/, "")) throw new FileDamaged();
  const secret = await crypto.subtle.importKey("jwk", key, { name: algorithm }, false, ["decrypt"]);
  const counter = Uint8Array.from(atob(iv), (char) => char.charCodeAt(0));
  return crypto.subtle.decrypt({ name: algorithm, counter, length: 64 }, secret, bytes);
}

function unpadded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

/** The places in a message where an encrypted file may stand. */
export function encryptedFilesIn(content: JsonObject): EncryptedFile[] {
  const info = content.info as JsonObject | undefined;
  return [content.file, info?.thumbnail_file].filter(isEncryptedFile);
}

function isEncryptedFile(value: unknown): value is EncryptedFile {
  const { url, key, iv } = (value ?? {}) as Partial<EncryptedFile>;
  return typeof url === "string" && typeof key === "object" && typeof iv === "string";
}

/** A message's content as it may stand in a log: with its files, without what opens them. */
export function withoutFileKeys(content: JsonObject): JsonObject {
  if (encryptedFilesIn(content).length === 0) return content;
  const masked = structuredClone(content);
  for (const file of encryptedFilesIn(masked)) file.key = { kty: "oct", k: "•••" };
  return masked;
}
