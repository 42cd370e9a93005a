import { expect } from "chai";
import fc from "fast-check";
import {
  CanonicalJsonError,
  canonicalFault,
  canonicalJson,
  canonicalJsonWithout,
  compareCodePoints,
  deepestNesting,
  numberFormFault,
  refusalCodes,
} from "../../src/protocol/canonical-json.ts";
import type { Json } from "../../src/protocol/json.ts";
import vectors from "./vectors/canonical-json.json";

/** JSON values that have a canonical form, their keys in any order and script. */
const canonicalValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 4 }), tie("value"), { maxKeys: 6 }),
  ),
})).value;

/** The order by code points as plainly as it can be said. */
function isBefore(a: string, b: string): boolean {
  const [x, y] = [[...a], [...b]].map((characters) => characters.map((c) => c.codePointAt(0)!));
  for (const [i, point] of x!.entries()) if (point !== y![i]) return y![i] !== undefined && point < y![i];
  return x!.length < y!.length;
}

describe("canonical JSON", () => {
  // https://spec.matrix.org/v1.19/appendices/#examples
  for (const { json, canonical } of vectors) {
    it(`writes ${json} as the specification does`, () => {
      expect(canonicalJson(JSON.parse(json))).to.equal(canonical);
    });
  }

  it("escapes no more than it must, in lower case", () => {
    expect(canonicalJson('\b\t\n\f\r"\\/\u0000\u001f\u007f\u2028é😀')).to.equal(
      '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f\u007f\u2028é😀"',
    );
  });

  it("puts what lies beyond U+FFFF last, unlike JavaScript", () => {
    expect(canonicalJson({ "😀": 1, "\uff5e": 2, "\ue000": 3 })).to.equal('{"\ue000":3,"\uff5e":2,"😀":1}');
    expect(["😀", "\uff5e"].sort()).to.deep.equal(["😀", "\uff5e"]);
  });

  it("keeps number-like and odd keys in their place", () => {
    const value = JSON.parse('{"b":0,"10":1,"9":2,"__proto__":3,"constructor":4}');
    expect(canonicalJson(value)).to.equal('{"10":1,"9":2,"__proto__":3,"b":0,"constructor":4}');
  });

  it("sorts many keys as it sorts few", () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${(i * 7919) % 300}`, i]));
    const keys = Object.keys(JSON.parse(canonicalJson(many)));
    expect(keys).to.deep.equal([...keys].sort());
  });

  it("puts what is nested in order, however deep", () => {
    let value: Json = 0;
    let text = "0";
    for (let level = 0; level < 200; level++) {
      value = [{ z: level, a: value }];
      text = `[{"a":${text},"z":${level}}]`;
    }
    expect(canonicalJson(value)).to.equal(text);
    expect(JSON.stringify(value)).not.to.equal(text);
  });

  it("leaves out what is to be left out, at the top only", () => {
    const value = { b: { unsigned: 1 }, unsigned: 2, a: 3 };
    expect(canonicalJsonWithout(value, ["unsigned"])).to.equal('{"a":3,"b":{"unsigned":1}}');
  });

  it("is read back as the same value, and written the same again", () => {
    fc.assert(
      fc.property(canonicalValue, (value) => {
        const json = canonicalJson(value);
        expect(canonicalFault(value)).to.equal(undefined);
        expect(canonicalJson(JSON.parse(json))).to.equal(json);
        expect(JSON.parse(json)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("has its keys in the order of code points", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary", maxLength: 5 }), { maxLength: 60 }), (keys) => {
        const json = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
        const written = [...json.matchAll(/("(?:[^"\\]|\\.)*"):0/gs)].map((match) => JSON.parse(match[1]!));
        expect(written).to.have.lengthOf(keys.length);
        for (let i = 1; i < written.length; i++) expect(isBefore(written[i - 1], written[i])).to.equal(true);
        expect(written).to.deep.equal([...keys].sort(compareCodePoints));
      }),
    );
  });
});

describe("what has no canonical form", () => {
  const nested = (levels: number): Json => {
    let value: Json = 1;
    for (let i = 0; i < levels; i++) value = [value];
    return value;
  };
  const cases: [story: string, value: unknown, code: (typeof refusalCodes)[number], path: string][] = [
    ["a float", { content: { levels: [1, 2.5] } }, "json/float", "content.levels.1"],
    ["an integer too great", { depth: 2 ** 53 }, "json/integer-range", "depth"],
    ["an integer too small", [-(2 ** 53)], "json/integer-range", "0"],
    ["half of a character", { body: "\ud83d" }, "json/lone-surrogate", "body"],
    ["half of a character in a key", { a: { "\ude00": 1 } }, "json/lone-surrogate", "a.\ude00"],
    ["infinity", [Number.POSITIVE_INFINITY], "json/not-json", "0"],
    ["nothing", { a: undefined }, "json/not-json", "a"],
    [
      "what is nested without end",
      nested(100_000),
      "json/too-deep",
      "0.".repeat(deepestNesting).slice(0, -1),
    ],
  ];
  for (const [story, value, code, path] of cases) {
    it(`${story} is named and placed`, () => {
      const fault = canonicalFault(value as Json);
      expect(fault?.code).to.equal(code);
      expect(fault?.facts.path).to.equal(path);
      expect(refusalCodes).to.include(code);
      expect(() => canonicalJson(value as Json)).to.throw(CanonicalJsonError);
    });
  }

  it("the greatest integers and the deepest nesting have one", () => {
    expect(canonicalJson([2 ** 53 - 1, -(2 ** 53) + 1])).to.equal("[9007199254740991,-9007199254740991]");
    expect(canonicalFault(nested(deepestNesting))).to.equal(undefined);
    expect(canonicalJson(nested(deepestNesting))).to.have.lengthOf(2 * deepestNesting + 1);
  });

  for (const [text, code] of [
    ['{"a":1.0}', "json/float"],
    ['{"a":[1e3]}', "json/float"],
    ['{"a":1E3}', "json/float"],
    ['{"a":-0}', "json/negative-zero"],
    ['{"a":"1.5 and -0 and \\"2e3"}', undefined],
    ['{"1e3":-10,"b":0}', undefined],
    ['["$1eFt-0","\\\\",-05.5]', "json/float"],
  ] as const) {
    it(`${text} ${code ? "has a number in another form" : "has all its numbers in their form"}`, () => {
      expect(numberFormFault(text)?.code).to.equal(code);
    });
  }
});
