import type { SimulationCaller } from "../simulation/simulation-caller.ts";
import type { ClockState } from "../simulation/world-clock.ts";
import type { ClockReading, WorldClock } from "./world.ts";

/** The page's hands on the clock of a simulation, and its face. */
export class SimulatedClock implements WorldClock {
  #caller: () => SimulationCaller;
  #state: ClockState;
  #heard = new Set<(reading: ClockReading) => void>();

  constructor(caller: () => SimulationCaller, at: number) {
    this.#caller = caller;
    this.#state = {
      running: false,
      speed: 1,
      worldAt: at,
      realAt: performance.timeOrigin + performance.now(),
    };
  }

  reading(): ClockReading {
    const { running, speed, worldAt, realAt } = this.#state;
    return { running, speed, worldAt, realAt: realAt - performance.timeOrigin };
  }

  now(): number {
    const { running, speed, worldAt, realAt } = this.reading();
    if (!running) return worldAt;
    return Math.max(worldAt, worldAt + (performance.now() - realAt) * speed);
  }

  pause(): void {
    void this.#caller().pause();
  }

  resume(): void {
    void this.#caller().resume();
  }

  step(): Promise<void> {
    return this.#caller().step();
  }

  setSpeed(speed: number): void {
    void this.#caller().setSpeed(speed);
  }

  subscribe(changed: (reading: ClockReading) => void): () => void {
    this.#heard.add(changed);
    return () => this.#heard.delete(changed);
  }

  /** The simulation says how its clock runs now. */
  take(state: ClockState): void {
    this.#state = state;
    const reading = this.reading();
    for (const changed of [...this.#heard]) changed(reading);
  }
}
