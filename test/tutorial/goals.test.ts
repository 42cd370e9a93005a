import { expect } from "chai";
import { type GoalsReading, readGoals } from "../../src/tutorial/goals.ts";
import { noGoalsMet } from "../../src/tutorial/goals-status.ts";
import type { Miss, Step } from "../../src/tutorial/tutorial.ts";
import { type Observation, observationFold } from "../../src/world/observation.ts";
import type { Bindings } from "../../src/world/world.ts";
import { madeGoal, madeStep } from "./made-tutorial.ts";

const bindings: Bindings = {
  rooms: {},
  people: { you: { user: "@ada:garden.example", name: "Ada", server: "garden.example" } },
};

/** An observation as the world has it after `sequence` entries. */
function seen(sequence: number, more: Partial<Observation> = {}): Observation {
  return { ...observationFold.initial, sequence, ...more };
}
const wrote = (text: string, sequence: number): Partial<Observation> => ({
  addresses: { a: { text, sequence } },
});
const host = (running: boolean, sequence: number): Partial<Observation> => ({
  hosts: { "garden.example": { running, sequence } },
});

function read(step: Step, ...observations: Observation[]): GoalsReading {
  return observations.reduce<GoalsReading>(
    (before, observation) => readGoals(step, 10, before, observation, bindings),
    { status: noGoalsMet, readUpTo: 10 },
  );
}

describe("goals", () => {
  const stopped = madeGoal("stopped", {
    condition: { type: "host", host: "garden.example", running: false },
  });
  const started = madeGoal("started", {
    condition: { type: "host", host: "garden.example", running: true, after: "stopped" },
    hold: true,
  });

  it("latch: one stays met when what it demanded is undone", () => {
    const { status } = read(
      madeStep("s", { goals: [stopped, started] }),
      seen(12, host(false, 12)),
      seen(15, host(true, 15)),
    );
    expect(status.met).to.deep.equal({ stopped: 12, started: 15 });
    expect(status.lost).to.deep.equal([]);
  });

  it("to hold are lost while they do not hold", () => {
    const step = madeStep("s", { goals: [stopped, started] });
    const events = [seen(12, host(false, 12)), seen(15, host(true, 15)), seen(17, host(false, 17))];
    expect(read(step, ...events).status).to.deep.include({
      met: { stopped: 12, started: 15 },
      lost: ["started"],
    });
    expect(read(step, ...events, seen(19, host(true, 19))).status.lost).to.deep.equal([]);
  });

  it("wait for the goal that they come after", () => {
    const { status } = read(madeStep("s", { goals: [started] }), seen(12, host(true, 12)));
    expect(status.met).to.deep.equal({});
  });

  it("that say since: step count nothing from before it", () => {
    const goal = madeGoal("a", {
      condition: { type: "address", field: "a", localpart: "bo", since: "step" },
    });
    const step = madeStep("s", { goals: [goal] });
    expect(read(step, seen(12, wrote("@bo:harbor.example", 9))).status.met).to.deep.equal({});
    expect(read(step, seen(12, wrote("@bo:harbor.example", 10))).status.met).to.deep.equal({ a: 10 });
  });

  it("match what the learner really chose", () => {
    const goal = madeGoal("mine", { condition: { type: "address", field: "a", equals: "{you}" } });
    const step = madeStep("s", { goals: [goal] });
    expect(read(step, seen(12, wrote("@zoe:garden.example", 11))).status.met).to.deep.equal({});
    expect(read(step, seen(12, wrote("@ada:garden.example", 11))).status.met).to.deep.equal({ mine: 11 });
  });

  it("tell the answer that was given last in this step", () => {
    const step = madeStep("s", { quizzes: [{ id: "q", answers: ["a", "b"], right: "b" }] });
    const answered = (answer: string, sequence: number) =>
      seen(sequence, { quizzes: { q: { answer, sequence } } });
    expect(read(step, answered("a", 4)).status.answers).to.deep.equal({});
    expect(read(step, answered("a", 12), answered("b", 14)).status.answers).to.deep.equal({ q: "b" });
  });
});

