import type { Actor, Snapshot } from "xstate";
import type { CryptoProgress } from "../../client/crypto/load-crypto.ts";
import type { GoalsStatus } from "../../tutorial/goals-status.ts";
import { type StartingPoint, startingPoint } from "../../tutorial/starting-point.ts";
import type { StepContext, StepIntent, StepMachineEvent } from "../../tutorial/step-events.ts";
import type { StepMachine } from "../../tutorial/step-machine.ts";
import type { Prose, Step, StepProse, Tutorial } from "../../tutorial/tutorial.ts";
import type { Action, ActionResult } from "../../world/action.ts";
import { CheckpointError } from "../../world/checkpoint.ts";
import type { SavedPlaces } from "./saved-places.ts";
import { type SessionState, sketchedState } from "./session-state.ts";
import { askForHold, type Hold, takeHold } from "./tab-lock.ts";
import type { TutorialWorld, WorldHeard, WorldSource } from "./world-source.ts";

/** Why the page is not quite as the learner may expect. */
export type SessionNote =
  /** Storage is blocked or full: nothing outlives the page. */
  | "not-kept"
  /** Another tab holds this tutorial's world; here is a fresh copy of the step. */
  | "copy"
  /** This tab gave its world to another one. */
  | "given-away"
  /** What was kept was of an older version of the tutorial, or could not be read. */
  | "older-version"
  | "damaged";

export type SessionParts = {
  tutorial: Tutorial;
  prose: Prose;
  /** The step that the page's address names. */
  asked: string | undefined;
  places: SavedPlaces;
  worlds: WorldSource;
  /** Resolves when the page stands, and has time for what is not seen. */
  drawn: () => Promise<void>;
  /** Plays an action visibly; undefined where no control on the stage does it. */
  demonstrate: (action: Action, signal: AbortSignal) => Promise<ActionResult | undefined>;
  /** A step begins, or is come back to. */
  entered: (step: string) => void;
  finished: () => void;
  /** Something that the page draws has changed. */
  changed: () => void;
};

/** World time per real time where nobody watches. */
const fullSpeed = 10;

type Engine = typeof import("./session-engine.ts");
type Facts = Extract<StepMachineEvent, { type: `learner.${string}` }>;

/**
 * One learner in one tutorial: does what the step machine decides. It opens and restores worlds, watches goals,
 * plays solutions and keeps the place; it draws nothing.
 */
export class TutorialSession {
  readonly tutorial: Tutorial;
  readonly prose: Prose;
  readonly notes = new Set<SessionNote>();
  /** What could not be read, for a download. */
  damagedCopy: Blob | undefined;
  /** How much of the crypto has come, in bytes, while it comes. */
  cryptoProgress: CryptoProgress | undefined;
  /** The world, once it is there. */
  world: TutorialWorld | undefined;

