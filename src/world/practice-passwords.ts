import { scrypt } from "@noble/hashes/scrypt.js";
import type { PasswordHasher } from "../homeserver/ports.ts";
import { decodeBase64, encodeBase64 } from "../protocol/base64.ts";

/** Low: accounts of a practice world guard nothing, and hashing happens while the learner waits. */
const cost = { N: 2 ** 10, r: 8, p: 1, dkLen: 32 };

/** scrypt at a low cost. https://www.rfc-editor.org/rfc/rfc7914 */
export const practicePasswords: PasswordHasher = {
  async hash(password) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    return `scrypt:${encodeBase64(salt)}:${encodeBase64(scrypt(password, salt, cost))}`;
  },
  async verify(password, hashed) {
    const [, salt = "", hash = ""] = hashed.split(":");
    return encodeBase64(scrypt(password, decodeBase64(salt), cost)) === hash;
  },
};
