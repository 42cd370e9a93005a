import type { Json } from "../../protocol/json.ts";
import type { JournalRecord } from "../ports.ts";

/**
 * A map of JSON values that the journal keeps. Values are never changed in place: a new one is set.
 * @typeParam Value what the code that owns the table writes into it.
 */
export class Table<Value> {
  readonly name: string;
  readonly #values = new Map<string, Value>();
  readonly #write: (record: JournalRecord) => void;

  constructor(name: string, write: (record: JournalRecord) => void) {
    this.name = name;
    this.#write = write;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#write({ table: this.name, key, value: value as Json });
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#write({ table: this.name, key });
  }

  /** In the order in which the keys were first set. */
  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  get size(): number {
    return this.#values.size;
  }

  /** Puts back what the journal has. */
  restore(key: string, value: Json | undefined): void {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value as Value);
  }
}

/** One key of several parts. Only the last part may contain NUL, which identifiers never do. */
export function keyOf(...parts: string[]): string {
  return parts.join("\u0000");
}

export function partsOf(key: string, count: number): string[] {
  const parts = key.split("\u0000");
  return parts.length <= count
    ? parts
    : [...parts.slice(0, count - 1), parts.slice(count - 1).join("\u0000")];
}
