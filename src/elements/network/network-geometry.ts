import {
  type House,
  type LayoutDevice,
  measureOf,
  type NetworkLayout,
  type Rect,
} from "./network-measure.ts";

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
  const caption = { large: 34, medium: 28, small: 24, tiny: 0, micro: 0 }[tier];
  return { ...rect, height: rect.height - caption };
}

/** A device and the way its line takes past its neighbours' cards. */
type Lodger = { name: string; rect: Rect; blocked?: Rect; side: -1 | 0 | 1 };

/** Who lives at a server, from left to right by where their lines meet the house, so that no lines cross. */
function lodgersOf(layout: NetworkLayout, house: Rect, names: readonly string[]): Lodger[] {
  const rects = names.flatMap((name) => layout.devices.get(name) ?? []);
  let routed = 0;
  const lodgers = names.flatMap((name): Lodger[] => {
    const rect = layout.devices.get(name);
    if (!rect) return [];
    const middle = middleOf(rect);
    const between = (other: Rect) =>
      other.x < middle.x &&
      middle.x < other.x + other.width &&
      Math.sign(rect.y - other.y) === Math.sign(other.y - house.y);
    const blocked = rects
      .filter((other) => other !== rect && between(other))
      .sort((a, b) => Math.abs(a.y - house.y) - Math.abs(b.y - house.y))[0];
    if (!blocked) return [{ name, rect, side: 0 }];
    routed += 1;
    return [{ name, rect, blocked, side: routed % 2 === 1 ? 1 : -1 }];
  });
  return lodgers.sort((one, other) => one.rect.x + one.side - (other.rect.x + other.side));
}

function deviceCurve(
  layout: NetworkLayout,
  { rect, blocked, side }: Lodger,
  server: string,
  turn: number,
  neighbours: number,
): Curve {
  const house = layout.houses.get(server)!;
  const { gap } = measureOf(layout.tier);
  const spread = Math.min(40, (house.width - gap) / Math.max(1, neighbours));
  const end = middleOf(house).x + (turn - (neighbours - 1) / 2) * spread;
  const below = rect.y > house.y;
  // Above a house the line meets the roof where the roof is.
  const roof = Math.abs(end - middleOf(house).x) * 0.8;
  const to: Point = { x: end, y: below ? house.y + house.height + 3 : house.y + roof + 2 };
  const card = middleOf(rect);
  if (blocked) {
    const edge = side > 0 ? rect.x + rect.width : rect.x;
    const clear = below ? blocked.y - 12 : blocked.y + blocked.height + 12;
    const out = edge + side * gap * 1.2;
    return [
      { x: edge, y: card.y },
      { x: out, y: card.y + (clear - card.y) * 0.3 },
      { x: out, y: clear + (clear - card.y) * 0.1 },
      to,
    ];
  }
  const from: Point = { x: card.x, y: below ? rect.y : rect.y + rect.height };
  const bend = (to.y - from.y) * 0.5;
  return [from, { x: from.x, y: from.y + bend }, { x: to.x + (from.x - to.x) * 0.15, y: to.y - bend }, to];
}

/** Over the roofs, where all houses stand in one row. */
function archCurve(layout: NetworkLayout, one: House, other: House): Curve {
  const a = middleOf(one);
  const b = middleOf(other);
  const sign = Math.sign(b.x - a.x) || 1;
  const start: Point = { x: a.x + sign * one.width * 0.34, y: one.y + one.height * 0.22 };
  const end: Point = { x: b.x - sign * other.width * 0.34, y: other.y + other.height * 0.22 };
  const between = [...layout.houses.values()].filter((house) => {
    const { x } = middleOf(house);
    return x > Math.min(a.x, b.x) && x < Math.max(a.x, b.x);
  }).length;
  // The middle of the arch is three quarters of the way up; above it is room for a mark and its words.
  const top = { large: 66, medium: 58, small: 40, tiny: 12, micro: 12 }[layout.tier];
  const wanted = (62 + one.height * 0.2) * 1.2 + Math.min(3, between) * 58;
  const most = (start.y - top) / 0.75;
  // Arches over more houses are higher, also where there is little room.
  const share = between === 0 && layout.houses.size > 2 ? 0.66 : 1;
  const rise = Math.max(8, Math.min(most * share, wanted));
  const reach = (end.x - start.x) * 0.22;
  return [start, { x: start.x + reach, y: start.y - rise }, { x: end.x - reach, y: end.y - rise }, end];
}

