import { expect } from "chai";
import { createActor, initialTransition, type SnapshotFrom, transition } from "xstate";
import { getShortestPaths } from "xstate/graph";
import { noGoalsMet } from "../../src/tutorial/goals-status.ts";
import type { StepIntent, StepMachineEvent } from "../../src/tutorial/step-events.ts";
import { createStepMachine, type StepMachine } from "../../src/tutorial/step-machine.ts";
import { madeGoal, madeStep, madeTutorial } from "./made-tutorial.ts";

type State = SnapshotFrom<StepMachine>;

const tutorial = madeTutorial([
  madeStep("one"),
  madeStep("two", {
    goals: [madeGoal("a"), madeGoal("b", { hold: true })],
    start: [{ type: "setSpeed", speed: 2 }],
  }),
  madeStep("three"),
]);
const machine = createStepMachine(tutorial);

/** Goals as a step may report them: none, all, and for two goals some and lost. */
function goalsEvents(state: State): StepMachineEvent[] {
  const step = tutorial.steps[state.context.step]!;
  const all = Object.fromEntries(step.goals.map(({ id }, index) => [id, 10 + index]));
  const reports = [noGoalsMet, { ...noGoalsMet, met: all }];
  if (step.goals.length > 1)
    reports.push({ ...noGoalsMet, met: { a: 10 } }, { ...noGoalsMet, met: all, lost: ["b"] });
  return reports.map((goals) => ({ type: "goals.changed", step: step.id, goals }));
}

/** Every event that can come in a state, those out of place among them. */
function eventsOf(state: State): StepMachineEvent[] {
  const { play } = state.context;
  return [
    { type: "learner.back" },
    { type: "learner.next" },
    { type: "learner.skip" },
    { type: "learner.showMe" },
    { type: "learner.stop" },
    { type: "learner.reset" },
    { type: "learner.startAgain" },
    { type: "learner.confirm" },
    { type: "learner.decline" },
    { type: "learner.retry" },
    { type: "learner.hint", available: 1 },
    { type: "learner.answer", quiz: "q", with: "a" },
    { type: "learner.followLink", step: "one" },
    { type: "learner.followLink", step: "three" },
    { type: "world.opened", sequence: 3 },
    { type: "world.failed" },
    { type: "play.ended", play },
    { type: "play.failed", play },
    { type: "play.ended", play: play - 1 },
    { type: "play.failed", play: play - 1 },
    { type: "checkpoint.taken", sequence: 5 },
    { type: "checkpoint.failed", sequence: 5 },
    { type: "checkpoint.restored", sequence: 5 },
    { type: "checkpoint.missing" },
    { type: "page.reopened" },
    { type: "goals.changed", step: "elsewhere", goals: { ...noGoalsMet, met: { done: 1 } } },
    ...goalsEvents(state),
  ];
}

/** The state without what only counts up. */
function keyOf(state: State): string {
  const { play: _, ...context } = state.context;
  return JSON.stringify([state.value, context]);
}

function take(state: State, event: StepMachineEvent): { state: State; intents: StepIntent[] } {
  const [next, actions] = transition(machine, state, event);
  return { state: next as State, intents: intentsOf(actions) };
}

function intentsOf(actions: readonly { type: string; params?: unknown }[]): StepIntent[] {
  return actions
    .filter(({ type }) => type === "xstate.emit")
    .map(({ params }) => (params as { event: StepIntent }).event);
}

const paths = getShortestPaths(machine, {
  input: {},
  events: (state: State) => eventsOf(state),
  serializeState: (state: State) => keyOf(state),
  limit: 200_000,
});
const states = paths.map(({ state }) => state as State);

/** The machine after these events, with the intents of the last one. */
function play(events: StepMachineEvent[], step?: string): { state: State; intents: StepIntent[] } {
  const [first, actions] = initialTransition(machine, step === undefined ? {} : { step });
  let now = { state: first as State, intents: intentsOf(actions) };
  for (const event of events) now = take(now.state, event);
  return now;
}