  readonly #parts: SessionParts;
  readonly #sketch: SessionState;
  #engine!: Engine;
  #machine!: StepMachine;
  #actor: Actor<StepMachine> | undefined;
  #hold: Hold | undefined;
  #endWatch: (() => void) | undefined;
  #play: AbortController | undefined;
  #wish: Facts | undefined;
  #waiting = new Set<() => void>();
  #opening = true;
  #ended = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.tutorial = parts.tutorial;
    this.prose = parts.prose;
    this.#sketch = sketchedState(parts.tutorial, this.#startingPoint(), parts.asked);
  }

  get state(): SessionState {
    return this.#actor?.getSnapshot() ?? this.#sketch;
  }

  get context(): StepContext {
    return this.state.context;
  }

  /** The step on the page. */
  get shown(): Step {
    return this.tutorial.steps[this.context.shown]!;
  }

  get shownProse(): StepProse {
    return this.prose.steps[this.shown.id]!;
  }

  /** The world is being opened or brought somewhere: what the learner does waits. */
  get busy(): boolean {
    return this.#opening || this.state.hasTag("busy");
  }

  get lookingBack(): boolean {
    return this.context.shown < this.context.step;
  }

  /** How the shown step's goals stand; a step that lies behind is met. */
  get goals(): GoalsStatus {
    if (!this.lookingBack) return this.context.goals;
    const { goals, quizzes } = this.shown;
    return {
      met: Object.fromEntries(goals.map(({ id }) => [id, 0])),
      lost: [],
      answers: Object.fromEntries(quizzes.map(({ id, right }) => [id, right])),
    };
  }

  /** @param take the world even if another tab holds it */
  async start({ take = false } = {}): Promise<void> {
    const { tutorial, places, asked } = this.#parts;
    const wanted = (): void => void this.#giveAway();
    // A form comes before what answers it: first it is drawn, and can be typed into.
    if (this.#isNew && !take) await this.#parts.drawn();
    this.#parts.worlds.warmUp();
    const [engine, hold] = await Promise.all([
      import("./session-engine.ts"),
      take ? askForHold(tutorial.id, wanted) : takeHold(tutorial.id, wanted),
    ]);
    this.#engine = engine;
    this.#machine = engine.createStepMachine(tutorial);
    this.#hold = hold;
    if (this.#ended) return this.#hold?.release();
    if (!places.lasting) this.notes.add("not-kept");
    const point = this.#startingPoint();
    if (!this.#hold) {
      this.notes.add("copy");
      this.#begin(asked ?? tutorial.steps[this.context.step]!.id);
    } else if (point.from === "snapshot") {
      await this.#reopen(point.snapshot);
    } else {
      if (point.because !== "new") await this.#noteLoss(point.because);
      this.#begin(asked ?? point.step);
    }
  }

  get #isNew(): boolean {
    return this.context.step === 0 && this.context.since === 0;
  }

  #startingPoint(): StartingPoint {
    const { tutorial, places } = this.#parts;
    return startingPoint(tutorial, places.snapshot(tutorial.id), places.progress.tutorials[tutorial.id]?.at);
  }

  /** Leaves the tutorial; what is kept stays. */
  async stop(): Promise<void> {
    this.#ended = true;
    this.#play?.abort();
    this.#endWatch?.();
    this.#actor?.stop();
    await this.world?.stop();
    this.#hold?.release();
  }

  /** What the learner does with the step's buttons. While the world is on its way, the last of it waits. */
  learner(event: Facts): void {
    if (this.#ended) return;
    if (this.#opening || (this.busy && event.type !== "learner.stop")) {
      this.#wish = event;
      this.#parts.changed();
      return;
    }
    const shown = this.context.shown;
    this.#actor?.send(event);
    if (this.context.shown !== shown) this.#parts.entered(this.shown.id);
  }

  /** Something that the learner asked for waits until the world is there. */
  get waits(): boolean {
    return this.#wish !== undefined || this.#waiting.size > 0;
  }

  /** What the learner does on the stage. It waits until the step is ready. */
  async act(action: Action): Promise<ActionResult> {
    while (this.busy || !this.world) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.world.act(action);
  }

  /** Goes on from what is kept: same step, same messages. */
  async #reopen(snapshot: Snapshot<unknown>): Promise<void> {
    const { step } = this.context;
    let loss: "older-version" | "damaged" = "damaged";
    const world = await this.#parts.worlds.kept(this.#worldHeard).catch((error: unknown) => {
      if (error instanceof CheckpointError && error.fault === "older-version") loss = error.fault;
      else console.error(error);
      return undefined;
    });
    if (this.#ended) return void world?.stop();
    const needsWorld =
      !this.state.matches("opening") && !this.state.matches("catchingUp") && !this.state.matches("stuck");
    if (!world && needsWorld) {
      await this.#noteLoss(loss);
      return this.#begin(this.tutorial.steps[step]!.id);
    }
    this.world = world;
    this.#opening = false;
    this.#actor = this.#newActor({ snapshot });
    this.#actor.start();
    this.#actor.send({ type: "page.reopened" });
    this.#parts.entered(this.shown.id);
    const { asked } = this.#parts;
    if (asked !== undefined) this.#actor.send({ type: "learner.followLink", step: asked });
    this.#changed();
  }

  /** Begins at a step, with everything that the steps before would have done. */
  #begin(step: string): void {
    this.#actor = this.#newActor({ step });
    this.#opening = false;
    this.#actor.start();
    this.#changed();
  }

  async #noteLoss(because: "older-version" | "damaged"): Promise<void> {
    this.notes.add(because);
    this.damagedCopy = await this.#parts.worlds.copy().catch(() => undefined);
  }

  readonly #worldHeard: WorldHeard = {
    storageLost: () => {
      this.notes.add("not-kept");
      this.#parts.changed();
    },
    cryptoProgress: (progress) => {
      this.cryptoProgress = progress.loaded < progress.size ? progress : undefined;
      this.#parts.changed();
    },
  };

  async #giveAway(): Promise<void> {
    if (this.#ended || this.notes.has("given-away")) return;
    this.notes.add("given-away");
    await this.stop();
    this.#parts.changed();
  }

  #newActor(from: { snapshot: Snapshot<unknown> } | { step: string }): Actor<StepMachine> {
    const actor = this.#engine.createActor(
      this.#machine,
      "snapshot" in from ? { snapshot: from.snapshot, input: {} } : { input: from },
    );
    actor.on("*", (intent) => {
      this.#do(intent).catch((error: unknown) => console.error(error));
    });
    actor.subscribe(() => {
      if (this.#hold && !this.#ended)
        this.#parts.places.keepSnapshot(this.tutorial.id, actor.getPersistedSnapshot());
      this.#changed();
    });
    return actor;
  }

  #changed(): void {
    if (!this.busy) {
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
      const wish = this.#wish;
      this.#wish = undefined;
      if (wish) queueMicrotask(() => this.learner(wish));
    }
    this.#parts.changed();
  }

  #tell(event: StepMachineEvent): void {
    if (!this.#ended) this.#actor?.send(event);
  }

  async #do(intent: StepIntent): Promise<void> {
    switch (intent.type) {
      case "world.open":
        return this.#open();
      case "play.start":
        return this.#start(intent);
      case "play.stop":
        return this.#play?.abort();
      case "checkpoint.take":
        return this.#take(intent.step);
      case "checkpoint.restore":
        return this.#restore(intent.step);
      case "goals.watch":
        return this.#watch(intent);
      case "step.entered":
        this.world?.clock.setSpeed(this.tutorial.steps[intent.index]!.speed);
        if (this.#hold) this.#parts.places.begun(this.tutorial, intent.step);
        return this.#parts.entered(intent.step);
      case "step.marked":
        return this.#parts.places.marked(this.tutorial, intent.step, intent.as);
      case "tutorial.finished":
        this.#parts.places.finished(this.tutorial);
        return this.#parts.finished();
      case "act":
        await this.world?.act(intent.action);
    }
  }

  async #open(): Promise<void> {
    this.#endWatch?.();
    const before = this.world;
    this.world = undefined;
    try {
      await before?.stop();
      const world = await this.#parts.worlds.fresh({
        lasting: this.#hold !== undefined,
        ...this.#worldHeard,
      });
      if (this.#ended) return void world.stop();
      this.world = world;
      this.#tell({ type: "world.opened", sequence: world.log.length });
    } catch (error) {
      console.error(error);
      this.#tell({ type: "world.failed" });
    }
  }

  async #take(step: string): Promise<void> {
    const { world } = this;
    if (!world) return;
    try {
      await world.checkpoint(step);
      this.#tell({ type: "checkpoint.taken", sequence: world.log.length });
    } catch (error) {
      console.error(error);
      this.#tell({ type: "checkpoint.failed", sequence: world.log.length });
    }
  }

  async #restore(step: string): Promise<void> {
    const { world } = this;
    this.#endWatch?.();
    try {
      const checkpoint = await world?.kept(step);
      if (!checkpoint || !world) return this.#tell({ type: "checkpoint.missing" });
      await world.restore(checkpoint);
      this.#tell({ type: "checkpoint.restored", sequence: world.log.length });
    } catch (error) {
      console.error(error);
      this.#tell({ type: "checkpoint.missing" });
    }
  }

  async #start({ play, plays, manner }: Extract<StepIntent, { type: "play.start" }>): Promise<void> {
    const { world } = this;
    this.#play?.abort();
    const stop = new AbortController();
    this.#play = stop;
    if (!world) return this.#tell({ type: "play.failed", play });
    const shown = async (action: Action): Promise<ActionResult> => {
      const done = await this.#parts.demonstrate(action, stop.signal);
      if (done) return done;
      return stop.signal.aborted
        ? { ok: false, refusal: { code: "act/stopped", facts: {} } }
        : world.act(action);
    };
    const { since, goals } = this.context;
    const speed = world.clock.reading().speed;
    if (manner === "at-once") {
      world.clock.resume();
      world.clock.setSpeed(fullSpeed);
    }
    const outcome = await this.#engine.playParts({
      world,
      tutorial: this.tutorial,
      prose: this.prose,
      plays,
      standing: { step: this.tutorial.steps[this.context.step]!.id, since, goals },
      signal: stop.signal,
      ...(manner === "shown" && { perform: shown }),
    });
    if (manner === "at-once") world.clock.setSpeed(speed);
    if (!outcome.ended && outcome.why !== "aborted") console.warn("A solution did not play", outcome);
    this.#tell({ type: outcome.ended ? "play.ended" : "play.failed", play });
  }

  #watch({ step, since, goals }: Extract<StepIntent, { type: "goals.watch" }>): void {
    this.#endWatch?.();
    const found = this.tutorial.steps.find(({ id }) => id === step);
    if (!this.world || !found) return;
    this.#endWatch = this.#engine.watchGoals({
      world: this.world,
      step: found,
      since,
      goals,
      changed: (status) => this.#tell({ type: "goals.changed", step, goals: status }),
    });
    this.world.releaseScripts();
  }
}
