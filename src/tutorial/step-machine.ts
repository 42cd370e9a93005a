import { assign, emit, setup } from "xstate";
import { beginning, firstContext, stepIndex } from "./first-context.ts";
import { isMet } from "./goals-status.ts";
import { playsBefore, playsLeft, playsOfStart } from "./plays.ts";
import type { StepContext, StepIntent, StepMachineEvent } from "./step-events.ts";
import type { Step, Tutorial } from "./tutorial.ts";

/**
 * Decides what a tutorial's page does, and does none of it: facts come in as events, intents go out by `emit`. It
 * invokes nothing and waits for no timer. The context holds no part of the tutorial, so the persisted snapshot is
 * small plain JSON; a new machine of the same tutorial version goes on from it.
 */
export function createStepMachine(tutorial: Tutorial) {
  const at = (index: number): Step => {
    const step = tutorial.steps[index];
    if (!step) throw new RangeError(`${tutorial.id} has no step ${index}`);
    return step;
  };
  const last = tutorial.steps.length - 1;
  const indexOf = (id: string): number => stepIndex(tutorial, id);

  return setup({
    types: {
      context: {} as StepContext,
      events: {} as StepMachineEvent,
      emitted: {} as StepIntent,
      input: {} as { step?: string },
      tags: {} as "busy" | "playing",
    },
    guards: {
      allMet: ({ context }) => at(context.step).goals.every((goal) => isMet(context.goals, goal.id)),
      isFinished: ({ context }) => context.finished,
      isLast: ({ context }) => context.step === last,
      canLookBack: ({ context }) => context.shown > 0,
      looksJustBefore: ({ context }) => context.shown + 1 >= context.step,
      hasStart: ({ context }) => at(context.step).start.length > 0,
      stepsBefore: ({ context }) => context.step > 0,
      isThisPlay: ({ context, event }) => "play" in event && event.play === context.play,
      hasHint: ({ context, event }) => event.type === "learner.hint" && context.hints < event.available,
      leadsElsewhere: ({ context, event }) =>
        event.type === "learner.followLink" && indexOf(event.step) !== context.shown,
      ofThisStep: ({ context, event }) =>
        event.type === "goals.changed" && event.step === at(context.step).id,
      looksBack: ({ context }) => context.shown < context.step,
      asksForReset: ({ context }) => context.question?.about === "reset",
    },
    actions: {
      takeGoals: assign(({ context, event }) =>
        event.type === "goals.changed" ? { goals: event.goals } : { goals: context.goals },
      ),
      takeSequence: assign(({ context, event }) => ({
        since: "sequence" in event ? event.sequence : context.since,
      })),
      beginStep: assign(({ context }) => ({ ...beginning, shown: context.step })),
      nextPlay: assign({ play: ({ context }) => context.play + 1 }),
      nextStep: assign(({ context }) => ({ ...beginning, step: context.step + 1, shown: context.step + 1 })),
      lookBack: assign({ shown: ({ context }) => context.shown - 1 }),
      lookOn: assign({ shown: ({ context }) => context.shown + 1 }),
      lookHere: assign({ shown: ({ context }) => context.step }),
      nextHint: assign({ hints: ({ context }) => context.hints + 1 }),
      setFinished: assign({ finished: true }),
      /** From the end to the last step, as it stands. */
      comeBack: assign({ finished: false }),
      clearTrouble: assign({ trouble: undefined }),
      troublePlay: assign({ trouble: "play" }),
      troubleWorld: assign({ trouble: "world" }),
      askReset: assign({ question: ({ context }) => ({ about: "reset", step: context.shown }) }),
      askStartAgain: assign({ question: { about: "start-again", step: 0 } }),
      askLink: assign(({ context, event }) => ({
        question:
          event.type === "learner.followLink"
            ? { about: "link", step: indexOf(event.step) }
            : context.question,
      })),
      /** Back to the step in question: it and all after it are as if never begun in this world. */
      goToQuestioned: assign(({ context }) => {
        const step = context.question?.step ?? context.step;
        const kept = tutorial.steps.slice(0, step).map(({ id }) => id);
        return {
          ...beginning,
          step,
          shown: step,
          finished: false,
          question: undefined,
          marks: Object.fromEntries(Object.entries(context.marks).filter(([id]) => kept.includes(id))),
        };
      }),
      dropQuestion: assign({ question: undefined }),
      markDone: assign({
        marks: ({ context }) => ({ ...context.marks, [at(context.step).id]: "done" as const }),
      }),
      markSkipped: assign({
        marks: ({ context }) => ({ ...context.marks, [at(context.step).id]: "skipped" as const }),
      }),
      emitMark: emit(({ context }) => {
        const step = at(context.step).id;
        return { type: "step.marked", step, as: context.marks[step] ?? "done" };
      }),
      emitOpen: emit({ type: "world.open" }),
      emitEntered: emit(({ context }) => ({
        type: "step.entered",
        step: at(context.step).id,
        index: context.step,
      })),
      emitWatch: emit(({ context }) => ({
        type: "goals.watch",
        step: at(context.step).id,
        since: context.since,
        goals: context.goals,
      })),
      emitTake: emit(({ context }) => ({ type: "checkpoint.take", step: at(context.step).id })),
      emitRestore: emit(({ context }) => ({ type: "checkpoint.restore", step: at(context.step).id })),
      emitCatchUp: emit(({ context }) => ({
        type: "play.start",
        play: context.play,
        manner: "at-once",
        plays: playsBefore(tutorial, context.step),
      })),
      emitShow: emit(({ context }) => ({
        type: "play.start",
        play: context.play,
        manner: "shown",
        plays: playsLeft(at(context.step), context.goals),
      })),
      emitSkip: emit(({ context }) => ({
        type: "play.start",
        play: context.play,
        manner: "at-once",
        plays: playsLeft(at(context.step), context.goals),
      })),
      emitStart: emit(({ context }) => ({
        type: "play.start",
        play: context.play,
        manner: "at-once",
        plays: playsOfStart(at(context.step)),
      })),
      emitStop: emit(({ context }) => ({ type: "play.stop", play: context.play })),
      emitAnswer: emit(({ event }) => {
        if (event.type !== "learner.answer") throw new Error(`No answer in ${event.type}`);
        return { type: "act", action: { type: "answer", quiz: event.quiz, with: event.with } };
      }),
      emitFinished: emit({ type: "tutorial.finished" }),
    },
  }).createMachine({
    id: "step",
    context: ({ input }) => firstContext(tutorial, input.step),
    initial: "opening",
    on: {
      "goals.changed": { guard: "ofThisStep", actions: "takeGoals" },
      "page.reopened": { actions: "emitWatch" },
    },
    states: {
      /** A fresh world is wanted. */
      opening: {
        tags: "busy",
        entry: ["clearTrouble", "emitOpen"],
        on: {
          "goals.changed": {},
          "world.opened": [
            { guard: "stepsBefore", target: "catchingUp", actions: "takeSequence" },
            { target: "entering", actions: "takeSequence" },
          ],
          "world.failed": { target: "stuck", actions: "troubleWorld" },
          "page.reopened": { target: "opening", reenter: true },
        },
      },
      /** What the steps before would have done is played. */
      catchingUp: {
        tags: ["busy", "playing"],
        entry: ["nextPlay", "emitCatchUp"],
        on: {
          "goals.changed": {},
          "play.ended": { guard: "isThisPlay", target: "entering" },
          "play.failed": { guard: "isThisPlay", target: "stuck", actions: "troublePlay" },
          "page.reopened": "opening",
        },
      },
      entering: {
        tags: "busy",
        entry: ["beginStep", "emitEntered"],
        always: [{ guard: "hasStart", target: "preparing" }, { target: "checkpointing" }],
      },
      /** What happens by itself before the step begins is played. */
      preparing: {
        tags: "busy",
        entry: ["nextPlay", "emitStart"],
        on: {
          "goals.changed": {},
          "play.ended": { guard: "isThisPlay", target: "checkpointing" },
          "play.failed": { guard: "isThisPlay", target: "stuck", actions: "troublePlay" },
          "page.reopened": { target: "preparing", reenter: true },
        },
      },
      checkpointing: {
        tags: "busy",
        entry: "emitTake",
        on: {
          "goals.changed": {},
          "checkpoint.taken": { target: "deciding", actions: ["takeSequence", "emitWatch"] },
          // Without a checkpoint the step is played all the same; Reset step then starts from the solutions.
          "checkpoint.failed": { target: "deciding", actions: ["takeSequence", "emitWatch"] },
          "page.reopened": { target: "checkpointing", reenter: true },
        },
      },
      deciding: {
        always: [
          { guard: "isFinished", target: "finished" },
          { guard: "allMet", target: "met" },
          { target: "working" },
        ],
      },
      working: {
        always: { guard: "allMet", target: "met" },
        on: {
          "learner.back": {
            guard: "canLookBack",
            target: "lookingBack",
            actions: ["clearTrouble", "lookBack"],
          },
          "learner.skip": { target: "skipping", actions: "clearTrouble" },
          "learner.showMe": { target: "showing", actions: "clearTrouble" },
          "learner.reset": { target: "resetting", actions: "clearTrouble" },
          "learner.startAgain": { target: "asking", actions: "askStartAgain" },
          "learner.followLink": { guard: "leadsElsewhere", target: "asking", actions: "askLink" },
          "learner.hint": { guard: "hasHint", actions: "nextHint" },
          "learner.answer": { actions: "emitAnswer" },
        },
      },
      met: {
        on: {
          "goals.changed": { guard: "ofThisStep", target: "deciding", actions: "takeGoals" },
          "learner.next": [
            {
              guard: "isLast",
              target: "finished",
              actions: ["markDone", "emitMark", "setFinished", "emitFinished"],
            },
            { target: "entering", actions: ["markDone", "emitMark", "nextStep"] },
          ],
          "learner.back": { guard: "canLookBack", target: "lookingBack", actions: "lookBack" },
          "learner.reset": "resetting",
          "learner.startAgain": { target: "asking", actions: "askStartAgain" },
          "learner.followLink": { guard: "leadsElsewhere", target: "asking", actions: "askLink" },
          "learner.hint": { guard: "hasHint", actions: "nextHint" },
          "learner.answer": { actions: "emitAnswer" },
        },
      },
      /** "Show me" plays what is missing; whatever the learner does stops it. */
      showing: {
        tags: "playing",
        entry: ["nextPlay", "emitShow"],
        on: {
          "play.ended": { guard: "isThisPlay", target: "deciding" },
          "play.failed": { guard: "isThisPlay", target: "deciding", actions: "troublePlay" },
          "learner.stop": { target: "deciding", actions: "emitStop" },
          // Quizzes are answered by the hand too, so this alone is no sign of the learner.
          "learner.answer": { actions: "emitAnswer" },
          "learner.hint": { guard: "hasHint", target: "deciding", actions: ["emitStop", "nextHint"] },
          "learner.back": { guard: "canLookBack", target: "lookingBack", actions: ["emitStop", "lookBack"] },
          "learner.skip": { target: "skipping", actions: "emitStop" },
          "learner.reset": { target: "resetting", actions: "emitStop" },
          "learner.startAgain": { target: "asking", actions: ["emitStop", "askStartAgain"] },
          "learner.followLink": {
            guard: "leadsElsewhere",
            target: "asking",
            actions: ["emitStop", "askLink"],
          },
          "page.reopened": { target: "deciding", actions: "emitWatch" },
        },
      },
      /** What is left is played at once. A step that is skipped is not done, whatever comes true meanwhile. */
      skipping: {
        tags: ["busy", "playing"],
        entry: ["nextPlay", "emitSkip"],
        on: {
          "play.ended": { guard: "isThisPlay", target: "skipped" },
          "play.failed": { guard: "isThisPlay", target: "deciding", actions: "troublePlay" },
          "learner.stop": { target: "deciding", actions: "emitStop" },
          "page.reopened": { target: "deciding", actions: "emitWatch" },
        },
      },
      skipped: {
        entry: ["markSkipped", "emitMark"],
        always: [
          { guard: "isLast", target: "finished", actions: ["setFinished", "emitFinished"] },
          { target: "entering", actions: "nextStep" },
        ],
      },
      resetting: {
        tags: "busy",
        entry: "emitRestore",
        on: {
          "goals.changed": {},
          "checkpoint.restored": {
            target: "deciding",
            actions: ["takeSequence", "beginStep", "emitEntered", "emitWatch"],
          },
          "checkpoint.missing": "opening",
          "page.reopened": { target: "resetting", reenter: true },
        },
      },
      /** Back only looks: the world stays where it is. */
      lookingBack: {
        on: {
          "learner.back": { guard: "canLookBack", actions: "lookBack" },
          "learner.next": [
            { guard: "looksJustBefore", target: "deciding", actions: "lookHere" },
            { actions: "lookOn" },
          ],
          "learner.reset": { target: "asking", actions: "askReset" },
          "learner.startAgain": { target: "asking", actions: "askStartAgain" },
          "learner.followLink": { guard: "leadsElsewhere", target: "asking", actions: "askLink" },
        },
      },
      /** Something would be dropped: the learner is asked first. */
      asking: {
        on: {
          "learner.confirm": { target: "answered" },
          "learner.decline": [
            { guard: "looksBack", target: "lookingBack", actions: "dropQuestion" },
            { target: "deciding", actions: "dropQuestion" },
          ],
        },
      },
      answered: {
        always: [
          { guard: "asksForReset", target: "resetting", actions: "goToQuestioned" },
          { target: "opening", actions: "goToQuestioned" },
        ],
      },
      finished: {
        on: {
          "learner.back": { target: "deciding", actions: ["comeBack", "emitEntered"] },
          "learner.reset": { target: "asking", actions: "askReset" },
          "learner.startAgain": { target: "asking", actions: "askStartAgain" },
          "learner.followLink": { guard: "leadsElsewhere", target: "asking", actions: "askLink" },
        },
      },
      /** There is no world to play in. */
      stuck: {
        on: {
          "goals.changed": {},
          "learner.retry": "opening",
          "learner.startAgain": { target: "opening", actions: ["askStartAgain", "goToQuestioned"] },
          "page.reopened": "opening",
        },
      },
    },
  });
}

export type StepMachine = ReturnType<typeof createStepMachine>;