const open: StepMachineEvent = { type: "world.opened", sequence: 3 };
const taken: StepMachineEvent = { type: "checkpoint.taken", sequence: 5 };
const met = (step: string, ...goals: string[]): StepMachineEvent => ({
  type: "goals.changed",
  step,
  goals: { ...noGoalsMet, met: Object.fromEntries(goals.map((goal) => [goal, 9])) },
});
const next: StepMachineEvent = { type: "learner.next" };
const firstDone = [open, taken, met("one", "done"), next];
const inTwo = [...firstDone, { type: "play.ended", play: 1 } as const, taken];

describe("step machine, every state that any events lead to", () => {
  it("reaches all states of the chart", () => {
    const reached = new Set(states.map(({ value }) => value));
    // The others are passed through within one event.
    const passing = ["deciding", "entering", "skipped", "answered"];
    const all = Object.keys(machine.states).filter((name) => !passing.includes(name));
    expect([...reached].sort()).to.deep.equal(all.sort());
    expect(states.length).to.be.greaterThan(100);
  });

  it("says what it waits for whenever it is busy", () => {
    const asks: Record<string, StepIntent["type"]> = {
      opening: "world.open",
      catchingUp: "play.start",
      preparing: "play.start",
      checkpointing: "checkpoint.take",
      showing: "play.start",
      skipping: "play.start",
      resetting: "checkpoint.restore",
    };
    for (const state of states) {
      for (const event of eventsOf(state)) {
        const after = take(state, event);
        const asked = asks[String(after.state.value)];
        const entered = after.state.value !== state.value;
        if (asked && entered) {
          expect(
            after.intents.map(({ type }) => type),
            `${state.value} ${event.type}`,
          ).to.include(asked);
        }
      }
    }
  });

  it("marks a step done only from met, and by next alone", () => {
    for (const state of states) {
      for (const event of eventsOf(state)) {
        for (const intent of take(state, event).intents) {
          if (intent.type !== "step.marked") continue;
          if (intent.as === "done") expect([state.value, event.type]).to.deep.equal(["met", "learner.next"]);
          else expect([state.value, event.type]).to.deep.equal(["skipping", "play.ended"]);
        }
      }
    }
  });

  it("only looks on back", () => {
    for (const state of states) {
      const { state: after, intents } = take(state, { type: "learner.back" });
      expect(after.context.step).to.equal(state.context.step);
      expect(after.context.goals).to.deep.equal(state.context.goals);
      // From its end the tutorial comes back to its last step.
      const may = state.value === "finished" ? ["step.entered"] : ["play.stop"];
      expect(may).to.include.members(intents.map(({ type }) => type));
    }
  });

  it("drops later work only after a question", () => {
    for (const state of states) {
      for (const event of eventsOf(state)) {
        const { state: after } = take(state, event);
        const drops = after.context.step < state.context.step;
        if (drops && state.value !== "stuck")
          expect([state.value, event.type]).to.deep.equal(["asking", "learner.confirm"]);
      }
    }
  });

  it("takes no notice of a play that ended after it was stopped", () => {
    for (const state of states) {
      for (const type of ["play.ended", "play.failed"] as const) {
        const late = take(state, { type, play: state.context.play - 1 });
        expect(keyOf(late.state)).to.equal(keyOf(state));
        expect(late.intents).to.deep.equal([]);
      }
    }
  });

  it("can always be finished", () => {
    const forward = (state: State): StepMachineEvent[] => {
      const all = goalsEvents(state)[1]!;
      return [
        { type: "learner.confirm" },
        { type: "learner.retry" },
        open,
        { type: "play.ended", play: state.context.play },
        taken,
        { type: "checkpoint.restored", sequence: 5 },
        all,
        next,
      ];
    };
    for (const start of states) {
      let state = start;
      for (let round = 0; round < 12 && !state.context.finished; round++) {
        for (const event of forward(state)) {
          state = take(state, event).state;
          if (state.context.finished) break;
        }
      }
      expect(state.context.finished, `${start.value} ${keyOf(start)}`).to.equal(true);
    }
  });

  it("goes on from a snapshot of any state, kept as JSON", () => {
    for (const state of states) {
      const saved = JSON.parse(JSON.stringify(machine.getPersistedSnapshot(state as never))) as object;
      const actor = createActor(createStepMachine(tutorial), { snapshot: saved as never, input: {} });
      const intents: StepIntent[] = [];
      actor.on("*", (intent) => intents.push(intent));
      actor.start();
      actor.send({ type: "page.reopened" });
      const after = actor.getSnapshot();
      actor.stop();
      // Whatever was under way is asked for again, or was dropped; nothing waits for an answer that will not come.
      if (after.hasTag("busy") || after.hasTag("playing")) {
        expect(
          intents.some(({ type }) => /world.open|play.start|checkpoint/.test(type)),
          String(state.value),
        ).to.equal(true);
      }
      expect(after.context.marks).to.deep.equal(state.context.marks);
    }
  });
});

