import { SeededChance } from "../seeded-chance.ts";

/** Chance as one would throw it, decided by a seed. */
export class Dice {
  readonly #chance: SeededChance;

  constructor(seed: string) {
    this.#chance = new SeededChance(seed);
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#chance.fraction() * limit);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  happens(probability: number): boolean {
    return this.#chance.fraction() < probability;
  }

  /** One of a list; undefined where it is empty. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** One of a table of things, each as likely as its weight says. */
  weighted<Item extends string>(weights: Readonly<Record<Item, number>>): Item {
    const entries = Object.entries(weights) as [Item, number][];
    let left = this.#chance.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of entries) {
      left -= weight;
      if (left < 0) return item;
    }
    return entries.at(-1)![0];
  }
}
