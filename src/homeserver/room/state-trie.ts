/**
 * A map from strings that is never changed: each change makes a new one, which shares all but a few nodes with
 * the old. So the state before and after each event of a room costs little more than the changes, any of its
 * values is found in a few steps, and what differs between two of them is found without a look at what they
 * share. (A hash array mapped trie.)
 */
export class StateTrie<Value> {
  readonly size: number;
  readonly #root: Branch<Value>;

  private constructor(root: Branch<Value>, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<Value>(): StateTrie<Value> {
    return new StateTrie<Value>({ bits: 0, slots: [] }, 0);
  }

  get(key: string): Value | undefined {
    let hash = hashOf(key);
    let branch = this.#root;
    for (;;) {
      const bit = 1 << (hash & 31);
      if ((branch.bits & bit) === 0) return undefined;
      const slot = branch.slots[slotOf(branch.bits, bit)]!;
      if (Array.isArray(slot)) return slot.find((entry) => entry.key === key)?.value;
      branch = slot;
      hash >>>= 5;
    }
  }

  with(key: string, value: Value): StateTrie<Value> {
    const before = this.get(key);
    if (before === value) return this;
    const root = put(this.#root, hashOf(key), 0, { key, value });
    return new StateTrie(root, before === undefined ? this.size + 1 : this.size);
  }

  without(key: string): StateTrie<Value> {
    if (this.get(key) === undefined) return this;
    return new StateTrie(remove(this.#root, hashOf(key), key), this.size - 1);
  }

  *entries(): Generator<[string, Value]> {
    yield* entriesOf(this.#root);
  }

  *values(): Generator<Value> {
    for (const [, value] of entriesOf(this.#root)) yield value;
  }

  /** The keys whose values differ, with this one's value and the other's. */
  differences(other: StateTrie<Value>): Difference<Value>[] {
    const found: Difference<Value>[] = [];
    findDifferences(this.#root, other.#root, found);
    return found;
  }
}

type Difference<Value> = [key: string, mine: Value | undefined, theirs: Value | undefined];

/** `bits` says which of 32 places are taken; `slots` has what is there. */
type Branch<Value> = { bits: number; slots: Slot<Value>[] };
/** Further branches, or the few entries of one hash: nearly always a single one. */
type Slot<Value> = Branch<Value> | Entry<Value>[];
type Entry<Value> = { key: string; value: Value };

/** Hashes have 32 bits, each level takes 5. */
const deepestLevel = 6;

function put<Value>(branch: Branch<Value>, hash: number, level: number, entry: Entry<Value>): Branch<Value> {
  const bit = 1 << (hash & 31);
  const index = slotOf(branch.bits, bit);
  if ((branch.bits & bit) === 0) {
    return { bits: branch.bits | bit, slots: branch.slots.toSpliced(index, 0, [entry]) };
  }
  return {
    bits: branch.bits,
    slots: branch.slots.with(index, putIn(branch.slots[index]!, hash, level, entry)),
  };
}

function putIn<Value>(slot: Slot<Value>, hash: number, level: number, entry: Entry<Value>): Slot<Value> {
  if (!Array.isArray(slot)) return put(slot, hash >>> 5, level + 1, entry);
  const others = slot.filter(({ key }) => key !== entry.key);
  if (others.length === 0) return [entry];
  if (level === deepestLevel) return [...others, entry];
  let branch: Branch<Value> = { bits: 0, slots: [] };
  for (const each of [...others, entry]) {
    branch = put(branch, hashOf(each.key) >>> (5 * (level + 1)), level + 1, each);
  }
  return branch;
}

function remove<Value>(branch: Branch<Value>, hash: number, key: string): Branch<Value> {
  const bit = 1 << (hash & 31);
  const index = slotOf(branch.bits, bit);
  const slot = branch.slots[index]!;
  const left = Array.isArray(slot)
    ? slot.filter((entry) => entry.key !== key)
    : remove(slot, hash >>> 5, key);
  const isEmpty = Array.isArray(left) ? left.length === 0 : left.bits === 0;
  return isEmpty
    ? { bits: branch.bits & ~bit, slots: branch.slots.toSpliced(index, 1) }
    : { bits: branch.bits, slots: branch.slots.with(index, left) };
}

function* entriesOf<Value>(slot: Slot<Value>): Generator<[string, Value]> {
  if (Array.isArray(slot)) for (const { key, value } of slot) yield [key, value];
  else for (const inner of slot.slots) yield* entriesOf(inner);
}

function findDifferences<Value>(mine: Slot<Value>, theirs: Slot<Value>, found: Difference<Value>[]): void {
  if (mine === theirs) return;
  if (Array.isArray(mine) || Array.isArray(theirs)) {
    const others = new Map(entriesOf(theirs));
    for (const [key, value] of entriesOf(mine)) {
      const other = others.get(key);
      if (other !== value) found.push([key, value, other]);
      others.delete(key);
    }
    for (const [key, value] of others) found.push([key, undefined, value]);
    return;
  }
  for (let left = mine.bits | theirs.bits; left !== 0; left &= left - 1) {
    const bit = left & -left;
    const own = mine.bits & bit ? mine.slots[slotOf(mine.bits, bit)]! : [];
    const other = theirs.bits & bit ? theirs.slots[slotOf(theirs.bits, bit)]! : [];
    if (own !== other) findDifferences<Value>(own, other, found);
  }
}

/** How many places before this one are taken. */
function slotOf(bits: number, bit: number): number {
  let below = bits & (bit - 1);
  below -= (below >>> 1) & 0x55555555;
  below = (below & 0x33333333) + ((below >>> 2) & 0x33333333);
  return (((below + (below >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** FNV-1a over UTF-16 units. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  // Its lower bits are mixed the least, and they decide first.
  return (hash ^ (hash >>> 15)) >>> 0;
}