describe("step machine", () => {
  it("opens a world, takes a checkpoint and watches the first step", () => {
    expect(play([]).intents).to.deep.equal([{ type: "world.open" }]);
    expect(play([open]).intents).to.deep.equal([
      { type: "step.entered", step: "one", index: 0 },
      { type: "checkpoint.take", step: "one" },
    ]);
    const begun = play([open, taken]);
    expect(begun.state.value).to.equal("working");
    expect(begun.intents).to.deep.equal([{ type: "goals.watch", step: "one", since: 5, goals: noGoalsMet }]);
  });

  it("plays what the steps before would have done for a link to a step", () => {
    const { state, intents } = play([open], "three");
    expect(state.value).to.equal("catchingUp");
    const [start] = intents;
    expect(start?.type === "play.start" && start.manner).to.equal("at-once");
    expect(
      start?.type === "play.start" && start.plays.map(({ step, goal }) => `${step}/${goal ?? "start"}`),
    ).to.deep.equal(["one/done", "two/start", "two/a", "two/b"]);
    expect(play([open, { type: "play.ended", play: 1 }], "three").state.value).to.equal("checkpointing");
  });

  it("goes to the next step when the goals are met, and not before", () => {
    expect(play([open, taken, next]).state.context.step).to.equal(0);
    const { state, intents } = play(firstDone);
    expect(state.context.step).to.equal(1);
    expect(intents[0]).to.deep.equal({ type: "step.marked", step: "one", as: "done" });
  });

  it("plays what happens by itself before it takes the checkpoint", () => {
    const { state, intents } = play(firstDone);
    expect(state.value).to.equal("preparing");
    expect(intents.at(-1)).to.deep.equal({
      type: "play.start",
      play: 1,
      manner: "at-once",
      plays: [{ step: "two", parts: [{ type: "setSpeed", speed: 2 }] }],
    });
    expect(play([...firstDone, { type: "play.ended", play: 1 }]).intents).to.deep.equal([
      { type: "checkpoint.take", step: "two" },
    ]);
  });

  it("shows only what is not met yet", () => {
    const { intents } = play([...inTwo, met("two", "a"), { type: "learner.showMe" }]);
    const [start] = intents;
    expect(start?.type === "play.start" && start.plays.map(({ goal }) => goal)).to.deep.equal(["b"]);
    expect(start?.type === "play.start" && start.manner).to.equal("shown");
  });

  it("stops a show at once, and works on", () => {
    const { state, intents } = play([...inTwo, { type: "learner.showMe" }, { type: "learner.stop" }]);
    expect(state.value).to.equal("working");
    expect(intents).to.deep.equal([{ type: "play.stop", play: 2 }]);
  });

  it("marks a skipped step skipped although its goals came true", () => {
    const { state, intents } = play([
      open,
      taken,
      { type: "learner.skip" },
      met("one", "done"),
      { type: "play.ended", play: 1 },
    ]);
    expect(intents[0]).to.deep.equal({ type: "step.marked", step: "one", as: "skipped" });
    expect(state.context.step).to.equal(1);
  });

  it("is not met while a goal to hold does not hold", () => {
    const lost: StepMachineEvent = {
      type: "goals.changed",
      step: "two",
      goals: { ...noGoalsMet, met: { a: 6, b: 7 }, lost: ["b"] },
    };
    expect(play([...inTwo, met("two", "a", "b")]).state.value).to.equal("met");
    expect(play([...inTwo, met("two", "a", "b"), lost]).state.value).to.equal("working");
  });

  it("resets the step it is in without a question, an earlier one after one", () => {
    expect(play([...inTwo, { type: "learner.reset" }]).intents).to.deep.equal([
      { type: "checkpoint.restore", step: "two" },
    ]);
    const asked = play([...inTwo, { type: "learner.back" }, { type: "learner.reset" }]);
    expect(asked.state.value).to.equal("asking");
    expect(asked.state.context.question).to.deep.equal({ about: "reset", step: 0 });
    const confirmed = take(asked.state, { type: "learner.confirm" });
    expect(confirmed.intents).to.deep.equal([{ type: "checkpoint.restore", step: "one" }]);
    expect(confirmed.state.context.marks).to.deep.equal({});
    expect(take(asked.state, { type: "learner.decline" }).state.value).to.equal("lookingBack");
  });

  it("catches up to the step where its checkpoint is missing", () => {
    const { state, intents } = play([...inTwo, { type: "learner.reset" }, { type: "checkpoint.missing" }]);
    expect(intents).to.deep.equal([{ type: "world.open" }]);
    expect(take(state, open).state.value).to.equal("catchingUp");
  });

  it("asks before a link replaces what is there", () => {
    const { state, intents } = play([...inTwo, { type: "learner.followLink", step: "three" }]);
    expect(state.value).to.equal("asking");
    expect(intents).to.deep.equal([]);
    expect(take(state, { type: "learner.decline" }).state.context.step).to.equal(1);
    expect(take(state, { type: "learner.confirm" }).intents).to.deep.equal([{ type: "world.open" }]);
    expect(play([...inTwo, { type: "learner.followLink", step: "two" }]).state.value).to.equal("working");
  });

  it("gives hints one after the other, as many as there are", () => {
    const hint: StepMachineEvent = { type: "learner.hint", available: 2 };
    expect(play([open, taken, hint, hint, hint]).state.context.hints).to.equal(2);
    expect(play([open, taken, hint, met("one", "done"), next]).state.context.hints).to.equal(0);
  });

  it("goes on showing when the hand has answered a quiz", () => {
    const showing = play([
      open,
      taken,
      { type: "learner.showMe" },
      { type: "learner.answer", quiz: "q", with: "a" },
    ]);
    expect(showing.state.value).to.equal("showing");
    expect(showing.intents.at(-1)).to.deep.equal({
      type: "act",
      action: { type: "answer", quiz: "q", with: "a" },
    });
  });

  it("passes an answer on to the world", () => {
    expect(play([open, taken, { type: "learner.answer", quiz: "q", with: "a" }]).intents).to.deep.equal([
      { type: "act", action: { type: "answer", quiz: "q", with: "a" } },
    ]);
  });

  it("finishes after the last step", () => {
    const { state, intents } = play(
      [open, { type: "play.ended", play: 1 }, taken, met("three", "done"), next],
      "three",
    );
    expect(state.value).to.equal("finished");
    expect(intents.map(({ type }) => type)).to.deep.equal(["step.marked", "tutorial.finished"]);
    expect(play([], "no-such-step").state.context.step).to.equal(0);
  });

  it("comes back from its end to the last step as it stands", () => {
    const end = [open, { type: "play.ended", play: 1 } as const, taken, met("three", "done"), next];
    const { state, intents } = play([...end, { type: "learner.back" }], "three");
    expect(state.value).to.equal("met");
    expect(state.context).to.include({ finished: false, step: 2, shown: 2 });
    expect(intents.at(-1)).to.deep.equal({ type: "step.entered", step: "three", index: 2 });
    expect(play([...end, { type: "learner.back" }, next], "three").state.value).to.equal("finished");
  });
});
