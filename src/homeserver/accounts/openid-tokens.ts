import { secretToken } from "../chance.ts";
import type { Chance, Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

/** Seconds. */
const life = 3600;

/**
 * Tokens by which a user shows to somebody else who they are, and can do nothing here.
 * https://spec.matrix.org/v1.19/client-server-api/#openid
 */
export class OpenIdTokens {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #table: Table<{ userId: string; expiresAt: number }>;

  constructor(store: Store, { clock, chance }: { clock: Clock; chance: Chance }) {
    this.#clock = clock;
    this.#chance = chance;
    this.#table = store.table("openid-tokens");
  }

  /** @returns the token, and how many seconds it is good for. */
  issue(userId: string): { token: string; expiresIn: number } {
    const now = this.#clock.now();
    for (const [token, { expiresAt }] of this.#table.entries()) {
      if (expiresAt > now) break;
      this.#table.delete(token);
    }
    const token = secretToken(this.#chance);
    this.#table.set(token, { userId, expiresAt: now + life * 1000 });
    return { token, expiresIn: life };
  }

  /** Whose token it is; `undefined` if it is nobody's, or no longer good. */
  userOf(token: string): string | undefined {
    const found = this.#table.get(token);
    return found && found.expiresAt > this.#clock.now() ? found.userId : undefined;
  }
}
