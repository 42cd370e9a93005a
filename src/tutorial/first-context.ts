import { noGoalsMet } from "./goals-status.ts";
import { type StepContext, snapshotVersion } from "./step-events.ts";
import type { Tutorial } from "./tutorial.ts";

/** A step begins anew: nothing met, no hint shown. */
export const beginning = { goals: noGoalsMet, hints: 0 };

/** Where a step is among the tutorial's; one that is not among them counts as the first. */
export function stepIndex(tutorial: Tutorial, id: string): number {
  return Math.max(
    0,
    tutorial.steps.findIndex((step) => step.id === id),
  );
}

/** How a learner begins, at a step or at the first. */
export function firstContext(tutorial: Tutorial, id = ""): StepContext {
  const step = stepIndex(tutorial, id);
  return {
    version: snapshotVersion,
    tutorial: tutorial.id,
    tutorialVersion: tutorial.version,
    step,
    shown: step,
    since: 0,
    ...beginning,
    marks: {},
    finished: false,
    play: 0,
  };
}
