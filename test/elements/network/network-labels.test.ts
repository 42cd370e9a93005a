import { expect } from "chai";
import { labelSides } from "../../../src/elements/network/network-labels.ts";

describe("labels of packets", () => {
  it("stand towards the middle of the map", () => {
    const packets = [
      { x: 100, y: 50, label: 80 },
      { x: 700, y: 50, label: 80 },
    ];
    expect(labelSides(packets, 800)).to.deep.equal(["after", "before"]);
  });

  it("stand on the other side where something is in the way, and nowhere without room", () => {
    const label = 80;
    const beside = [
      { x: 200, y: 50, label },
      { x: 260, y: 52, label },
    ];
    expect(labelSides(beside, 800)).to.deep.equal(["before", "after"]);
    const pressed = [
      { x: 200, y: 50, label },
      { x: 260, y: 52, label: 0 },
      { x: 130, y: 55, label },
    ];
    expect(labelSides(pressed, 800)).to.deep.equal(["none", "none", "before"]);
  });

  it("do not leave the map, and do not cover each other", () => {
    expect(labelSides([{ x: 30, y: 50, label: 300 }], 320)).to.deep.equal(["none"]);
    const stacked = [
      { x: 200, y: 50, label: 80 },
      { x: 203, y: 55, label: 80 },
    ];
    expect(labelSides(stacked, 800)).to.deep.equal(["after", "before"]);
  });
});
