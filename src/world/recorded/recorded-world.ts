import type { Happening } from "../../simulation/log.ts";
import { isStory } from "../../simulation/traffic.ts";
import type { ActionResult } from "../action.ts";
import { type Observation, observationFold } from "../observation.ts";
import type { Scenario } from "../scenario.ts";
import type { Bindings, Checkpoint, World } from "../world.ts";
import { WorldLog } from "../world-log.ts";
import { RecordedClock } from "./recorded-clock.ts";

/** What happened, and when, in world time. */
export type Recorded = { happening: Happening; at: number };

/** A world that was played before: its log grows as its clock runs, and nobody can act in it. */
export class RecordedWorld implements World {
  readonly kind = "simulated";
  readonly scenario: Scenario;
  readonly log: WorldLog;
  readonly clock: RecordedClock;
  readonly #recorded: readonly Recorded[];
  #played = 0;

  constructor(scenario: Scenario, recorded: readonly Recorded[]) {
    this.scenario = scenario;
    this.#recorded = recorded;
    this.log = new WorldLog([], 0, Number.POSITIVE_INFINITY);
    const begin = recorded[0]?.at ?? 0;
    this.clock = new RecordedClock(
      { begin, end: recorded.at(-1)?.at ?? begin },
      (at) => this.#playTo(at),
      (after) => recorded.find(({ happening, at }) => at > after && isFollowed(happening))?.at,
    );
    this.#playTo(begin);
  }

  #playTo(time: number): void {
    for (
      let next = this.#recorded[this.#played];
      next && next.at <= time;
      next = this.#recorded[this.#played]
    ) {
      this.log.append(next.happening, next.at);
      this.#played++;
    }
  }

  observation(): Observation {
    return this.log.fold(observationFold);
  }

  bindings(): Bindings {
    const people = this.scenario.people.map(({ id, name, at, account }) => [
      id,
      { name, server: at, ...(account !== undefined && { user: `@${account}:${at}` }) },
    ]);
    return { rooms: {}, people: Object.fromEntries(people) };
  }

  /** A recording knows its rooms by their ids alone. */
  bindRoom(): void {}

  async act(): Promise<ActionResult> {
    return { ok: false, refusal: { code: "act/recorded", facts: {} } };
  }

  holdScripts(): void {}

  releaseScripts(): void {}

  async media(): Promise<undefined> {
    return undefined;
  }

  checkpoint(): Promise<Checkpoint> {
    return Promise.reject(new Error("A recording keeps no checkpoints"));
  }

  restore(): Promise<void> {
    return Promise.reject(new Error("A recording keeps no checkpoints"));
  }

  async stop(): Promise<void> {
    this.clock.pause();
  }
}

function isFollowed(happening: Happening): boolean {
  return happening.type === "exchange-out" && isStory(happening.request.method, happening.request.url);
}
