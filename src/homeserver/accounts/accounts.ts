import { parseUserId } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { chanceText, upperCase } from "../chance.ts";
import type { Chance, Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

export type Account = {
  createdAt: number;
  /** As the PasswordHasher made it; absent: no way in by password. */
  password?: string;
  /** An administrator of this server. */
  admin?: true;
  deactivated?: true;
  /** The stream position at which all was to be erased that the user had said. */
  erasedAt?: number;
  /** Of no use until it is unlocked. */
  locked?: true;
  /** Good for reading, not for saying anything. */
  suspended?: true;
};

/** The users of this server. */
export class Accounts {
  readonly #serverName: string;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #table: Table<Account>;
  readonly #listeners: ((userId: string) => void)[] = [];

  constructor(serverName: string, store: Store, { clock, chance }: { clock: Clock; chance: Chance }) {
    this.#serverName = serverName;
    this.#clock = clock;
    this.#chance = chance;
    this.#table = store.table<Account>("accounts");
  }

  /** Calls back for each new user, so that they get what every user has from the start. */
  onCreated(listener: (userId: string) => void): void {
    this.#listeners.push(listener);
  }

  get(userId: string): Account | undefined {
    return this.#table.get(userId);
  }

  /** In the order of their registration. */
  userIds(): string[] {
    return [...this.#table.entries()].map(([userId]) => userId);
  }

  isLocal(userId: string): boolean {
    return (
      userId.endsWith(`:${this.#serverName}`) &&
      userId.indexOf(":") + 1 === userId.length - this.#serverName.length
    );
  }

  /** The id of a new user, if the name is of today's grammar and free. Capitals become small, as everywhere. */
  availableUserId(username: string): string | Refusal {
    const parsed = parseUserId(`@${username.toLowerCase()}:${this.#serverName}`);
    if (isRefusal(parsed)) {
      return { code: "account/invalid-username", facts: { username, ...parsed.facts, fault: parsed.code } };
    }
    if (this.#table.has(parsed.text)) return { code: "account/user-in-use", facts: { username } };
    return parsed.text;
  }

  /** For who registers without choosing one. */
  freeName(): string {
    return chanceText(this.#chance, 10, upperCase.toLowerCase());
  }

  /** A localpart or a whole id, in whatever case one typed it, as the id of a user of this server. */
  userIdOf(user: string): string {
    const userId = user.startsWith("@") ? user : `@${user}:${this.#serverName}`;
    return this.#table.has(userId) ? userId : userId.toLowerCase();
  }

  create(userId: string, password: string | undefined, { admin = false } = {}): void {
    this.#table.set(userId, {
      createdAt: this.#clock.now(),
      ...(password !== undefined && { password }),
      ...(admin && { admin }),
    });
    for (const listener of this.#listeners) listener(userId);
  }

  replace(userId: string, account: Account): void {
    this.#table.set(userId, account);
  }

  update(userId: string, change: Partial<Account>): void {
    const account = this.#table.get(userId);
    if (!account) throw new Error(`No account ${userId}`);
    this.#table.set(userId, { ...account, ...change });
  }
}
