import { type LayoutDevice, measureOf, type NetworkLayout, type Rect } from "./network-layout.ts";

export type Point = { x: number; y: number };

/** A cubic Bézier curve. */
export type Curve = readonly [Point, Point, Point, Point];

/** The lines that packets travel on: from device to home, and between homeservers. */
export type NetworkGeometry = {
  /** From `from` to `to`. Straight through the air where the map knows no line between them. */
  curve(from: string, to: string): Curve | undefined;
};

/** A place on a curve, for `way` from 0 to 1. */
export function pointOn([a, b, c, d]: Curve, way: number): Point {
  const back = 1 - way;
  const wa = back * back * back;
  const wb = 3 * back * back * way;
  const wc = 3 * back * way * way;
  const wd = way * way * way;
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y };
}

export function curvePath([a, b, c, d]: Curve): string {
  const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${at(a)}C${at(b)} ${at(c)} ${at(d)}`;
}

function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The part of a house's place that the drawing takes; its caption is below. */
export function houseBody(rect: Rect, tier: NetworkLayout["tier"]): Rect {
  const caption = { large: 34, medium: 28, small: 24, tiny: 0 }[tier];
  return { ...rect, height: rect.height - caption };
}

function deviceCurve(
  layout: NetworkLayout,
  device: Rect,
  server: string,
  turn: number,
  neighbours: number,
): Curve {
  const house = layout.houses.get(server)!;
  const { gap } = measureOf(layout.tier);
  const spread = Math.min(40, (house.width - gap) / Math.max(1, neighbours));
  const end = middleOf(house).x + (turn - (neighbours - 1) / 2) * spread;
  const card = middleOf(device);
  const below = device.y > house.y;
  // Above a house the line meets the roof where the roof is.
  const roof = Math.abs(end - middleOf(house).x) * 0.8;
  const from: Point = { x: card.x, y: below ? device.y : device.y + device.height };
  const to: Point = { x: end, y: below ? house.y + house.height + 3 : house.y + roof + 2 };
  const bend = (to.y - from.y) * 0.5;
  return [from, { x: from.x, y: from.y + bend }, { x: to.x + (from.x - to.x) * 0.15, y: to.y - bend }, to];
}

function serverCurve(layout: NetworkLayout, from: string, to: string): Curve {
  const one = layout.houses.get(from)!;
  const other = layout.houses.get(to)!;
  const single = [...layout.houses.values()].every(({ row }) => row === one.row);
  const a = middleOf(one);
  const b = middleOf(other);
  if (single) {
    const sign = Math.sign(b.x - a.x) || 1;
    const start: Point = { x: a.x + sign * one.width * 0.34, y: one.y + one.height * 0.22 };
    const end: Point = { x: b.x - sign * other.width * 0.34, y: other.y + other.height * 0.22 };
    const steps = Math.round(Math.abs(b.x - a.x) / (one.width + 16));
    const rise = Math.min(start.y - 14, (44 + one.height * 0.22 + Math.min(4, steps) * 12) * 1.15);
    const reach = (end.x - start.x) * 0.22;
    return [start, { x: start.x + reach, y: start.y - rise }, { x: end.x - reach, y: end.y - rise }, end];
  }
  const edge = (house: typeof one): Point => ({
    x: middleOf(house).x,
    y: house.facing === "up" ? house.y : house.y + house.height + 2,
  });
  const start = edge(one);
  const end = edge(other);
  const street = measureOf(layout.tier).street;
  if (one.row === other.row) {
    const bulge = (one.facing === "down" ? 1 : -1) * street * 0.55;
    return [start, { x: start.x, y: start.y + bulge }, { x: end.x, y: end.y + bulge }, end];
  }
  const bend = Math.max(street * 0.5, Math.abs(end.y - start.y) * 0.45);
  const out = (house: typeof one) => (house.facing === "down" ? bend : -bend);
  return [start, { x: start.x, y: start.y + out(one) }, { x: end.x, y: end.y + out(other) }, end];
}

function reversed([a, b, c, d]: Curve): Curve {
  return [d, c, b, a];
}

/** The lines of a layout. Each is worked out once, when it is first needed. */
export function networkGeometry(layout: NetworkLayout, devices: readonly LayoutDevice[]): NetworkGeometry {
  const homes = new Map(devices.map(({ name, home }) => [name, home]));
  const lodgers = new Map<string, string[]>();
  for (const { name, home } of devices) {
    if (home) lodgers.set(home, [...(lodgers.get(home) ?? []), name]);
  }
  // Lines of neighbours do not cross: who stands further left ends further left.
  for (const names of lodgers.values()) {
    names.sort((one, other) => (layout.devices.get(one)?.x ?? 0) - (layout.devices.get(other)?.x ?? 0));
  }
  const known = new Map<string, Curve | undefined>();

  function trace(from: string, to: string): Curve | undefined {
    const device = layout.devices.get(from);
    if (device && layout.houses.has(to)) {
      const names = homes.get(from) === to ? (lodgers.get(to) ?? []) : [];
      return deviceCurve(layout, device, to, Math.max(0, names.indexOf(from)), Math.max(1, names.length));
    }
    if (layout.houses.has(from) && layout.devices.has(to)) return reversed(trace(to, from)!);
    if (layout.houses.has(from) && layout.houses.has(to) && from !== to) return serverCurve(layout, from, to);
    const there = layout.houses.get(from) ?? device;
    if (!there) return undefined;
    // A host that is not on the map: a little way into the open.
    const start = middleOf(there);
    const end = { x: start.x, y: Math.max(8, start.y - 70) };
    return [start, start, end, end];
  }

  return {
    curve(from, to) {
      const key = `${from} ${to}`;
      if (!known.has(key)) {
        const [first, second] = from < to ? [from, to] : [to, from];
        const both = layout.houses.has(first) && layout.houses.has(second);
        // Both ways are the same line.
        known.set(key, both && from !== first ? reversed(trace(first, second)!) : trace(from, to));
      }
      return known.get(key);
    },
  };
}
