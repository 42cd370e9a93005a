import { type GoalsStatus, isMet, noGoalsMet } from "./goals-status.ts";
import type { GoalPlay } from "./step-events.ts";
import type { Step, Tutorial } from "./tutorial.ts";

/** The solution's parts of the goals that are not met, in order. */
export function playsLeft(step: Step, goals: GoalsStatus): GoalPlay[] {
  return step.goals
    .filter((goal) => !isMet(goals, goal.id))
    .map((goal) => ({ step: step.id, goal: goal.id, parts: goal.solution }));
}

/** What happens by itself before a step begins. */
export function playsOfStart(step: Step): GoalPlay[] {
  return step.start.length > 0 ? [{ step: step.id, parts: step.start }] : [];
}

/** All parts of the steps before `index`, as a link to a step needs them. */
export function playsBefore(tutorial: Tutorial, index: number): GoalPlay[] {
  return tutorial.steps
    .slice(0, index)
    .flatMap((step) => [...playsOfStart(step), ...playsLeft(step, noGoalsMet)]);
}
