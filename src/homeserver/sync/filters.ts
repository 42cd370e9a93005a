import { canonicalFault, canonicalJson } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** Filters that clients keep on the server. https://spec.matrix.org/v1.19/client-server-api/#filtering */
export class Filters {
  readonly #table: Table<JsonObject>;
  readonly #counts = new Map<string, number>();
  /** User and filter → id: clients bring the same filter at each start. */
  readonly #known = new Map<string, string>();

  constructor(store: Store) {
    this.#table = store.table<JsonObject>("filters");
    for (const [key, filter] of this.#table.entries()) {
      const [userId, id] = partsOf(key, 2) as [string, string];
      this.#note(userId, id, filter);
    }
  }

  add(userId: string, filter: JsonObject): string {
    const known = this.#known.get(keyOf(userId, textOf(filter)));
    if (known !== undefined) return known;
    const id = String(this.#counts.get(userId) ?? 0);
    this.#table.set(keyOf(userId, id), filter);
    this.#note(userId, id, filter);
    return id;
  }

  get(userId: string, id: string): JsonObject | undefined {
    return this.#table.get(keyOf(userId, id));
  }

  #note(userId: string, id: string, filter: JsonObject): void {
    this.#counts.set(userId, Number(id) + 1);
    this.#known.set(keyOf(userId, textOf(filter)), id);
  }
}

function textOf(filter: JsonObject): string {
  return canonicalFault(filter) ? JSON.stringify(filter) : canonicalJson(filter);
}
