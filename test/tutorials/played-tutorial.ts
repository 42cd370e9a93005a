import { type Actor, createActor, type Snapshot } from "xstate";
import { watchGoals } from "../../src/tutorial/goals-watch.ts";
import { playParts } from "../../src/tutorial/play-parts.ts";
import type { StepIntent, StepMachineEvent } from "../../src/tutorial/step-events.ts";
import { createStepMachine, type StepMachine } from "../../src/tutorial/step-machine.ts";
import type { Prose, Step, Tutorial } from "../../src/tutorial/tutorial.ts";
import type { Action } from "../../src/world/action.ts";
import { openWorld } from "../../src/world/open-world.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import type { Checkpoint } from "../../src/world/world.ts";
import { keepWorldTraffic } from "../traffic.ts";

/** Faster than anybody could follow: what is waited for is people's scripts. */
export const fullSpeed = 100;

export type PlayedOptions = {
  tutorial: Tutorial;
  prose: Prose;
  storage?: "indexeddb" | "memory";
  /** What a solution's action becomes when it is played. */
  instead?: (action: Action) => Action;
};

/** The same tutorial on a network without latency. */
export function withoutLatency(tutorial: Tutorial): Tutorial {
  return { ...tutorial, scenario: { ...tutorial.scenario, latency: { device: 0, server: 0 } } };
}

export async function openFor(
  { tutorial, prose, storage = "memory" }: PlayedOptions,
  checkpoint?: Checkpoint,
) {
  const { world } = await openWorld({
    tutorialId: tutorial.id,
    scenario: tutorial.scenario,
    say: prose.say,
    storage,
    ...(checkpoint && { checkpoint }),
  });
  world.clock.setSpeed(fullSpeed);
  return world;
}

/** A tutorial with its machine and its world, as a page has them, without a page. */
export class PlayedTutorial {
  world!: SimulatedWorld;
  readonly intents: StepIntent[] = [];
  readonly #options: PlayedOptions;
  readonly #actor: Actor<StepMachine>;
  readonly #checkpoints = new Map<string, Checkpoint>();
  #endWatch = () => {};
  #play = new AbortController();

  constructor(
    options: PlayedOptions,
    start: { step?: string } | { snapshot: Snapshot<unknown>; world: SimulatedWorld } = {},
  ) {
    this.#options = options;
    const machine = createStepMachine(options.tutorial);
    const isReopened = "snapshot" in start;
    if (isReopened) this.world = start.world;
    this.#actor = createActor(
      machine,
      isReopened ? { snapshot: start.snapshot, input: {} } : { input: start },
    );
    this.#actor.on("*", (intent) => {
      this.intents.push(intent);
      void this.#follow(intent);
    });
    this.#actor.start();
    if (isReopened) this.send({ type: "page.reopened" });
  }

  get state() {
    return this.#actor.getSnapshot();
  }

  get step(): Step {
    return this.#options.tutorial.steps[this.state.context.step]!;
  }

  send(event: StepMachineEvent): void {
    this.#actor.send(event);
  }

  saved(): Snapshot<unknown> {
    return JSON.parse(JSON.stringify(this.#actor.getPersistedSnapshot())) as Snapshot<unknown>;
  }

  /** Resolves when the machine is in one of these states, and rejects if it gets stuck or in trouble before. */
  until(...wanted: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const { value, context } = this.state;
        if (wanted.includes(String(value))) done(resolve);
        else if (value === "stuck" || context.trouble) {
          const { step, goals } = context;
          const trouble = `${this.#options.tutorial.id}: ${value} in ${this.step.id} (${step}), ${JSON.stringify(goals)}`;
          done(() => reject(new Error(trouble)));
        }
      };
      const { unsubscribe } = this.#actor.subscribe(look);
      const done = (then: () => void) => {
        unsubscribe();
        then();
      };
      look();
    });
  }

  async close(): Promise<void> {
    this.#play.abort();
    this.#endWatch();
    this.#actor.stop();
    if (this.world) keepWorldTraffic(this.world.log.entries());
    await this.world?.stop();
  }

  async #follow(intent: StepIntent): Promise<void> {
    const { tutorial, prose, instead } = this.#options;
    switch (intent.type) {
      case "world.open":
        await this.world?.stop();
        this.world = await openFor(this.#options);
        this.send({ type: "world.opened", sequence: this.world.log.length });
        break;
      case "play.start": {
        this.#play = new AbortController();
        const { since, goals } = this.state.context;
        const outcome = await playParts({
          world: this.world,
          tutorial,
          prose,
          plays: intent.plays,
          signal: this.#play.signal,
          patience: 60_000,
          standing: { step: this.step.id, since, goals },
          perform: (action) => this.world.act(instead ? instead(action) : action),
        });
        this.send({ type: outcome.ended ? "play.ended" : "play.failed", play: intent.play });
        break;
      }
      case "play.stop":
        this.#play.abort();
        break;
      case "checkpoint.take":
        this.#checkpoints.set(intent.step, await this.world.checkpoint(intent.step));
        this.send({ type: "checkpoint.taken", sequence: this.world.log.length });
        break;
      case "checkpoint.restore": {
        const checkpoint = this.#checkpoints.get(intent.step);
        if (!checkpoint) return this.send({ type: "checkpoint.missing" });
        await this.world.restore(checkpoint);
        this.send({ type: "checkpoint.restored", sequence: this.world.log.length });
        break;
      }
      case "goals.watch":
        this.#watch(intent);
        break;
      case "act":
        await this.world.act(intent.action);
    }
  }

  #watch({ step, since, goals }: Extract<StepIntent, { type: "goals.watch" }>): void {
    this.#endWatch();
    const watched = this.#options.tutorial.steps.find(({ id }) => id === step)!;
    this.#endWatch = watchGoals({
      world: this.world,
      step: watched,
      since,
      goals,
      changed: (now) => this.send({ type: "goals.changed", step, goals: now }),
    });
    this.world.releaseScripts();
  }
}