/** Through the open middle of the ring: the further apart, the nearer to its heart. */
function ringCurve(layout: NetworkLayout, one: House, other: House): Curve {
  const heart: Point = { x: layout.width / 2, y: layout.height / 2 };
  const door = (house: House): Point => {
    const { x, y, width, height } = houseBody(house, layout.tier);
    return {
      x: house.facing === "left" ? x : house.facing === "right" ? x + width : x + width / 2,
      y: house.facing === "up" ? y : house.facing === "down" ? house.y + house.height : y + height / 2,
    };
  };
  const [start, end] = [door(one), door(other)];
  const reach = 0.45 * Math.hypot(end.x - start.x, end.y - start.y);
  const towards = (from: Point): Point => {
    const away = Math.max(1, Math.hypot(heart.x - from.x, heart.y - from.y));
    const part = Math.min(0.8, reach / away);
    return { x: from.x + (heart.x - from.x) * part, y: from.y + (heart.y - from.y) * part };
  };
  return [start, towards(start), towards(end), end];
}

/** From a device straight to the back of its house. */
function shortCurve(card: Rect, house: House): Curve {
  const from = middleOf(card);
  const within = (at: number, least: number, size: number) => Math.min(Math.max(at, least), least + size);
  const to = { x: within(from.x, house.x, house.width), y: within(from.y, house.y, house.height) };
  return [from, from, to, to];
}

function serverCurve(layout: NetworkLayout, one: House, other: House): Curve {
  if (layout.shape === "ring") return ringCurve(layout, one, other);
  if ([...layout.houses.values()].every(({ row }) => row === one.row)) return archCurve(layout, one, other);
  const edge = (house: House): Point => ({
    x: middleOf(house).x,
    y: house.facing === "up" ? house.y : house.y + house.height + 2,
  });
  const start = edge(one);
  const end = edge(other);
  const { street } = measureOf(layout.tier);
  if (one.row === other.row) {
    const steps = Math.abs(end.x - start.x) / (one.width + 16);
    const bulge = (one.facing === "down" ? 1 : -1) * street * Math.min(1.1, 0.3 + 0.16 * steps);
    const reach = (end.x - start.x) * 0.15;
    return [start, { x: start.x + reach, y: start.y + bulge }, { x: end.x - reach, y: end.y + bulge }, end];
  }
  const out = (house: House) =>
    (house.facing === "down" ? 1 : -1) * Math.max(street * 0.25, Math.abs(end.y - start.y) * 0.3);
  const reach = (end.x - start.x) * 0.24;
  return [
    start,
    { x: start.x + reach, y: start.y + out(one) },
    { x: end.x - reach, y: end.y + out(other) },
    end,
  ];
}

function reversed([a, b, c, d]: Curve): Curve {
  return [d, c, b, a];
}

/** The lines of a layout. Each is worked out once, when it is first needed. */
export function networkGeometry(layout: NetworkLayout, devices: readonly LayoutDevice[]): NetworkGeometry {
  const homes = new Map(devices.map(({ name, home }) => [name, home]));
  const lodgers = new Map<string, Lodger[]>();
  for (const [server, house] of layout.houses) {
    lodgers.set(
      server,
      lodgersOf(
        layout,
        house,
        devices.filter(({ home }) => home === server).map(({ name }) => name),
      ),
    );
  }
  const known = new Map<string, Curve | undefined>();

  function trace(from: string, to: string): Curve | undefined {
    const device = layout.devices.get(from);
    const [house, other] = [layout.houses.get(to), layout.houses.get(from)];
    if (device && house && layout.shape === "ring") return shortCurve(device, house);
    if (device && house) {
      const names = homes.get(from) === to ? (lodgers.get(to) ?? []) : [];
      const turn = names.findIndex(({ name }) => name === from);
      const lodger: Lodger = names[turn] ?? { name: from, rect: device, side: 0 };
      return deviceCurve(layout, lodger, to, Math.max(0, turn), Math.max(1, names.length));
    }
    if (other && layout.devices.has(to)) return reversed(trace(to, from)!);
    if (other && house && other !== house) return serverCurve(layout, other, house);
    const there = other ?? device;
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
