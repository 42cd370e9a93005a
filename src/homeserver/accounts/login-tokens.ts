import { secretToken } from "../chance.ts";
import type { Chance, Clock } from "../ports.ts";

/** Milliseconds. */
const life = 120_000;

/**
 * Tokens by which a device signs another one in, once each. They live so shortly that they are only in memory.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token
 */
export class LoginTokens {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #tokens = new Map<string, { userId: string; expiresAt: number }>();

  constructor({ clock, chance }: { clock: Clock; chance: Chance }) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** @returns the token, and how many milliseconds it is good for. */
  issue(userId: string): { token: string; expiresIn: number } {
    const now = this.#clock.now();
    for (const [token, { expiresAt }] of this.#tokens) {
      if (expiresAt > now) break;
      this.#tokens.delete(token);
    }
    const token = secretToken(this.#chance);
    this.#tokens.set(token, { userId, expiresAt: now + life });
    return { token, expiresIn: life };
  }

  /** Whom it signs in; nobody a second time. */
  redeem(token: string): string | undefined {
    const found = this.#tokens.get(token);
    this.#tokens.delete(token);
    return found && found.expiresAt > this.#clock.now() ? found.userId : undefined;
  }
}
