import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Chance, Clock } from "../ports.ts";

/** How long a nonce is good, milliseconds. */
const nonceLife = 60_000;
const mostNonces = 10_000;

/** What the one who registers somebody proves to have meant. */
export type SecretRegistration = {
  nonce: string;
  username: string;
  password: string;
  admin: boolean;
  userType?: string;
};

/**
 * Makes accounts for who knows a secret of the server's.
 * https://element-hq.github.io/synapse/latest/admin_api/register_api.html
 */
export class RegistrationSecret {
  readonly #secret: string | undefined;
  readonly #clock: Clock;
  readonly #chance: Chance;
  /** Nonce → when it ends; the oldest first. */
  readonly #nonces = new Map<string, number>();

  constructor(secret: string | undefined, { clock, chance }: { clock: Clock; chance: Chance }) {
    this.#secret = secret;
    this.#clock = clock;
    this.#chance = chance;
  }

  get isEnabled(): boolean {
    return this.#secret !== undefined;
  }

  newNonce(): string {
    const now = this.#clock.now();
    for (const [nonce, endsAt] of this.#nonces) {
      if (endsAt >= now && this.#nonces.size < mostNonces) break;
      this.#nonces.delete(nonce);
    }
    const nonce = bytesToHex(this.#chance.bytes(64));
    this.#nonces.set(nonce, now + nonceLife);
    return nonce;
  }

  /** Whether the nonce is one of ours and still good. It is good once. */
  take(nonce: string): boolean {
    const endsAt = this.#nonces.get(nonce);
    this.#nonces.delete(nonce);
    return endsAt !== undefined && endsAt >= this.#clock.now();
  }

  /** Whether the MAC is that of the registration, by the secret. */
  isSignedBy(mac: string, { nonce, username, password, admin, userType }: SecretRegistration): boolean {
    const parts = [nonce, username, password, admin ? "admin" : "notadmin", ...(userType ? [userType] : [])];
    const bytes = new TextEncoder();
    const wanted = bytesToHex(
      hmac(sha1, bytes.encode(this.#secret ?? ""), bytes.encode(parts.join("\u0000"))),
    );
    // Takes the same time whatever differs.
    let difference = wanted.length ^ mac.length;
    for (let index = 0; index < wanted.length; index++) {
      difference |= wanted.charCodeAt(index) ^ mac.charCodeAt(index);
    }
    return difference === 0;
  }
}
