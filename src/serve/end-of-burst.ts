import { setImmediate as nextTurn } from "node:timers/promises";

/** However much comes in, the first must not wait much longer for the last. */
const mostTurns = 8;

/**
 * Resolves after the first turn of the event loop in which nothing more came in, or after a few.
 * @param count how much has come in so far.
 */
export async function endOfBurst(count: () => number): Promise<void> {
  let before: number;
  let turns = 0;
  do {
    before = count();
    await nextTurn();
    turns += 1;
  } while (count() > before && turns < mostTurns);
}
