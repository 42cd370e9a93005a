import type { JsonObject } from "../../protocol/json.ts";
import type { Notifier } from "../notifier.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

type Entry = { content: JsonObject; at: number };
/** Absent `room`: it is the user's own, of no room. */
export type AccountDatum = { room?: string; type: string; content: JsonObject };

/**
 * What clients keep on the server, of a user or of a user in a room.
 * https://spec.matrix.org/v1.19/client-server-api/#client-config
 */
export class AccountData {
  readonly #table: Table<Entry>;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  /** User → keys in the table, the one that changed last at the end. */
  readonly #byUser = new Map<string, Map<string, number>>();

  constructor(store: Store, stream: Stream, notifier: Notifier) {
    this.#table = store.table<Entry>("account-data");
    this.#stream = stream;
    this.#notifier = notifier;
    const entries = [...this.#table.entries()].sort(([, a], [, b]) => a.at - b.at);
    for (const [key, { at }] of entries) this.#note(key, at);
  }

  get(userId: string, room: string | undefined, type: string): JsonObject | undefined {
    return this.#table.get(keyOf(userId, room ?? "", type))?.content;
  }

  /** What is emptied stays as an empty object, so that every device hears of it. */
  set(userId: string, room: string | undefined, type: string, content: JsonObject): void {
    const key = keyOf(userId, room ?? "", type);
    const at = this.#stream.next();
    this.#table.set(key, { content, at });
    this.#note(key, at);
    this.#notifier.wake([userId]);
  }

  /** In the order of change; all there is for `undefined`. */
  changedSince(userId: string, position: number | undefined): AccountDatum[] {
    const changed: AccountDatum[] = [];
    for (const [key, at] of [...(this.#byUser.get(userId) ?? [])].reverse()) {
      if (position !== undefined && at <= position) break;
      const [, room, type] = partsOf(key, 3) as [string, string, string];
      const { content } = this.#table.get(key)!;
      changed.push(room === "" ? { type, content } : { room, type, content });
    }
    return changed.reverse();
  }

  /** Drops everything of a user: the account is no more. */
  erase(userId: string): void {
    for (const key of this.#byUser.get(userId)?.keys() ?? []) this.#table.delete(key);
    this.#byUser.delete(userId);
  }

  #note(key: string, at: number): void {
    const userId = key.slice(0, key.indexOf("\u0000"));
    let keys = this.#byUser.get(userId);
    if (!keys) {
      keys = new Map();
      this.#byUser.set(userId, keys);
    }
    keys.delete(key);
    keys.set(key, at);
  }
}
