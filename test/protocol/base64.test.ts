import { expect } from "chai";
import fc from "fast-check";
import { decodeBase64, encodeBase64, encodeUrlBase64 } from "../../src/protocol/base64.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("base64", () => {
  // https://spec.matrix.org/v1.19/appendices/#unpadded-base64
  for (const [text, encoded] of [
    ["", ""],
    ["f", "Zg"],
    ["fo", "Zm8"],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg"],
    ["fooba", "Zm9vYmE"],
    ["foobar", "Zm9vYmFy"],
  ] as const) {
    it(`writes "${text}" as "${encoded}", and reads it`, () => {
      expect(encodeBase64(bytesOf(text))).to.equal(encoded);
      expect(textOf(decodeBase64(encoded))).to.equal(text);
    });
  }

  it("reads padded text and both alphabets", () => {
    expect(textOf(decodeBase64("Zm9vYg=="))).to.equal("foob");
    expect([...decodeBase64("+/+/")]).to.deep.equal([...decodeBase64("-_-_")]);
  });

  for (const junk of ["Zm9vY", "Z m8", "Zm8\n", "Zg===", "Zg==Zg", "é"]) {
    it(`refuses ${JSON.stringify(junk)}`, () => {
      expect(() => decodeBase64(junk)).to.throw(SyntaxError);
    });
  }

  it("reads what it writes, in either alphabet", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect([...decodeBase64(encodeBase64(bytes))]).to.deep.equal([...bytes]);
        expect([...decodeBase64(encodeUrlBase64(bytes))]).to.deep.equal([...bytes]);
        expect(encodeUrlBase64(bytes)).to.match(/^[\w-]*$/);
      }),
    );
  });

  it("takes more bytes than a call takes arguments", () => {
    expect(decodeBase64(encodeBase64(new Uint8Array(300_000)))).to.have.lengthOf(300_000);
  });
});
