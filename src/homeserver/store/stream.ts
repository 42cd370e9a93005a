import type { Store } from "./store.ts";
import type { Table } from "./table.ts";

/**
 * Numbers everything that happens on this server, in the order in which it happened here. Sync tokens are
 * such positions, so no number comes twice, even if what it stood for was never kept (typing, for one): the
 * journal keeps a ceiling ahead of the numbers given out, and a restart goes on from there.
 */
export class Stream {
  readonly #table: Table<number>;
  #position: number;
  #ceiling: number;

  constructor(store: Store) {
    this.#table = store.table<number>("stream");
    this.#ceiling = this.#table.get("ceiling") ?? 0;
    this.#position = this.#ceiling;
  }

  /** The position of the newest thing. */
  get position(): number {
    return this.#position;
  }

  next(): number {
    this.#position += 1;
    if (this.#position > this.#ceiling) {
      this.#ceiling = this.#position + block;
      this.#table.set("ceiling", this.#ceiling);
    }
    return this.#position;
  }
}

const block = 1000;
