import { expect } from "chai";
import { type GoalsStatus, isMet, noGoalsMet } from "../../src/tutorial/goals-status.ts";
import { watchGoals } from "../../src/tutorial/goals-watch.ts";
import { playParts } from "../../src/tutorial/play-parts.ts";
import { playsLeft } from "../../src/tutorial/plays.ts";
import { loadLogic, loadProse, shippedTutorials } from "../../src/tutorial/shipped-tutorials.ts";
import type { GoalPlay } from "../../src/tutorial/step-events.ts";
import type { Prose, Step, Tutorial } from "../../src/tutorial/tutorial.ts";
import type { Action } from "../../src/world/action.ts";
import type { Condition } from "../../src/world/condition.ts";
import { reopenWorld } from "../../src/world/open-world.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import type { Checkpoint } from "../../src/world/world.ts";
import { openFor, PlayedTutorial, withoutLatency } from "./played-tutorial.ts";

/** Where a step begins, or stands after some of its goals. */
type Stand = { checkpoint: Checkpoint; since: number; goals: GoalsStatus };

/** Real milliseconds after which something that should have come true has not, on however slow a machine. */
const patience = 60_000;

/** Plays a tutorial that ships in every way that a learner might, in the simulated world. */
export function proveTutorial(id: string): void {
  describe(`the tutorial ${id}`, function () {
    this.timeout(400_000);
    let tutorial: Tutorial;
    let prose: Prose;
    /** Step → where it begins. */
    const beginnings = new Map<string, Stand>();

    async function play(
      world: SimulatedWorld,
      plays: GoalPlay[],
      standing?: Stand & { step: string },
    ): Promise<void> {
      const outcome = await playParts({
        world,
        tutorial,
        prose,
        plays,
        patience,
        ...(standing && { standing }),
      });
      const how = `${JSON.stringify(outcome)} after ${JSON.stringify(standing?.goals.met ?? {})}`;
      expect(outcome.ended, how).to.equal(true);
    }

    before(async () => {
      const [logic, words] = await Promise.all([loadLogic(id), loadProse(id, "en")]);
      tutorial = withoutLatency(logic!);
      prose = words!;
      const world = await openFor({ tutorial, prose });
      for (const step of tutorial.steps) {
        if (step.start.length > 0) await play(world, [{ step: step.id, parts: step.start }]);
        const checkpoint = await world.checkpoint(step.id);
        beginnings.set(step.id, { checkpoint, since: world.log.length, goals: noGoalsMet });
        await play(world, playsLeft(step, noGoalsMet));
      }
      await world.stop();
    });

    it("has a step for each of its words, and words for each step", () => {
      expect(Object.keys(prose.steps).sort()).to.deep.equal(tutorial.steps.map((step) => step.id).sort());
    });

    it("can be played with another name and other words, its quizzes first", async () => {
      const other = new PlayedTutorial({
        tutorial: quizzesFirst(tutorial),
        prose,
        instead: otherwise(tutorial),
      });
      try {
        await playThrough(other, "learner.showMe");
        const { marks, finished } = other.state.context;
        expect(finished).to.equal(true);
        expect(new Set(Object.values(marks))).to.deep.equal(new Set(["done"]));
        const { user } = other.world.bindings().people.you ?? {};
        const { account } = tutorial.scenario.people.find((person) => person.id === "you")!;
        expect(user).to.match(account === undefined ? /^@ada\.l-\d\d:/ : new RegExp(`^@${account}:`));
      } finally {
        await other.close();
      }
    });

    it("can be skipped through, and is then skipped and not done", async () => {
      const skipped = new PlayedTutorial({ tutorial, prose });
      try {
        await playThrough(skipped, "learner.skip");
        expect(new Set(Object.values(skipped.state.context.marks))).to.deep.equal(new Set(["skipped"]));
      } finally {
        await skipped.close();
      }
    });

    it("goes on after a reload in the middle of any step", async () => {
      const options = { tutorial, prose, storage: "indexeddb" as const };
      let played = new PlayedTutorial(options);
      try {
        for (const step of tutorial.steps) {
          await played.until("working", "met");
          const [first] = step.goals;
          await play(played.world, [{ step: step.id, goal: first!.id, parts: first!.solution }], {
            ...played.state.context,
            step: step.id,
            checkpoint: beginnings.get(step.id)!.checkpoint,
          });
          const saved = played.saved();
          await played.close();
          const reopened = await reopenWorld({ tutorialId: id, scenario: tutorial.scenario, say: prose.say });
          expect(reopened?.storage).to.equal("indexeddb");
          reopened!.world.clock.setSpeed(100);
          played = new PlayedTutorial(options, { snapshot: saved, world: reopened!.world });
          expect(played.step.id).to.equal(step.id);
          await played.until("working", "met");
          expect(
            isMet(played.state.context.goals, first!.id),
            `${step.id}/${first!.id} after the reload`,
          ).to.equal(true);
          if (played.state.value === "working") played.send({ type: "learner.showMe" });
          await played.until("met");
          played.send({ type: "learner.next" });
        }
        expect(played.state.value).to.equal("finished");
      } finally {
        await played.close();
      }
    });

    it("opens its last step for a link to it, and resets it", async () => {
      const linked = new PlayedTutorial({ tutorial, prose }, { step: tutorial.steps.at(-1)!.id });
      try {
        await linked.until("working");
        linked.send({ type: "learner.showMe" });
        await linked.until("met");
        linked.send({ type: "learner.reset" });
        await linked.until("working");
        linked.send({ type: "learner.showMe" });
        await linked.until("met");
      } finally {
        await linked.close();
      }
    });

    for (const stepId of shippedTutorials.find((each) => each.id === id)?.steps ?? []) {
      describe(`in its step ${stepId}`, () => {
        const stepOf = (): Step => tutorial.steps.find((step) => step.id === stepId)!;

        it("has each goal false before its own part and true after it, and shows the rest from each", async () => {
          const step = stepOf();
          const begins = beginnings.get(step.id)!;
          const world = await openFor({ tutorial, prose }, begins.checkpoint);
          try {
            const prefixes = await playGoalByGoal(world, step, begins);
            // The latest first: going back drops what came after.
            for (const stand of prefixes.reverse()) {
              await world.restore(stand.checkpoint);
              world.clock.setSpeed(100);
              await play(world, playsLeft(step, stand.goals), { ...stand, step: step.id });
            }
          } finally {
            await world.stop();
          }
        });

        it("shows its words for each near miss", async () => {
          const step = stepOf();
          const begins = beginnings.get(step.id)!;
          const world = await openFor({ tutorial, prose }, begins.checkpoint);
          try {
            for (const [index, miss] of step.misses.entries()) {
              if (index > 0) {
                await world.restore(begins.checkpoint);
                world.clock.setSpeed(100);
              }
              expect(await missAfter(world, step, miss.example), `${step.id}/${miss.id}`).to.equal(miss.id);
              expect(prose.steps[step.id]?.misses[miss.id]).to.be.a("string");
            }
          } finally {
            await world.stop();
          }
        });
      });
    }

    /** Plays part after part; each goal must be false before its own. Returns where the step stood before each. */
    async function playGoalByGoal(world: SimulatedWorld, step: Step, { since }: Stand): Promise<Stand[]> {
      const stands: Stand[] = [];
      let goals = noGoalsMet;
      const end = watchGoals({
        world,
        step,
        since,
        goals,
        changed: (now) => {
          goals = now;
        },
      });
      for (const [index, goal] of step.goals.entries()) {
        for (const { id } of consequences(step, index)) {
          expect(isMet(goals, id), `${step.id}/${id} is met before its part`).to.equal(false);
        }
        stands.push({ checkpoint: await world.checkpoint(`${step.id} before ${goal.id}`), since, goals });
        await play(world, [{ step: step.id, goal: goal.id, parts: goal.solution }], {
          step: step.id,
          ...stands.at(-1)!,
        });
        expect(isMet(goals, goal.id), `${step.id}/${goal.id} is met after its part`).to.equal(true);
      }
      for (const { id: goal } of step.goals)
        expect(isMet(goals, goal), `${step.id}/${goal} at the end`).to.equal(true);
      end();
      return stands;
    }

    /** The near miss that shows after these actions; what became of them where none does. */
    async function missAfter(world: SimulatedWorld, step: Step, parts: GoalPlay["parts"]): Promise<string> {
      const since = world.log.length;
      let miss: string | undefined;
      let tell = () => {};
      const end = watchGoals({
        world,
        step,
        since,
        goals: noGoalsMet,
        changed: (goals) => {
          miss = goals.miss;
          if (miss !== undefined) tell();
        },
      });
      const playing = playParts({
        world,
        tutorial,
        prose,
        plays: [{ step: step.id, parts }],
        standing: { step: step.id, since, goals: noGoalsMet },
        patience,
      });
      // These parts are no step's start: others act meanwhile.
      world.releaseScripts();
      const outcome = await playing;
      await new Promise<void>((resolve) => {
        tell = resolve;
        setTimeout(resolve, patience);
        if (miss !== undefined) resolve();
      });
      end();
      return miss ?? JSON.stringify(outcome);
    }

    async function playThrough(
      played: PlayedTutorial,
      how: "learner.showMe" | "learner.skip",
    ): Promise<void> {
      for (const { id: step } of tutorial.steps) {
        await played.until("working", "met");
        expect(played.step.id).to.equal(step);
        played.send({ type: how });
        if (how === "learner.skip") continue;
        await played.until("met");
        played.send({ type: "learner.next" });
      }
      await played.until("finished");
    }
  });
}

