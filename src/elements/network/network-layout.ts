import {
  type House,
  type LayoutDevice,
  type Measure,
  margin,
  measures,
  type NetworkLayout,
  type Plot,
  type Rect,
  type Tier,
} from "./network-measure.ts";
import { ringLayout } from "./network-ring.ts";

const plotGap = 16;
/** From so many plots on they stand in a ring. */
const ringFrom = 7;

type Plan = {
  tier: Tier;
  columns: number;
  rows: Plot[][];
  heights: number[];
  perRow: number;
  head: number;
  least: number;
};

function plotsOf(servers: readonly string[], devices: readonly LayoutDevice[]): Plot[] {
  const plots = new Map<string, Plot>(servers.map((server) => [server, { server, devices: [] }]));
  const strays: Plot = { devices: [] };
  for (const { name, home } of devices) (plots.get(home ?? "") ?? strays).devices.push(name);
  return strays.devices.length > 0 ? [...plots.values(), strays] : [...plots.values()];
}

function plotHeight(plot: Plot, perRow: number, { house, card, gap, lane }: Measure): number {
  const rows = Math.ceil(plot.devices.length / perRow);
  const cards = rows * card.height + Math.max(0, rows - 1) * gap;
  if (!plot.server) return cards;
  return house.height + (rows > 0 ? lane + cards : 0);
}

/** Cables between houses of a single row arch over the roofs. */
function headRoom(plots: number, tier: Tier): number {
  if (plots < 2) return 0;
  return (
    { large: 78, medium: 66, small: 50, tiny: 24, micro: 20 }[tier] +
    Math.min(3, plots - 2) * (tier === "medium" ? 36 : 14)
  );
}

function planOf(plots: Plot[], tier: Tier, columns: number, width: number): Plan | undefined {
  const measure = measures[tier];
  const cell = (width - 2 * margin - (columns - 1) * plotGap) / columns;
  if (cell < Math.max(measure.house.width, measure.card.width)) return undefined;
  const perRow = Math.max(1, Math.floor((cell + measure.gap) / (measure.card.width + measure.gap)));
  const rows: Plot[][] = [];
  const even = Math.ceil(plots.length / Math.ceil(plots.length / columns));
  for (let start = 0; start < plots.length; start += even) rows.push(plots.slice(start, start + even));
  const heights = rows.map((row) => Math.max(...row.map((plot) => plotHeight(plot, perRow, measure))));
  const head = rows.length === 1 ? headRoom(rows[0]!.length, tier) : 0;
  const streets = rows
    .slice(1)
    .reduce((sum, _, index) => sum + (index % 2 === 0 ? measure.street : plotGap * 1.5), 0);
  const least = 2 * margin + head + streets + heights.reduce((sum, height) => sum + height, 0);
  return { tier, columns, rows, heights, perRow, head, least };
}

/** The ways to arrange so many plots, the finest first. */
function columnChoices(count: number): number[] {
  if (count <= 2) return count === 2 ? [2, 1] : [1];
  const two = Math.ceil(count / 2);
  const others = Array.from({ length: count }, (_, index) => count - index).filter(
    (columns) => columns !== two,
  );
  // More than two rows before one long one: cables stay short.
  const many = others.filter((columns) => columns < two);
  return [two, ...(count <= 5 ? [count] : []), ...many, ...others.filter((columns) => columns > two)];
}

function choose(plots: Plot[], width: number, height: number): Plan {
  const tiers: Tier[] = ["large", "medium", "small", "tiny"];
  const first = plots.length <= 2 ? 0 : 1;
  let lowest: Plan | undefined;
  for (const tier of tiers.slice(first)) {
    for (const columns of columnChoices(plots.length)) {
      const plan = planOf(plots, tier, columns, width);
      if (!plan) continue;
      // Names that can be read beat a map that fits without scrolling.
      if (tier === "tiny" && lowest) continue;
      if (plan.least <= height) return plan;
      if (!lowest || plan.least < lowest.least) lowest = plan;
    }
  }
  return lowest ?? planOf(plots, "tiny", 1, Math.max(width, 2 * margin + 46))!;
}

