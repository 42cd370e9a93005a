import { parseRoomAlias } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

export type Alias = { room: string; creator: string };

/** The room aliases of this server, and which rooms its directory shows. */
export class Aliases {
  readonly #serverName: string;
  readonly #aliases: Table<Alias>;
  readonly #published: Table<true>;

  constructor(serverName: string, store: Store) {
    this.#serverName = serverName;
    this.#aliases = store.table<Alias>("aliases");
    this.#published = store.table<true>("published-rooms");
  }

  get(alias: string): Alias | undefined {
    return this.#aliases.get(alias);
  }

  /** In the order in which they were made. */
  of(roomId: string): string[] {
    return [...this.#aliases.entries()].flatMap(([alias, { room }]) => (room === roomId ? [alias] : []));
  }

  /** Whether an alias can be made here: of the right form, of this server, and free. */
  fault(alias: string): Refusal | undefined {
    const parsed = parseRoomAlias(alias);
    if (isRefusal(parsed)) return parsed;
    if (parsed.server !== this.#serverName) return { code: "room/alias-of-other-server", facts: { alias } };
    return this.#aliases.has(alias) ? { code: "room/alias-in-use", facts: { alias } } : undefined;
  }

  set(alias: string, value: Alias): void {
    this.#aliases.set(alias, value);
  }

  delete(alias: string): void {
    this.#aliases.delete(alias);
  }

  isPublished(roomId: string): boolean {
    return this.#published.has(roomId);
  }

  publish(roomId: string, published: boolean): void {
    if (published) this.#published.set(roomId, true);
    else this.#published.delete(roomId);
  }

  published(): string[] {
    return [...this.#published.entries()].map(([roomId]) => roomId);
  }
}
