import { expect } from "chai";
import "../../../src/elements/addresses/homeroom-address.ts";
import { lookOf, serverIn, serverLooks } from "../../../src/elements/server-look.ts";
import { expectAccessible } from "../accessible.ts";

const looks = serverLooks([
  { name: "garden.example", symbol: "leaf" },
  { name: "harbor.example", symbol: "anchor" },
  { name: "[2001:db8::1]:8448" },
]);

describe("the looks of servers", () => {
  it("are as the scenario says, and the first free one otherwise", () => {
    expect([...looks.values()].map(({ symbol }) => symbol)).to.deep.equal(["leaf", "anchor", "tower"]);
    expect(looks.get("garden.example")).to.include({
      color: "var(--leaf)",
      soft: "var(--leaf-soft)",
      className: "look-leaf",
    });
  });

  it("are each server's own for a hundred servers", () => {
    const many = serverLooks(Array.from({ length: 100 }, (_, index) => ({ name: `s${index}.example` })));
    expect(new Set([...many.values()].map(({ symbol, tint }) => `${symbol} ${tint}`)).size).to.equal(100);
  });

  it("follow from the end of an address", () => {
    expect(serverIn("@bo:harbor.example")).to.equal("harbor.example");
    expect(serverIn("@bo:[2001:db8::1]:8448")).to.equal("[2001:db8::1]:8448");
    expect(serverIn("!of-version-twelve")).to.equal(undefined);
    expect(serverIn("harbor.example")).to.equal(undefined);
    expect(lookOf(looks, "#tea:harbor.example")?.symbol).to.equal("anchor");
    expect(lookOf(looks, "harbor.example")?.symbol).to.equal("anchor");
    expect(lookOf(looks, "@bo:elsewhere.example")).to.equal(undefined);
  });
});

describe("homeroom-address", () => {
  it("wears its server's colour and shape, or none", async () => {
    const place = document.createElement("p");
    document.body.append(place);
    for (const text of ["@bo:harbor.example", "garden.example", "!of-version-twelve"]) {
      const element = document.createElement("homeroom-address");
      element.looks = looks;
      element.textContent = text;
      place.append(element, " ");
      await element.updateComplete;
    }
    const addresses = [...place.children].map((each) => each.shadowRoot!.querySelector(".address")!);
    expect(addresses.map((each) => each.textContent!.trim())).to.deep.equal([
      "@bo:harbor.example",
      "garden.example",
      "!of-version-twelve",
    ]);
    expect(addresses.map((each) => each.querySelectorAll("svg").length)).to.deep.equal([1, 1, 0]);
    const colors = addresses.map((each) => getComputedStyle(each).color);
    expect(new Set(colors).size).to.equal(3);
    await expectAccessible(place);
    place.remove();
  });
});
