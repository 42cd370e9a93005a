/** How a step's goals stand. Plain data. */
export type GoalsStatus = {
  /** Goal → the log's sequence number at which it was met. It stays once it is there. */
  met: Readonly<Record<string, number>>;
  /** Goals marked `hold` that were met and do not hold any more. */
  lost: readonly string[];
  /** The near miss whose words are to be shown. */
  miss?: string;
  /** Quiz → the answer given last. */
  answers: Readonly<Record<string, string>>;
};

export const noGoalsMet: GoalsStatus = { met: {}, lost: [], answers: {} };

/** Is the goal met, and does it still hold where it must? */
export function isMet(status: GoalsStatus, goal: string): boolean {
  return status.met[goal] !== undefined && !status.lost.includes(goal);
}
