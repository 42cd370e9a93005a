import {
  type House,
  margin,
  measureOf,
  type NetworkLayout,
  type Plot,
  type Rect,
  type Tier,
} from "./network-measure.ts";

type Side = "top" | "bottom" | "left" | "right";

/** How many plots stand on each side, and what each side takes. */
type RingPlan = {
  tier: Tier;
  cards: Tier;
  across: number;
  upright: number;
  /** A plot above or below, and one on the left or right. */
  lying: { width: number; height: number };
  standing: { width: number; height: number };
  least: number;
};

const between = 6;
/** The open middle, where cables cross. */
const middle = 110;
const facing = { top: "down", bottom: "up", left: "right", right: "left" } as const;

/** Devices stand behind their house: in so many lines of so many. */
function crowd(count: number, room: number, { width, gap }: { width: number; gap: number }) {
  const inLine = Math.max(1, Math.min(count, Math.floor((room + gap) / (width + gap))));
  return { inLine, lines: Math.ceil(count / inLine) };
}

/** Undefined where the width does not do. */
function planOf(plots: readonly Plot[], tier: Tier, width: number, height: number): RingPlan | undefined {
  const { house } = measureOf(tier);
  const cards: Tier = tier === "micro" ? "micro" : "tiny";
  const { card, gap } = measureOf(cards);
  const most = Math.max(...plots.map(({ devices }) => devices.length));
  const step = card.width + gap;
  const behind = most > 0 ? crowd(most, house.width, { width: card.width, gap }).lines * step : 0;
  const beside = most > 0 ? crowd(most, house.height, { width: card.height, gap }).lines * step : 0;
  const lying = { width: house.width, height: house.height + behind };
  const standing = { width: house.width + beside, height: house.height };
  const fit = Math.max(1, Math.floor((width - 2 * margin + between) / (lying.width + between)));
  const count = plots.length;
  const rows = 2 * margin + 2 * lying.height;
  const needed = Math.max(0, Math.ceil((count - 2 * fit) / 2));
  const room = Math.max(0, Math.floor((height - rows - 2 * between) / (standing.height + between)));
  const fair = Math.round((count * height) / (2 * (width + height)));
  // Both columns need their width, and something between them.
  const columns = width >= 2 * (margin + standing.width) + 60;
  if (lying.width > width - 2 * margin || (needed > 0 && !columns)) return undefined;
  const upright = columns ? Math.max(needed, Math.min(room, fair, Math.floor(count / 4))) : 0;
  const across = Math.ceil((count - 2 * upright) / 2);
  const sides = upright * (standing.height + between) + between;
  return { tier, cards, across, upright, lying, standing, least: rows + Math.max(sides, middle) };
}

function choose(plots: readonly Plot[], width: number, height: number): RingPlan | undefined {
  const tiers: Tier[] = ["medium", "small", "tiny", "micro"];
  const plans = tiers.flatMap((tier) => planOf(plots, tier, width, height) ?? []);
  // Up to two dozen names can still be read; a hundred are to be seen as a whole.
  const readable = plots.length <= 24 ? plans.find(({ tier }) => tier === "small") : undefined;
  const fits = plans.find(({ least }) => least <= height);
  if (fits && (!readable || fits.tier === "medium")) return fits;
  return readable ?? plans.toSorted((one, other) => one.least - other.least)[0];
}

/** Many houses around an open middle, their devices behind them. Undefined where it is too narrow for that. */
export function ringLayout(plots: readonly Plot[], width: number, wanted: number): NetworkLayout | undefined {
  const plan = choose(plots, width, wanted);
  if (!plan) return undefined;
  const { across, upright, lying, standing } = plan;
  const height = Math.max(Math.floor(wanted), Math.ceil(plan.least));
  const houses = new Map<string, House>();
  const devices = new Map<string, Rect>();
  const place = (plot: Plot, side: Side, box: Rect): void => {
    const { house } = measureOf(plan.tier);
    const { card, gap } = measureOf(plan.cards);
    const lies = side === "top" || side === "bottom";
    const x =
      side === "left"
        ? box.x + box.width - house.width
        : side === "right"
          ? box.x
          : box.x + (box.width - house.width) / 2;
    const y = side === "top" ? box.y + box.height - house.height : box.y;
    if (plot.server !== undefined)
      houses.set(plot.server, { x: Math.round(x), y: Math.round(y), ...house, facing: facing[side], row: 0 });
    const { inLine } = crowd(plot.devices.length, lies ? house.width : house.height, {
      width: card.width,
      gap,
    });
    plot.devices.forEach((device, index) => {
      const line = Math.floor(index / inLine);
      const mates = Math.min(inLine, plot.devices.length - line * inLine);
      const along = (index % inLine) * (card.width + gap) - (mates * (card.width + gap) - gap) / 2;
      const away = line * (card.width + gap) + gap;
      const rect = {
        top: { x: x + house.width / 2 + along, y: y - away - card.height },
        bottom: { x: x + house.width / 2 + along, y: y + house.height + away },
        left: { x: x - away - card.width, y: y + house.height / 2 + along },
        right: { x: x + house.width + away, y: y + house.height / 2 + along },
      }[side];
      devices.set(device, { x: Math.round(rect.x), y: Math.round(rect.y), ...card });
    });
  };

  // Clockwise from the left end of the top, so that neighbours in the list are neighbours on the map.
  const count = plots.length;
  const right = Math.min(upright, Math.max(0, count - across));
  const below = Math.min(across, Math.max(0, count - across - right));
  const column = height - 2 * margin - 2 * lying.height;
  const air = column - upright * (standing.height + between) - between;
  // The ends of the rows come a little towards the middle, so that it looks round.
  const bow = Math.max(0, Math.min(28, air / 2 - 4));
  const turn = (index: number, of: number): number => (of < 2 ? 0 : (2 * index) / (of - 1) - 1);
  plots.forEach((plot, index) => {
    if (index < across || (index >= across + right && index < across + right + below)) {
      const top = index < across;
      const of = top ? Math.min(across, count) : below;
      const at = top ? index : below - 1 - (index - across - right);
      const cell = (width - 2 * margin + between) / of;
      const dip = bow * turn(at, of) ** 2;
      place(plot, top ? "top" : "bottom", {
        x: margin + at * cell + (cell - between - lying.width) / 2,
        y: top ? margin + dip : height - margin - lying.height - dip,
        ...lying,
      });
      return;
    }
    const onRight = index < across + right;
    const of = onRight ? right : count - across - right - below;
    const at = onRight ? index - across : of - 1 - (index - across - right - below);
    const span = column - 2 * bow - 2 * between;
    const cell = (span + between) / of;
    place(plot, onRight ? "right" : "left", {
      x: onRight ? width - margin - standing.width : margin,
      y: margin + lying.height + bow + between + at * cell + (cell - between - standing.height) / 2,
      ...standing,
    });
  });
  return { tier: plan.tier, shape: "ring", cards: plan.cards, width, height, houses, devices };
}
