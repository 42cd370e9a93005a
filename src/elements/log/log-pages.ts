const pageSize = 64;

/**
 * A list that never changes: each change gives a new one that shares all pages but one with the old. Folds keep
 * thousands of lines in it, because a plain array would be copied whole for every entry of the log. Old items are
 * dropped from its start, and every item keeps its index.
 */
export class Pages<Item> {
  /** The index of the oldest item that is still there. */
  readonly first: number;
  /** One more than the index of the newest. */
  readonly end: number;
  #pages: readonly (readonly Item[])[];
  /** The number of the first page, counted from index 0. */
  #start: number;

  private constructor(pages: readonly (readonly Item[])[], start: number, first: number, end: number) {
    this.#pages = pages;
    this.#start = start;
    this.first = first;
    this.end = end;
  }

  static empty<Item>(): Pages<Item> {
    return new Pages<Item>([], 0, 0, 0);
  }

  get size(): number {
    return this.end - this.first;
  }

  at(index: number): Item | undefined {
    if (index < this.first || index >= this.end) return undefined;
    return this.#pages[Math.floor(index / pageSize) - this.#start]?.[index % pageSize];
  }

  push(item: Item): Pages<Item> {
    return this.#write(this.end, item, this.end + 1);
  }

  /** With another item at an index that is there; unchanged where it is not. */
  with(index: number, item: Item): Pages<Item> {
    return index < this.first || index >= this.end ? this : this.#write(index, item, this.end);
  }

  /** With at most so many items, the newest. */
  newest(most: number): Pages<Item> {
    if (this.size <= most) return this;
    const first = this.end - most;
    const start = Math.floor(first / pageSize);
    return new Pages(this.#pages.slice(start - this.#start), start, first, this.end);
  }

  /** Oldest first, or from the newest back. */
  *items(backwards = false): Generator<Item> {
    if (backwards) for (let index = this.end - 1; index >= this.first; index--) yield this.at(index)!;
    else for (let index = this.first; index < this.end; index++) yield this.at(index)!;
  }

  #write(index: number, item: Item, end: number): Pages<Item> {
    const pages = this.#pages.slice();
    const place = Math.floor(index / pageSize) - this.#start;
    const page = pages[place]?.slice() ?? [];
    page[index % pageSize] = item;
    pages[place] = page;
    return new Pages(pages, this.#start, this.first, end);
  }
}

const bucketCount = 128;

/** A map that never changes, in the same manner: for things that are looked up by a text. */
export class Lookup<Value> {
  #buckets: readonly (ReadonlyMap<string, Value> | undefined)[];
  readonly size: number;

  private constructor(buckets: readonly (ReadonlyMap<string, Value> | undefined)[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  static empty<Value>(): Lookup<Value> {
    return new Lookup<Value>([], 0);
  }

  get(key: string): Value | undefined {
    return this.#buckets[bucketOf(key)]?.get(key);
  }

  with(key: string, value: Value): Lookup<Value> {
    const size = this.get(key) === undefined ? this.size + 1 : this.size;
    return this.#changed(key, size, (bucket) => bucket.set(key, value));
  }

  without(key: string): Lookup<Value> {
    if (this.get(key) === undefined) return this;
    return this.#changed(key, this.size - 1, (bucket) => bucket.delete(key));
  }

  *values(): Generator<Value> {
    for (const bucket of this.#buckets) if (bucket) yield* bucket.values();
  }

  #changed(key: string, size: number, change: (bucket: Map<string, Value>) => void): Lookup<Value> {
    const buckets = this.#buckets.slice();
    const place = bucketOf(key);
    const bucket = new Map(buckets[place]);
    change(bucket);
    buckets[place] = bucket;
    return new Lookup(buckets, size);
  }
}

function bucketOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return (hash >>> 0) % bucketCount;
}
