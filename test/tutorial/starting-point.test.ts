import { expect } from "chai";
import { createActor } from "xstate";
import { startingPoint } from "../../src/tutorial/starting-point.ts";
import { createStepMachine } from "../../src/tutorial/step-machine.ts";
import { madeStep, madeTutorial } from "./made-tutorial.ts";

const tutorial = madeTutorial([madeStep("one"), madeStep("two")]);

/** What the browser would have kept of the tutorial in its first step. */
function savedOf(of = tutorial): unknown {
  const actor = createActor(createStepMachine(of), { input: {} }).start();
  actor.send({ type: "world.opened", sequence: 3 });
  actor.send({ type: "checkpoint.taken", sequence: 5 });
  const saved = actor.getPersistedSnapshot();
  actor.stop();
  return JSON.parse(JSON.stringify(saved));
}

describe("where a tutorial goes on", () => {
  it("is its saved snapshot", () => {
    const saved = savedOf();
    expect(startingPoint(tutorial, saved, "one")).to.deep.equal({ from: "snapshot", snapshot: saved });
  });

  it("is the first step when nothing was saved", () => {
    expect(startingPoint(tutorial, undefined)).to.deep.equal({ from: "step", step: "one", because: "new" });
  });

  it("is the same step of a newer version, or the first where that step is gone", () => {
    const older = savedOf({ ...tutorial, version: 1 });
    expect(startingPoint(tutorial, older, "two")).to.deep.equal({
      from: "step",
      step: "two",
      because: "older-version",
    });
    expect(startingPoint(tutorial, older, "gone")).to.deep.equal({
      from: "step",
      step: "one",
      because: "older-version",
    });
  });

  it("is the step's beginning when the snapshot is damaged", () => {
    const saved = savedOf() as { context: object };
    for (const damaged of [
      "text",
      [],
      { ...saved, value: 3 },
      { ...saved, context: { ...saved.context, step: 9 } },
      { ...saved, context: { ...saved.context, goals: null } },
      { ...saved, context: { ...saved.context, tutorial: "other" } },
    ]) {
      expect(startingPoint(tutorial, damaged, "two")).to.deep.equal({
        from: "step",
        step: "two",
        because: "damaged",
      });
    }
  });
});
