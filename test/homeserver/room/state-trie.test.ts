import { expect } from "chai";
import fc from "fast-check";
import { StateTrie } from "../../../src/homeserver/room/state-trie.ts";

const changes = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.option(fc.nat(9))), { maxLength: 200 });

function applied(list: [string, number | null][], trie = StateTrie.empty<number>()): StateTrie<number> {
  let result = trie;
  for (const [key, value] of list) result = value === null ? result.without(key) : result.with(key, value);
  return result;
}

function mapped(list: [string, number | null][], map = new Map<string, number>()): Map<string, number> {
  for (const [key, value] of list) {
    if (value === null) map.delete(key);
    else map.set(key, value);
  }
  return map;
}

describe("a state trie", () => {
  it("is a map that stays as it was", () => {
    fc.assert(
      fc.property(changes, changes, (first, more) => {
        const trie = applied(first);
        const before = new Map(trie.entries());
        const after = applied(more, trie);
        expect(before).to.deep.equal(mapped(first));
        expect(new Map(trie.entries())).to.deep.equal(before);
        const expected = mapped(more, mapped(first));
        expect(new Map(after.entries())).to.deep.equal(expected);
        expect(after.size).to.equal(expected.size);
        for (const key of expected.keys()) expect(after.get(key)).to.equal(expected.get(key));
      }),
    );
  });

  it("tells what differs from another", () => {
    fc.assert(
      fc.property(changes, changes, changes, (base, one, other) => {
        const shared = applied(base);
        const [mine, theirs] = [applied(one, shared), applied(other, shared)];
        const keys = new Set([...mine.entries(), ...theirs.entries()].map(([key]) => key));
        const expected = [...keys].filter((key) => mine.get(key) !== theirs.get(key));
        const found = [...mine.differences(theirs)];
        expect(found.map(([key]) => key).sort()).to.deep.equal(expected.sort());
        for (const [key, own, other] of found)
          expect([own, other]).to.deep.equal([mine.get(key), theirs.get(key)]);
      }),
    );
  });

  it("holds thousands of keys", () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `@user${index}:garden.example`);
    const trie = applied(keys.map((key, index) => [key, index]));
    expect(trie.size).to.equal(5000);
    for (const [index, key] of keys.entries()) expect(trie.get(key)).to.equal(index);
  });
});
