import type { Journal, JournalRecord } from "../ports.ts";
import { Table } from "./table.ts";

/**
 * All data of a homeserver: tables in memory, rebuilt from the journal. Writes are seen at once and go to the
 * journal together, an append for all that was written while the one before was under way. The HTTP edge
 * answers nothing before {@link settled}.
 */
export class Store {
  readonly #journal: Journal;
  readonly #tables = new Map<string, Table<unknown>>();
  /** Written, and not on the way to the journal yet. */
  #waiting: JournalRecord[] = [];
  #waitingKept: Promise<void> | undefined;
  #appendingKept: Promise<void> | undefined;
  #failure: unknown;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  static async open(journal: Journal): Promise<Store> {
    const store = new Store(journal);
    for await (const { table, key, value } of journal.read()) store.table(table).restore(key, value);
    return store;
  }

  /** The table of this name, made on first use. Whoever owns it says what its values are. */
  table<Value>(name: string): Table<Value> {
    let table = this.#tables.get(name);
    if (!table) {
      table = new Table<unknown>(name, (record) => this.#append(record));
      this.#tables.set(name, table);
    }
    return table as Table<Value>;
  }

  /** Resolves when all that was written so far is kept; `undefined` when it is already. */
  settled(): Promise<void> | undefined {
    if (this.#failure) return Promise.reject(this.#failure);
    return this.#waitingKept ?? this.#appendingKept;
  }

  #append(record: JournalRecord): void {
    this.#waiting.push(record);
    if (this.#waitingKept) return;
    this.#waitingKept = this.#flush(this.#appendingKept);
    // Whoever needs to know asks `settled`.
    this.#waitingKept.catch(() => undefined);
  }

  async #flush(before: Promise<void> | undefined): Promise<void> {
    // Begins after the code that writes now has written all of it.
    await before;
    await this.#journal.gathered?.(() => this.#waiting.length);
    const kept = this.#waitingKept;
    const records = this.#waiting;
    this.#waiting = [];
    this.#waitingKept = undefined;
    this.#appendingKept = kept;
    try {
      await this.#journal.append(records);
    } catch (failure) {
      // Memory is ahead of the journal now: nothing more may be promised to anyone.
      this.#failure = failure;
      throw failure;
    }
    if (this.#appendingKept === kept) this.#appendingKept = undefined;
  }
}
