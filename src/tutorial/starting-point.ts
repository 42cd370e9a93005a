import * as v from "valibot";
import type { Snapshot } from "xstate";
import { snapshotVersion } from "./step-events.ts";
import type { Tutorial } from "./tutorial.ts";

const goals = v.object({
  met: v.record(v.string(), v.number()),
  lost: v.array(v.string()),
  miss: v.optional(v.string()),
  answers: v.record(v.string(), v.string()),
});
const context = v.object({
  version: v.literal(snapshotVersion),
  tutorial: v.string(),
  tutorialVersion: v.number(),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  shown: v.pipe(v.number(), v.integer(), v.minValue(0)),
  since: v.number(),
  goals,
  hints: v.number(),
  marks: v.record(v.string(), v.picklist(["done", "skipped"])),
  finished: v.boolean(),
  play: v.number(),
});
const snapshot = v.looseObject({
  status: v.literal("active"),
  value: v.string(),
  context: v.looseObject(context.entries),
});
/** Enough to tell a snapshot of an older form from a damaged one. */
const trace = v.looseObject({ context: v.looseObject({ tutorialVersion: v.number() }) });

/** Where a tutorial goes on. */
export type StartingPoint =
  /** From the saved snapshot, as it was. */
  | { from: "snapshot"; snapshot: Snapshot<unknown> }
  /** From a step's beginning, played up to there by the solutions; `because` is for a note to the learner. */
  | { from: "step"; step: string; because: "new" | "older-version" | "damaged" };

/**
 * Judges what was saved of a tutorial. Saved under an older version it restarts at the same step id, or at the
 * first step where that is gone. `at` is the step id that progress names.
 */
export function startingPoint(tutorial: Tutorial, saved: unknown, at?: string): StartingPoint {
  const first = tutorial.steps[0]?.id ?? "";
  const step = tutorial.steps.some(({ id }) => id === at) && at !== undefined ? at : first;
  if (saved === undefined || saved === null) return { from: "step", step, because: "new" };
  const read = v.safeParse(snapshot, saved);
  if (!read.success) {
    const known = v.safeParse(trace, saved);
    const isOlder = known.success && known.output.context.tutorialVersion < tutorial.version;
    return { from: "step", step, because: isOlder ? "older-version" : "damaged" };
  }
  const { context } = read.output;
  if (context.tutorial !== tutorial.id) return { from: "step", step, because: "damaged" };
  if (context.tutorialVersion !== tutorial.version) return { from: "step", step, because: "older-version" };
  const isThere = context.step < tutorial.steps.length && context.shown <= context.step;
  return isThere
    ? { from: "snapshot", snapshot: read.output as unknown as Snapshot<unknown> }
    : { from: "step", step, because: "damaged" };
}
