import { expect } from "chai";
import fc from "fast-check";
import { networkLayout } from "../../../src/elements/network/network-layout.ts";
import type { Rect } from "../../../src/elements/network/network-measure.ts";

function overlaps(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function faults(
  servers: string[],
  devices: { name: string; home?: string }[],
  width: number,
  height: number,
): string[] {
  const layout = networkLayout(servers, devices, { width, height });
  const places = [...layout.houses, ...layout.devices];
  const found: string[] = [];
  if (places.length !== servers.length + devices.length) found.push(`${places.length} places`);
  for (const [index, [name, rect]] of places.entries()) {
    if (rect.x < 0 || rect.y < 0 || rect.x + rect.width > width || rect.y + rect.height > layout.height)
      found.push(`${name} is outside`);
    for (const [other, otherRect] of places.slice(index + 1)) {
      if (overlaps(rect, otherRect)) found.push(`${name} overlaps ${other}`);
    }
  }
  return found;
}

function village(count: number, devicesEach: number[]): [string[], { name: string; home: string }[]] {
  const servers = Array.from({ length: count }, (_, index) => `server-${index}.example`);
  const devices = servers.flatMap((home, index) =>
    Array.from({ length: devicesEach[index % devicesEach.length] ?? 0 }, (_, device) => ({
      name: `p${index}/d${device}`,
      home,
    })),
  );
  return [servers, devices];
}

describe("the network's layout", () => {
  it("keeps everything apart and inside, whatever the number of hosts and the size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 360, max: 1400 }),
        fc.integer({ min: 120, max: 1100 }),
        fc.boolean(),
        (count, devicesEach, width, height, stray) => {
          const [servers, devices] = village(count, devicesEach);
          const all = stray ? [...devices, { name: "nobody/tablet" }] : devices;
          expect(faults(servers, all, width, height)).to.deep.equal([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("gives the same places for the same hosts", () => {
    const [servers, devices] = village(5, [2, 1, 3]);
    const size = { width: 1000, height: 500 };
    expect(networkLayout(servers, devices, size)).to.deep.equal(networkLayout(servers, devices, size));
  });

  it("draws one and two servers large, and two side by side where there is room", () => {
    const [servers, devices] = village(2, [2]);
    const wide = networkLayout(servers, devices, { width: 1000, height: 480 });
    expect(wide.tier).to.equal("large");
    const [one, other] = [...wide.houses.values()];
    expect(one!.y).to.equal(other!.y);
    expect(networkLayout(servers.slice(1), devices.slice(2), { width: 360, height: 480 }).tier).to.equal(
      "large",
    );
  });

  it("uses the height that it is given and asks for more only where it must", () => {
    for (const [count, width, height] of [
      [1, 360, 460],
      [2, 1000, 480],
      [5, 1000, 520],
      [10, 1000, 560],
      [20, 1200, 700],
    ] as const) {
      const [servers, devices] = village(count, [1]);
      expect(networkLayout(servers, devices, { width, height }).height, `${count} servers`).to.equal(height);
    }
  });
});
