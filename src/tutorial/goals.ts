import type { Condition } from "../world/condition.ts";
import { becameTrue } from "../world/holds.ts";
import type { Observation } from "../world/observation.ts";
import type { Bindings } from "../world/world.ts";
import type { GoalsStatus } from "./goals-status.ts";
import { fillValue } from "./placeholder.ts";
import type { Step } from "./tutorial.ts";

/** How the goals stood, and up to where the log was read. */
export type GoalsReading = { status: GoalsStatus; readUpTo: number };

/**
 * Reads a step's goals once more, after the world has moved on. A goal that is met stays met; one with `hold` is
 * lost while it does not hold. A near miss counts when it came true since the last reading and what it is near to
 * is not met yet; its words go when a goal is met, or when it is not so any more. To be given an observation for
 * each entry of the log, so that `after` finds the right order.
 */
export function readGoals(
  step: Step,
  began: number,
  before: GoalsReading,
  observation: Observation,
  bindings: Bindings,
): GoalsReading {
  const met: Record<string, number> = { ...before.status.met };
  const lost: string[] = [];
  const trueAt = (condition: Condition, look = began): number | undefined =>
    becameTrue(fillValue(condition, bindings), observation, bindings, { step: began, look, goals: met });

  for (const goal of step.goals) {
    const isLatched = met[goal.id] !== undefined;
    if (isLatched && !goal.hold) continue;
    const at = trueAt(goal.condition);
    if (at !== undefined && !isLatched) met[goal.id] = at;
    if (at === undefined && isLatched) lost.push(goal.id);
  }

  const isNews = Object.keys(met).length > Object.keys(before.status.met).length;
  const near = step.misses.filter(
    ({ goal }) => goal === undefined || met[goal] === undefined || lost.includes(goal),
  );
  const missed =
    near.find(({ condition }) => trueAt(condition, before.readUpTo) !== undefined) ??
    near.find(({ id, condition }) => !isNews && id === before.status.miss && trueAt(condition) !== undefined);
  const miss = missed?.id;
  const answers: Record<string, string> = {};
  for (const { id } of step.quizzes) {
    const given = observation.quizzes[id];
    if (given && given.sequence >= began) answers[id] = given.answer;
  }
  return {
    status: { met, lost, answers, ...(miss !== undefined && { miss }) },
    readUpTo: observation.sequence + 1,
  };
}

/** Do two readings say the same? */
export function sameStatus(one: GoalsStatus, other: GoalsStatus): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
