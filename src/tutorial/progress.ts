import * as v from "valibot";
import type { Tutorial } from "./tutorial.ts";

const tutorialProgress = v.object({
  /** The version of the tutorial that was played. */
  version: v.number(),
  /** Step → how it was left. */
  steps: v.record(v.string(), v.picklist(["done", "skipped"])),
  /** The step to go on with. */
  at: v.optional(v.string()),
  finished: v.boolean(),
  /** When it was played last, milliseconds since 1970. */
  played: v.number(),
});
const progressForm = v.object({
  format: v.literal("homeroom-progress"),
  version: v.literal(1),
  tutorials: v.record(v.string(), tutorialProgress),
});

/** What a learner has done in one tutorial. Steps once done stay done, also when the tutorial is played again. */
export type TutorialProgress = v.InferOutput<typeof tutorialProgress>;
/** What a learner has done, in all tutorials. Plain data, kept in the browser and exported as a file. */
export type Progress = v.InferOutput<typeof progressForm>;

export const emptyProgress: Progress = { format: "homeroom-progress", version: 1, tutorials: {} };

type Which = Pick<Tutorial, "id" | "version">;

function change(
  progress: Progress,
  { id, version }: Which,
  now: number,
  to: (before: TutorialProgress) => Partial<TutorialProgress>,
): Progress {
  const before = progress.tutorials[id] ?? { version, steps: {}, finished: false, played: now };
  return {
    ...progress,
    tutorials: { ...progress.tutorials, [id]: { ...before, version, played: now, ...to(before) } },
  };
}

/** A step was left. What was done before is not undone by skipping it now. */
export function withMark(
  progress: Progress,
  tutorial: Which,
  step: string,
  as: "done" | "skipped",
  now: number,
): Progress {
  return change(progress, tutorial, now, ({ steps }) => ({
    steps: { ...steps, [step]: steps[step] === "done" ? "done" : as },
  }));
}

/** A step was begun: that is where to continue. */
export function withStep(progress: Progress, tutorial: Which, step: string, now: number): Progress {
  return change(progress, tutorial, now, () => ({ at: step }));
}

export function withFinish(progress: Progress, tutorial: Which, now: number): Progress {
  return change(progress, tutorial, now, () => ({ finished: true }));
}

/** The text of the file that a learner takes along. */
export function exportProgress(progress: Progress): string {
  return `${JSON.stringify(progress, null, 2)}\n`;
}

/** Why a file is no progress. The words are in the catalogue under `progress.fault-…`. */
export type ProgressFault = { fault: "not-json" | "not-progress" | "newer" | "damaged"; where?: string };

/** Reads a file that was exported, or what the browser kept. */
export function importProgress(text: string): Progress | ProgressFault {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { fault: "not-json" };
  }
  const head = v.safeParse(v.object({ format: v.literal("homeroom-progress"), version: v.number() }), data);
  if (!head.success) return { fault: "not-progress" };
  if (head.output.version > 1) return { fault: "newer" };
  const read = v.safeParse(progressForm, data);
  if (read.success) return read.output;
  return { fault: "damaged", where: v.getDotPath(read.issues[0]) ?? "" };
}

export function isProgressFault(value: Progress | ProgressFault): value is ProgressFault {
  return "fault" in value;
}

/** Two learners' or two browsers' progress in one: what either has done. */
export function mergeProgress(one: Progress, other: Progress): Progress {
  const tutorials = { ...one.tutorials };
  for (const [id, theirs] of Object.entries(other.tutorials)) {
    const ours = tutorials[id];
    if (!ours) {
      tutorials[id] = theirs;
      continue;
    }
    const later = ours.played >= theirs.played ? ours : theirs;
    const steps = { ...ours.steps };
    for (const [step, as] of Object.entries(theirs.steps)) steps[step] = steps[step] === "done" ? "done" : as;
    tutorials[id] = { ...later, steps, finished: ours.finished || theirs.finished };
  }
  return { ...one, tutorials };
}
