import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { PasswordHasher } from "../homeserver/ports.ts";

/** The cost of one guess: memory of 128 · 2^`logN` · `blockSize` bytes, filled `parallel` times. */
export type ScryptCost = { logN: number; blockSize: number; parallel: number };

/** About 50 ms and 16 MiB on a machine of 2024. */
export const fullCost: ScryptCost = { logN: 14, blockSize: 8, parallel: 1 };

/** For tests, where passwords protect nothing. */
export const cheapCost: ScryptCost = { logN: 4, blockSize: 1, parallel: 1 };

const form = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Passwords by scrypt, kept as `$scrypt$ln=14,r=8,p=1$SALT$HASH`. https://www.rfc-editor.org/rfc/rfc7914 */
export function scryptPasswords(cost: ScryptCost = fullCost): PasswordHasher {
  return {
    async hash(password) {
      const salt = randomBytes(16);
      const hash = await derive(password, salt, 32, cost);
      const { logN, blockSize, parallel } = cost;
      return `$scrypt$ln=${logN},r=${blockSize},p=${parallel}$${unpadded(salt)}$${unpadded(hash)}`;
    },
    async verify(password, hashed) {
      const [, logN, blockSize, parallel, salt = "", hash = ""] = form.exec(hashed) ?? [];
      if (!logN) return false;
      const expected = Buffer.from(hash, "base64");
      const used = { logN: Number(logN), blockSize: Number(blockSize), parallel: Number(parallel) };
      const actual = await derive(password, Buffer.from(salt, "base64"), expected.length, used);
      return timingSafeEqual(actual, expected);
    },
  };
}

function derive(password: string, salt: Uint8Array, length: number, cost: ScryptCost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  const options = { N, r: cost.blockSize, p: cost.parallel, maxmem: 256 * N * cost.blockSize };
  return new Promise((resolve, reject) => {
    // The same password may come in two forms of the same characters.
    scrypt(password.normalize("NFC"), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
