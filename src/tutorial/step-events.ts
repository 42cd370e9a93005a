import type { Action } from "../world/action.ts";
import type { GoalsStatus } from "./goals-status.ts";
import type { SolutionPart } from "./tutorial.ts";

/** One goal's part of a solution, or (without a goal) what happens by itself before a step begins. */
export type GoalPlay = { step: string; goal?: string; parts: SolutionPart[] };

/** `shown` plays with the visible hand; `at-once` as fast as the world allows. */
export type PlayManner = "shown" | "at-once";

/** What the learner is asked before something is dropped. */
export type Question = { about: "reset" | "start-again" | "link"; step: number };

export type StepContext = {
  /** Of this form of the context. */
  version: typeof snapshotVersion;
  tutorial: string;
  tutorialVersion: number;
  /** The step that the world is in. */
  step: number;
  /** The step on the page; earlier than `step` while looking back. */
  shown: number;
  /** The log's sequence number when the step began. */
  since: number;
  goals: GoalsStatus;
  /** How many hints are shown. */
  hints: number;
  marks: Readonly<Record<string, "done" | "skipped">>;
  finished: boolean;
  /** The number of the newest play, so that the end of an older one is not taken for its end. */
  play: number;
  question?: Question | undefined;
  /** What went wrong last; cleared by the next thing that the learner does. */
  trouble?: "play" | "world" | undefined;
};

/** Version of the snapshot's form. */
export const snapshotVersion = 1;

/** Facts: what the learner did with the step's buttons, and what became of an intent. */
export type StepMachineEvent =
  | { type: "learner.back" | "learner.next" | "learner.skip" | "learner.showMe" | "learner.stop" }
  | { type: "learner.reset" | "learner.startAgain" | "learner.confirm" | "learner.decline" | "learner.retry" }
  | { type: "learner.hint"; available: number }
  | { type: "learner.answer"; quiz: string; with: string }
  | { type: "learner.followLink"; step: string }
  | { type: "world.opened"; sequence: number }
  | { type: "world.failed" }
  | { type: "play.ended" | "play.failed"; play: number }
  | { type: "checkpoint.taken" | "checkpoint.restored"; sequence: number }
  | { type: "checkpoint.failed"; sequence: number }
  | { type: "checkpoint.missing" }
  | { type: "goals.changed"; step: string; goals: GoalsStatus }
  | { type: "page.reopened" };

/** Intents: what the page is to do. */
export type StepIntent =
  | { type: "world.open" }
  | { type: "play.start"; play: number; manner: PlayManner; plays: GoalPlay[] }
  | { type: "play.stop"; play: number }
  | { type: "checkpoint.take" | "checkpoint.restore"; step: string }
  | { type: "goals.watch"; step: string; since: number; goals: GoalsStatus }
  | { type: "step.entered"; step: string; index: number }
  | { type: "step.marked"; step: string; as: "done" | "skipped" }
  | { type: "tutorial.finished" }
  | { type: "act"; action: Action };
