import { expect } from "chai";
import fc from "fast-check";
import { formatXMatrix, parseXMatrix, refusalCodes, type XMatrix } from "../../src/protocol/x-matrix.ts";
import { codeOf } from "./code-of.ts";

const given: XMatrix = {
  origin: "ada.example",
  destination: "bo.example:8448",
  key: "ed25519:1",
  sig: "a+/b",
};

// https://spec.matrix.org/v1.19/server-server-api/#request-authentication
describe("the X-Matrix header", () => {
  it("is written as older servers want it", () => {
    expect(formatXMatrix(given)).to.equal(
      'X-Matrix origin="ada.example",destination="bo.example:8448",key="ed25519:1",sig="a+/b"',
    );
  });

  for (const [story, header] of [
    [
      "in any order",
      'X-Matrix sig="a+/b",key="ed25519:1",destination="bo.example:8448",origin="ada.example"',
    ],
    [
      "with names in any case",
      'x-matrix Origin="ada.example",DESTINATION="bo.example:8448",Key="ed25519:1",sig="a+/b"',
    ],
    [
      "with unquoted values",
      'X-Matrix origin=ada.example,destination=bo.example:8448,key=ed25519:1,sig="a+/b"',
    ],
    [
      "with spaces and tabs",
      'X-Matrix   origin="ada.example" ,\tdestination="bo.example:8448" , key="ed25519:1",,sig="a+/b"',
    ],
    [
      "with unknown parameters",
      'X-Matrix origin="ada.example",new="1,2=\\"",destination="bo.example:8448",key="ed25519:1",sig="a+/b"',
    ],
    [
      "with escapes",
      'X-Matrix origin="ada\\.example",destination="bo.example:8448",key="ed25519:1",sig="a+/b"',
    ],
  ] as const) {
    it(`is read ${story}`, () => {
      expect(parseXMatrix(header)).to.deep.equal(given);
    });
  }

  it("is read without a destination, which older servers leave out", () => {
    expect(parseXMatrix('X-Matrix origin="a",key="ed25519:1",sig="x"')).to.deep.equal({
      origin: "a",
      key: "ed25519:1",
      sig: "x",
    });
  });

  for (const [header, code] of [
    ["Bearer abc", "x-matrix/other-scheme"],
    ["X-Matrix", "x-matrix/other-scheme"],
    ['X-Matrix origin="a",key="k"', "x-matrix/missing-parameter"],
    ['X-Matrix origin="a",origin="b",key="k",sig="s"', "x-matrix/duplicate-parameter"],
    ['X-Matrix origin="a,key="k",sig="s"', "x-matrix/malformed"],
    ["X-Matrix origin", "x-matrix/malformed"],
  ] as const) {
    it(`is refused as ${header}`, () => {
      expect(codeOf(parseXMatrix(header))).to.equal(code);
      expect(refusalCodes).to.include(code);
    });
  }

  it("is read as it was written", () => {
    const value = fc.string({ unit: "binary", minLength: 1 });
    fc.assert(
      fc.property(fc.record({ origin: value, destination: value, key: value, sig: value }), (parameters) => {
        expect(parseXMatrix(formatXMatrix(parameters))).to.deep.equal(parameters);
      }),
    );
  });
});
