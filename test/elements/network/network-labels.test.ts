import { expect } from "chai";
import { labelSides } from "../../../src/elements/network/network-labels.ts";
import { placeTold } from "../../../src/elements/network/network-told.ts";

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

  it("keep clear of what stands still", () => {
    const cut = { left: 180, right: 224, top: 30, bottom: 74 };
    expect(labelSides([{ x: 150, y: 50, label: 80 }], 800, [cut])).to.deep.equal(["before"]);
    expect(labelSides([{ x: 90, y: 50, label: 80 }], 800, [cut])).to.deep.equal(["none"]);
  });
});

describe("what is told of a link", () => {
  const parts = ["link cut", "garden tries again in 2 s", "harbor tries again in 2 s"];

  it("stands above its mark in one line, or in lines where that would cover something", () => {
    expect(placeTold({ x: 400, y: 120, half: 22, parts }, [], 800)).to.include({ y: 75, lines: false });
    const neighbour = { left: 560, right: 588, top: 70, bottom: 98 };
    const { y, lines, box } = placeTold({ x: 400, y: 120, half: 22, parts }, [neighbour], 800);
    expect({ y, lines }).to.deep.equal({ y: 37, lines: true });
    expect(box.right).to.be.below(neighbour.left);
    expect(box.bottom).to.be.below(120 - 22);
  });

  it("stands below in lines where there is no room above, and tells less where it would cover something", () => {
    const low = { x: 400, y: 40, half: 22, parts };
    expect(placeTold(low, [], 300 + 400)).to.include({ y: 66, lines: true, count: 3 });
    const letters = { left: 340, right: 390, top: 50, bottom: 90 };
    const near = { left: 470, right: 498, top: 0, bottom: 20 };
    expect(placeTold({ ...low, y: 50 }, [letters, near], 800)).to.include({ y: 5, lines: false, count: 1 });
    expect(placeTold({ ...low, y: 30 }, [letters, near], 800)).to.include({ y: 56, lines: false, count: 1 });
  });
});