describe("near misses", () => {
  const goal = madeGoal("right", { condition: { type: "address", field: "a", server: "harbor.example" } });
  const step = madeStep("s", {
    goals: [goal],
    misses: [
      {
        id: "garden",
        condition: { type: "address", field: "a", server: "garden.example", since: "look" },
        example: [],
      },
      { id: "room", condition: { type: "address", field: "a", kind: "alias", since: "look" }, example: [] },
    ],
  });

  it("show when they happen, and until something else does", () => {
    const first = seen(12, wrote("@bo:garden.example", 12));
    expect(read(step, first).status.miss).to.equal("garden");
    expect(read(step, first, { ...first, sequence: 20 }).status.miss).to.equal("garden");
    expect(read(step, first, seen(22, wrote("#tea:tower.example", 22))).status.miss).to.equal("room");
  });

  it("show again when they happen again after another", () => {
    const { status } = read(
      step,
      seen(12, wrote("@bo:garden.example", 12)),
      seen(14, wrote("#tea:tower.example", 14)),
      seen(16, wrote("@bo:garden.example", 16)),
    );
    expect(status.miss).to.equal("garden");
  });

  it("go when a goal is met", () => {
    const { status } = read(
      step,
      seen(12, wrote("@bo:garden.example", 12)),
      seen(14, wrote("@bo:harbor.example", 14)),
    );
    expect(status).to.deep.include({ met: { right: 14 } });
    expect(status.miss).to.equal(undefined);
  });

  it("have nothing to say once the goal that they are near to is met", () => {
    const other = madeGoal("other", { condition: { type: "account", person: "you" } });
    const misses = step.misses.map((miss) => ({ ...miss, goal: "right" }));
    const two = madeStep("s", { goals: [goal, other], misses });
    const right = seen(12, wrote("@bo:harbor.example", 12));
    expect(read(two, seen(11, wrote("@bo:garden.example", 11))).status.miss).to.equal("garden");
    expect(read(two, right, seen(14, wrote("@bo:garden.example", 14))).status.miss).to.equal(undefined);
    expect(read(step, right, seen(14, wrote("@bo:garden.example", 14))).status.miss).to.equal("garden");
  });

  it("speak up again for a goal that is lost", () => {
    const held = madeStep("s", {
      goals: [{ ...goal, hold: true }],
      misses: step.misses.map((miss) => ({ ...miss, goal: "right" })),
    });
    const right = seen(12, wrote("@bo:harbor.example", 12));
    const { status } = read(held, right, seen(14, wrote("@bo:garden.example", 14)));
    expect(status).to.deep.include({ lost: ["right"], miss: "garden" });
  });

  it("know what was done in the step before the last look", () => {
    const missed: Miss = {
      id: "alone",
      condition: {
        type: "all",
        of: [
          { type: "host", host: "garden.example", running: false, since: "look" },
          { type: "not", of: { type: "address", field: "a", since: "step" } },
        ],
      },
      example: [],
    };
    const careful = madeStep("s", { goals: [goal], misses: [missed] });
    expect(read(careful, seen(12, host(false, 12))).status.miss).to.equal("alone");
    const written = wrote("@bo:garden.example", 12);
    const { status } = read(careful, seen(12, written), seen(14, { ...written, ...host(false, 14) }));
    expect(status.miss).to.equal(undefined);
  });

  it("go when it is not so any more", () => {
    const off = madeStep("s", {
      goals: [goal],
      misses: [
        {
          id: "off",
          condition: { type: "host", host: "garden.example", running: false, since: "look" },
          example: [],
        },
      ],
    });
    expect(read(off, seen(12, host(false, 12))).status.miss).to.equal("off");
    expect(read(off, seen(12, host(false, 12)), seen(14, host(true, 14))).status.miss).to.equal(undefined);
  });

  it("do not count what was there before the step", () => {
    expect(read(step, seen(12, wrote("@bo:garden.example", 8))).status.miss).to.equal(undefined);
  });
});
