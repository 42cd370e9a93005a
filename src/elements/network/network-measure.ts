/** A rectangle in CSS pixels. */
export type Rect = { x: number; y: number; width: number; height: number };

/** How large things are drawn: the more servers, the smaller. */
export type Tier = "large" | "medium" | "small" | "tiny" | "micro";

/** A house with its caption. Cables to other houses leave on the side that it faces. */
export type House = Rect & { facing: "up" | "down" | "left" | "right"; row: number };

export type NetworkLayout = {
  tier: Tier;
  /** Rows of houses that face each other, or a ring around an open middle where there are many. */
  shape: "rows" | "ring";
  /** How large the devices are drawn. */
  cards: Tier;
  width: number;
  /** At least the height asked for; more where everything would not fit into it. */
  height: number;
  houses: ReadonlyMap<string, House>;
  devices: ReadonlyMap<string, Rect>;
};

export type LayoutDevice = { name: string; home?: string };

export type Measure = {
  house: { width: number; height: number };
  card: { width: number; height: number };
  gap: number;
  /** Between a house and its devices. */
  lane: number;
  /** Between two rows of houses that face each other. */
  street: number;
};

export const measures: Readonly<Record<Tier, Measure>> = {
  large: {
    house: { width: 156, height: 176 },
    card: { width: 158, height: 78 },
    gap: 18,
    lane: 64,
    street: 110,
  },
  medium: {
    house: { width: 122, height: 144 },
    card: { width: 138, height: 60 },
    gap: 14,
    lane: 44,
    street: 80,
  },
  small: {
    house: { width: 92, height: 102 },
    card: { width: 92, height: 44 },
    gap: 10,
    lane: 32,
    street: 56,
  },
  tiny: { house: { width: 46, height: 46 }, card: { width: 26, height: 26 }, gap: 6, lane: 16, street: 30 },
  micro: { house: { width: 26, height: 26 }, card: { width: 20, height: 20 }, gap: 6, lane: 6, street: 30 },
};

/** The measures of each tier, for what is drawn inside. */
export function measureOf(tier: Tier): Measure {
  return measures[tier];
}

export const margin = 12;

/** A house and who lives there; without a house, devices whose home is not on the map. */
export type Plot = { server?: string; devices: string[] };
