/** A figure of the bench, as it is printed: what was measured, and the most or the least that it may be. */
export type Figure = { name: string; value: number; unit: string; most?: number; least?: number };

/** A line for each figure. Returns whether all are within their limits. */
export function printFigures(title: string, figures: readonly Figure[]): boolean {
  console.log(`\n${title}`);
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const figure of figures) {
    const { name, value, unit, most, least } = figure;
    const limit = most !== undefined ? `at most ${most}` : least !== undefined ? `at least ${least}` : "";
    const verdict = limit && `${isWithin(figure) ? "holds" : "DOES NOT HOLD"}: ${limit}`;
    const shown = value.toFixed(value < 10 && !Number.isInteger(value) ? 2 : 0);
    console.log(`  ${name.padEnd(width)} ${shown.padStart(8)} ${unit.padEnd(2)}  ${verdict}`.trimEnd());
  }
  return figures.every(isWithin);
}

function isWithin({
  value,
  most = Number.POSITIVE_INFINITY,
  least = Number.NEGATIVE_INFINITY,
}: Figure): boolean {
  return value <= most && value >= least;
}
