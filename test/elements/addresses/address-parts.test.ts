import { expect } from "chai";
import { isWordsKey } from "../../../src/catalogue/catalogue.ts";
import { refusalWords } from "../../../src/catalogue/refusal-words.ts";
import { readAddress } from "../../../src/elements/addresses/address-parts.ts";
import { refusalCodes } from "../../../src/protocol/matrix-links.ts";

const parts = (text: string) => {
  const reading = readAddress(text);
  return reading.state === "whole"
    ? reading.parts.map(({ kind, text: piece }) => `${kind} ${piece}`)
    : expect.fail(text);
};
const fault = (text: string) => {
  const reading = readAddress(text);
  return reading.state === "faulty"
    ? { code: reading.refusal.code, at: reading.position }
    : expect.fail(text);
};

describe("readAddress", () => {
  it("takes identifiers apart", () => {
    expect(parts(" @sam:garden.example ")).to.deep.equal([
      "sigil @",
      "localpart sam",
      "colon :",
      "server garden.example",
    ]);
    expect(parts("#tea:garden.example:8448").slice(-2)).to.deep.equal(["colon :", "port 8448"]);
    expect(parts("@sam:[::1]:80").slice(3)).to.deep.equal(["server [::1]", "colon :", "port 80"]);
    const hash = `${"aB3-".repeat(10)}xyz`;
    expect(parts(`!${hash}`)).to.deep.equal(["sigil !", `hash ${hash}`]);
  });

  it("takes links apart, and loses no letter of them", () => {
    const links = [
      "https://matrix.to/#/#tea:garden.example?via=harbor.example&via=garden.example",
      "https://matrix.to/#/!old:garden.example/$event:garden.example",
      "https://matrix.to/#sctlib:matrix.org",
      "matrix:u/sam:garden.example?action=chat",
      "matrix:roomid/old:garden.example/e/abc?via=garden.example&nonsense=1",
      "MATRIX:r/tea:garden.example",
    ];
    for (const link of links) {
      const reading = readAddress(link);
      if (reading.state !== "whole") expect.fail(link);
      expect(reading.parts.map(({ text }) => text).join("")).to.equal(link);
    }
    expect(parts("https://matrix.to/#sctlib:matrix.org").slice(0, 3)).to.deep.equal([
      "wrapper https://matrix.to/",
      "sigil #",
      "localpart sctlib",
    ]);
    expect(parts("matrix:u/sam:garden.example?action=chat").slice(-2)).to.deep.equal([
      "separator ?",
      "action action=chat",
    ]);
    expect(parts("https://matrix.to/#/%23tea:garden.example")).to.include("localpart tea");
  });

  it("says what is wrong and under which character", () => {
    expect(fault("sam@garden.example")).to.deep.equal({ code: "address/mail", at: 3 });
    expect(fault("@kim")).to.deep.equal({ code: "identifier/no-server", at: 4 });
    expect(fault("#tea.garden.example")).to.deep.equal({ code: "address/dot", at: 4 });
    expect(fault("@sam:garden_example")).to.deep.equal({ code: "identifier/bad-server-character", at: 11 });
    expect(fault("https://example.org/")).to.deep.equal({ code: "address/web", at: 0 });
    expect(fault("https://matrix.to/#/%4")).to.deep.equal({ code: "link/bad-percent-encoding", at: 20 });
    expect(fault("https://matrix.to/#/@kim")).to.deep.equal({ code: "identifier/no-server", at: 24 });
    expect(fault("#:garden.example")).to.deep.equal({ code: "identifier/empty-localpart", at: 1 });
    expect(fault("tea:garden.example")).to.deep.equal({ code: "address/no-sigil", at: 0 });
    expect(fault("matrix:x/tea:garden.example").at).to.equal(7);
    expect(readAddress("  ")).to.deep.equal({ state: "empty" });
  });

  it("has words for every refusal of an address", () => {
    for (const code of [
      ...refusalCodes,
      "address/mail",
      "address/web",
      "address/no-sigil",
      "address/dot",
      "address/space",
      "address/no-home",
    ])
      expect(isWordsKey(code), code).to.equal(true);
    expect(refusalWords({ code: "none/such", facts: {}, errcode: "M_USER_IN_USE" })).to.contain(
      "this name already",
    );
    expect(refusalWords({ code: "none/such", facts: {} })).to.contain("none/such");
  });
});
