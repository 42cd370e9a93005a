import { expect } from "chai";
import fc from "fast-check";
import { stateKeyOf } from "../../src/protocol/state-resolution.ts";

describe("a place in a room's state", () => {
  it("is another one for every other pair of type and state key", () => {
    const text = fc.string({ unit: fc.constantFrom('"', "\\", "a", "\u0000", "@"), maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, text, (type, key, otherType, otherKey) => {
        const isSame = type === otherType && key === otherKey;
        expect(stateKeyOf(type, key) === stateKeyOf(otherType, otherKey)).to.equal(isSame);
      }),
      { numRuns: 1000 },
    );
  });
});