/**
 * Where everything on the map stands. The same input gives the same places; nothing overlaps, everything is
 * inside, and `height` grows where `size.height` is too little. One row of houses has its devices below; two rows
 * face each other across a street, with their devices behind them; many stand in a ring.
 */
export function networkLayout(
  servers: readonly string[],
  devices: readonly LayoutDevice[],
  size: { width: number; height: number },
): NetworkLayout {
  const width = Math.max(120, Math.floor(size.width));
  const plots = plotsOf(servers, devices);
  const houses = new Map<string, House>();
  const places = new Map<string, Rect>();
  if (plots.length === 0) {
    const { height } = size;
    return { tier: "large", shape: "rows", cards: "large", width, height, houses, devices: places };
  }
  const ring = plots.length >= ringFrom ? ringLayout(plots, width, size.height) : undefined;
  if (ring) return ring;

  const plan = choose(plots, width, size.height);
  const { house, card, gap, lane, street } = measures[plan.tier];
  const height = Math.max(Math.floor(size.height), Math.ceil(plan.least));

  // What is left over widens lanes and streets, up to a point; the rest is air above and below.
  const spare = height - plan.least;
  const lanes = plan.rows.filter((row) => row.some((plot) => plot.server && plot.devices.length > 0)).length;
  const streets = Math.floor(plan.rows.length / 2);
  const stretch = spare / Math.max(1, lanes + streets);
  const moreLane = lanes > 0 ? Math.floor(Math.min(stretch, lane * 1.1)) : 0;
  const moreStreet = streets > 0 ? Math.floor(Math.min(stretch, street * 1.5)) : 0;
  const air = Math.max(0, spare - moreLane * lanes - moreStreet * streets);

  let y = margin + plan.head + Math.floor(air / 2);
  plan.rows.forEach((row, rowIndex) => {
    const facing = plan.rows.length > 1 && rowIndex % 2 === 0 ? "down" : "up";
    const hasLane = row.some((plot) => plot.server && plot.devices.length > 0);
    const rowHeight = plan.heights[rowIndex]! + (hasLane ? moreLane : 0);
    const cell = (width - 2 * margin - (row.length - 1) * plotGap) / row.length;
    row.forEach((plot, column) => {
      const middle = margin + column * (cell + plotGap) + cell / 2;
      const houseY = facing === "up" ? y : y + rowHeight - house.height;
      if (plot.server) {
        houses.set(plot.server, {
          x: Math.round(middle - house.width / 2),
          y: Math.round(houseY),
          ...house,
          facing,
          row: rowIndex,
        });
      }
      const rows = Math.ceil(plot.devices.length / plan.perRow);
      const across = Math.ceil(plot.devices.length / Math.max(1, rows));
      const cards = rows * card.height + (rows - 1) * gap;
      const cardsY = !plot.server
        ? y
        : facing === "up"
          ? houseY + house.height + lane + moreLane
          : houseY - lane - moreLane - cards;
      plot.devices.forEach((device, index) => {
        const line = Math.floor(index / across);
        const inLine = Math.min(across, plot.devices.length - line * across);
        const lineWidth = inLine * card.width + (inLine - 1) * gap;
        // The first line is the one next to the house.
        const fromHouse = facing === "up" ? line : rows - 1 - line;
        places.set(device, {
          x: Math.round(middle - lineWidth / 2 + (index % across) * (card.width + gap)),
          y: Math.round(cardsY + fromHouse * (card.height + gap)),
          ...card,
        });
      });
    });
    y += rowHeight + (rowIndex % 2 === 0 ? street + moreStreet : plotGap * 1.5);
  });
  return { tier: plan.tier, shape: "rows", cards: plan.tier, width, height, houses, devices: places };
}
