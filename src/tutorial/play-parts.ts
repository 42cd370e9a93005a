import type { Action, ActionResult } from "../world/action.ts";
import { holds } from "../world/condition.ts";
import type { World } from "../world/world.ts";
import { type GoalsStatus, isMet, noGoalsMet } from "./goals-status.ts";
import { watchGoals } from "./goals-watch.ts";
import { type Filling, fillValue } from "./placeholder.ts";
import type { GoalPlay } from "./step-events.ts";
import type { Prose, SolutionPart, Step, Tutorial } from "./tutorial.ts";

export type Play = {
  world: World;
  tutorial: Tutorial;
  prose: Prose;
  plays: readonly GoalPlay[];
  /** How the step stands that is being played on: the log's sequence number when it began, and its goals. */
  standing?: { step: string; since: number; goals: GoalsStatus };
  /** Ends the play before its time. */
  signal?: AbortSignal;
  /** Does an action; the world does where nothing else is said. Texts are filled in already. */
  perform?: (action: Action) => Promise<ActionResult>;
  /** Milliseconds of real time after which a goal that does not come true ends the play. */
  patience?: number;
};

export type PlayOutcome =
  | { ended: true }
  | { ended: false; why: "aborted" }
  | { ended: false; why: "refused" | "not-met"; step: string; goal?: string; result?: ActionResult };

/** Longer than any scripted person takes to answer at a slow speed. */
const usualPatience = 60_000;
/** What an action that was refused has brought about is known soon. */
const patienceAfterRefusal = 3000;
/** How long an action may still take whose goal is met already. */
const grace = 1500;

/** Plays parts of solutions in order, leaving out goals that are met already, and sees each goal come true. */
export async function playParts(play: Play): Promise<PlayOutcome> {
  const { tutorial, plays, standing } = play;
  for (let index = 0; index < plays.length; ) {
    const id = plays[index]?.step ?? "";
    const step = tutorial.steps.find((each) => each.id === id);
    if (!step) throw new Error(`${tutorial.id} has no step ${id}`);
    let next = index;
    while (plays[next]?.step === id) next += 1;
    const outcome = await playStep(
      play,
      step,
      plays.slice(index, next),
      standing?.step === id ? standing : undefined,
    );
    if (!outcome.ended) return outcome;
    index = next;
  }
  return { ended: true };
}

async function playStep(
  play: Play,
  step: Step,
  plays: readonly GoalPlay[],
  standing: Play["standing"],
): Promise<PlayOutcome> {
  const { world, signal, patience = usualPatience } = play;
  const aborted = { ended: false, why: "aborted" } as const;
  let since = standing?.since ?? world.log.length;
  let goals = standing?.goals ?? noGoalsMet;
  let checkAgain = () => {};
  let endWatch: (() => void) | undefined;
  const endings: (() => void)[] = [];
  const watch = () => {
    endWatch?.();
    endWatch = watchGoals({
      world,
      step,
      since,
      goals,
      changed: (now) => {
        goals = now;
        checkAgain();
      },
    });
  };
  /** Resolves when the test is true; with false when it was aborted or patience ran out. */
  const until = (test: () => boolean, most = patience): Promise<boolean> =>
    new Promise((resolve) => {
      const giveUp = setTimeout(() => done(false), most);
      const abort = () => done(false);
      const look = () => {
        if (test()) done(true);
      };
      const endLook = world.log.subscribe(look);
      const done = (result: boolean) => {
        clearTimeout(giveUp);
        endLook();
        signal?.removeEventListener("abort", abort);
        checkAgain = () => {};
        resolve(result);
      };
      signal?.addEventListener("abort", abort);
      checkAgain = look;
      if (signal?.aborted) abort();
      else look();
    });

  /** A little after the goal is met, or never. */
  const soonAfter = (goal: string): Promise<undefined> =>
    new Promise((resolve) => {
      const look = () => {
        if (!isMet(goals, goal)) return;
        endLook();
        setTimeout(resolve, grace);
      };
      const endLook = world.log.subscribe(look);
      endings.push(endLook);
    });

  watch();
  try {
    for (const { goal, parts } of plays) {
      // What others make of a step's start is of the step: they wait until somebody plays it.
      if (goal === undefined) world.holdScripts();
      else world.releaseScripts();
      if (goal !== undefined && isMet(goals, goal)) continue;
      // To be refused may be what the goal is about; so it counts only if the goal does not come true.
      let refusal: ActionResult | undefined;
      for (const part of parts) {
        if (signal?.aborted) return aborted;
        const here = { step: step.id, ...(goal !== undefined && { goal }) };
        if (part.type === "wait") {
          const waited = await until(() => {
            const condition = fillValue(part.for, world.bindings());
            return holds(condition, world.observation(), world.bindings(), { step: since, goals: goals.met });
          });
          if (!waited) return signal?.aborted ? aborted : { ended: false, why: "not-met", ...here };
          continue;
        }
        const done = perform(play, part);
        // A message to a server that stands still is on its way for long: met is met.
        const result = goal === undefined ? await done : await Promise.race([done, soonAfter(goal)]);
        if (result && !result.ok) refusal = result;
      }
      if (goal === undefined) {
        if (refusal) return { ended: false, why: "refused", step: step.id, result: refusal };
        // What happens by itself comes before the step, and so does what it undoes.
        since = world.log.length;
        goals = noGoalsMet;
        watch();
        continue;
      }
      if (await until(() => isMet(goals, goal), refusal ? patienceAfterRefusal : patience)) continue;
      if (signal?.aborted) return aborted;
      const where = { step: step.id, goal };
      return refusal
        ? { ended: false, why: "refused", ...where, result: refusal }
        : { ended: false, why: "not-met", ...where };
    }
  } finally {
    for (const end of endings) end();
    endWatch?.();
  }
  return { ended: true };
}

async function perform(play: Play, part: Exclude<SolutionPart, { type: "wait" }>): Promise<ActionResult> {
  const { world, prose } = play;
  const action = spoken(fillValue(part, fillingOf(world)), prose);
  return play.perform ? play.perform(action) : world.act(action);
}

/** Roles, and the passwords that were really chosen. */
function fillingOf(world: World): Filling {
  return { ...world.bindings(), passwords: world.observation().passwords };
}

/** The action with its words in place of their key in the prose. */
function spoken(action: Action, prose: Prose): Action {
  if (action.type !== "send" || action.say === undefined) return action;
  const { say, ...rest } = action;
  return { ...rest, text: prose.say[say] ?? say };
}
