import type { Activity } from "./activity.ts";
import type { Ticker } from "./ticker.ts";
import { type Due, TimeQueue } from "./time-queue.ts";

/**
 * How a clock runs. While it does, world time = `worldAt + (real time - realAt) × speed`; both real times in
 * milliseconds since 1970.
 */
export type ClockState = { running: boolean; speed: number; worldAt: number; realAt: number };

/** The slowest and fastest that a world runs, world time per real time. */
export const slowest = 0.1;
export const fastest = 10;

/** The longest stretch of real time that counts: a closed laptop does not make the world leap. */
const longestGap = 250;
/** How often a running clock looks at the time though nothing is due: below `longestGap`. */
const heartbeat = 200;
/** Milliseconds that are none. */
const hair = 1e-3;

/**
 * The time of a world. What is scheduled runs in order, one at a time, each after all work that the one before
 * it began has ended: the same schedule gives the same run, however fast the machine is.
 */
export class WorldClock {
  #queue = new TimeQueue();
  /** Waits in real time; each closes only while the clock runs. */
  #askers = new TimeQueue();
  #now: number;
  #running = false;
  #speed: number;
  #worldAt: number;
  #realAt: number;
  #lookedAt: number;
  #holds = 0;
  #pumping = false;
  #ended = false;
  #stepping: (() => void) | undefined;
  #cancelWake: (() => void) | undefined;
  #ticker: Ticker;
  #activity: Activity;
  #changed: (state: ClockState) => void;

  constructor(
    start: { at: number; speed: number },
    ticker: Ticker,
    activity: Activity,
    changed: (state: ClockState) => void,
  ) {
    this.#now = this.#worldAt = start.at;
    this.#speed = clampSpeed(start.speed);
    this.#ticker = ticker;
    this.#activity = activity;
    this.#changed = changed;
    this.#realAt = this.#lookedAt = ticker.now();
  }

  /** World time, milliseconds since 1970, whole ones. */
  now(): number {
    return Math.floor(this.#now);
  }

  state(): ClockState {
    return { running: this.#running, speed: this.#speed, worldAt: this.#worldAt, realAt: this.#realAt };
  }

  /** Runs once, `delay` milliseconds of world time from now (or of real time, at the pace `asker`). */
  schedule(delay: number, run: () => void, pace: "world" | "asker" = "world"): () => void {
    const wait = Number.isFinite(delay) ? Math.max(0, delay) : 0;
    const due: Due =
      pace === "asker"
        ? this.#askers.add(this.#ticker.now() + wait, run)
        : this.#queue.add(this.#now + wait, run);
    this.#arm();
    return () => {
      due.cancelled = true;
    };
  }

  /** Brings world time up to now, as far as nothing is due before. To be called when something comes from outside. */
  catchUp(): void {
    if (!this.#active() || this.#pumping) return;
    this.#look();
    this.#advanceTo(Math.min(this.#target(), this.#queue.peek()?.at ?? Number.POSITIVE_INFINITY));
  }

  resume(): void {
    if (this.#running || this.#ended) return;
    this.#running = true;
    this.#anchor();
    this.#arm();
  }

  pause(): void {
    if (this.#running) {
      this.catchUp();
      this.#running = false;
      this.#anchor();
    }
    this.#endStep();
  }

  setSpeed(speed: number): void {
    this.catchUp();
    this.#speed = clampSpeed(speed);
    this.#anchor();
    this.#arm();
  }

  /** Runs until `storyMoment` is called, then pauses. Resolves then, or when the clock is paused otherwise. */
  step(): Promise<void> {
    this.#endStep();
    return new Promise((resolve) => {
      this.#stepping = resolve;
      this.resume();
    });
  }

  /** Something that a learner follows left or arrived just now: a step ends here. */
  storyMoment(): void {
    if (!this.#stepping) return;
    this.#running = false;
    this.#anchor();
    this.#endStep();
  }

  /** Nothing runs until what is returned is called, whatever the learner does with the clock meanwhile. */
  async hold(): Promise<() => void> {
    this.catchUp();
    this.#holds++;
    await this.settled();
    return () => {
      this.#holds--;
      this.#anchor();
      this.#arm();
    };
  }

  /** Resolves when all work that is under way, and all that it leads to at this moment, has ended. */
  async settled(): Promise<void> {
    for (;;) {
      await this.#activity.idle();
      const { begun } = this.#activity;
      await this.#ticker.turn();
      if (this.#activity.underWay === 0 && this.#activity.begun === begun) return;
    }
  }

  /** Nothing runs any more. */
  end(): void {
    this.pause();
    this.#ended = true;
    this.#queue.clear();
    this.#askers.clear();
    this.#cancelWake?.();
  }

  #target(): number {
    return this.#worldAt + (this.#ticker.now() - this.#realAt) * this.#speed;
  }

  #advanceTo(time: number): void {
    if (time > this.#now) this.#now = time;
  }

  #anchor(): void {
    this.#worldAt = this.#now;
    this.#realAt = this.#lookedAt = this.#ticker.now();
    this.#changed(this.state());
  }

  #endStep(): void {
    const resolve = this.#stepping;
    this.#stepping = undefined;
    resolve?.();
  }

  /** Real time that passed unseen beyond the longest gap is cut out. */
  #look(): void {
    const real = this.#ticker.now();
    const gap = real - this.#lookedAt;
    this.#lookedAt = real;
    if (gap <= longestGap) return;
    this.#realAt += gap - longestGap;
    this.#changed(this.state());
  }

  #arm(): void {
    if (this.#pumping || !this.#active()) return;
    this.#cancelWake?.();
    const world = this.#queue.peek();
    const asker = this.#askers.peek();
    const waits = [heartbeat];
    if (world) waits.push((world.at - this.#target()) / this.#speed);
    if (asker) waits.push(asker.at - this.#ticker.now());
    if (this.#nextDue(this.#target())) void this.#pump();
    else this.#cancelWake = this.#ticker.wake(Math.max(hair, Math.min(...waits)), () => void this.#pump());
  }

  #active(): boolean {
    return this.#running && this.#holds === 0 && !this.#ended;
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#cancelWake?.();
    try {
      while (this.#active()) {
        this.#look();
        const target = this.#target();
        const due = this.#nextDue(target);
        if (!due) {
          this.#advanceTo(target);
          break;
        }
        await this.settled();
        // Meanwhile it may have been cancelled, or the clock paused, or something come before it.
        if (!this.#active() || this.#nextDue(target) !== due) continue;
        const [queue, at] = due === this.#queue.peek() ? [this.#queue, due.at] : [this.#askers, target];
        queue.take();
        this.#advanceTo(at);
        due.run();
      }
    } finally {
      this.#pumping = false;
    }
    this.#arm();
  }

  #nextDue(target: number): Due | undefined {
    const world = this.#queue.peek();
    // Rounding may leave the target a hair before what the clock was woken for.
    if (world && world.at <= target + hair) return world;
    const asker = this.#askers.peek();
    return asker && asker.at <= this.#ticker.now() ? asker : undefined;
  }
}

function clampSpeed(speed: number): number {
  return Math.min(fastest, Math.max(slowest, Number.isFinite(speed) ? speed : 1));
}