/** A goal that somebody acts for, and those that are only waited for after it: they may come true at once with it. */
function consequences(step: Step, index: number): Step["goals"] {
  const [goal, ...later] = step.goals.slice(index);
  if (!goal || isOnlyWaitedFor(goal)) return [];
  const next = later.findIndex((each) => !isOnlyWaitedFor(each));
  return [goal, ...later.slice(0, next < 0 ? later.length : next)];
}

function isOnlyWaitedFor({ solution }: Step["goals"][number]): boolean {
  return solution.every(({ type }) => type === "wait");
}

/** The goals that need nothing of the others come first. */
function quizzesFirst(tutorial: Tutorial): Tutorial {
  const isQuiz = ({ condition }: Step["goals"][number]) => condition.type === "quiz";
  const steps = tutorial.steps.map((step) => ({
    ...step,
    goals: [...step.goals.filter(isQuiz), ...step.goals.filter((goal) => !isQuiz(goal))],
  }));
  return { ...tutorial, steps };
}

/** What another learner would have done: another name and password, other words, and rooms that nobody gave a role. */
function otherwise({ scenario, steps }: Tutorial): (action: Action) => Action {
  const given = new Set(
    steps.flatMap(({ goals }) => goals.flatMap(({ condition }) => roleGivenBy(condition))),
  );
  const home = scenario.people.find(({ id }) => id === "you")?.at;
  const taken = scenario.people.flatMap(({ at, account }) => (at === home && account) || []);
  return (action) => {
    switch (action.type) {
      case "signUp":
        return taken.includes(action.name)
          ? action
          : { ...action, name: "ada.l-36", password: "Größer & <besser>" };
      case "createRoom":
      case "createSpace": {
        const { as: role, ...unnamed } = action;
        return role !== undefined && given.has(role) ? unnamed : action;
      }
      case "send":
        return { ...action, text: `${action.text ?? ""} — <b>ganz</b> andere Wörter 你好 \u202E!` };
      default:
        return action;
    }
  };
}

/** The role that a goal gives to a room by itself. */
function roleGivenBy(condition: Condition): string[] {
  return condition.type === "roomMade" && condition.as !== undefined ? [condition.as] : [];
}
