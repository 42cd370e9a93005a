import type { ClockReading, WorldClock } from "../world.ts";

const slowest = 0.1;
const fastest = 10;

/** The clock of a recording: it runs from its beginning to its end, and tells at each turn how far it is. */
export class RecordedClock implements WorldClock {
  readonly #end: number;
  readonly #reached: (at: number) => void;
  readonly #nextStory: (after: number) => number | undefined;
  readonly #heard = new Set<(reading: ClockReading) => void>();
  #reading: ClockReading;
  #frame = 0;

  /**
   * @param reached called with the world time that the recording has come to
   * @param nextStory the world time of the next thing that a learner follows
   */
  constructor(
    { begin, end }: { begin: number; end: number },
    reached: (at: number) => void,
    nextStory: (after: number) => number | undefined,
  ) {
    this.#end = end;
    this.#reached = reached;
    this.#nextStory = nextStory;
    this.#reading = { running: false, speed: 1, worldAt: begin, realAt: performance.now() };
  }

  reading(): ClockReading {
    return this.#reading;
  }

  now(): number {
    const { running, speed, worldAt, realAt } = this.#reading;
    return Math.min(this.#end, running ? worldAt + (performance.now() - realAt) * speed : worldAt);
  }

  /** Nothing more comes. */
  get isOver(): boolean {
    return this.now() >= this.#end;
  }

  pause(): void {
    this.#set({ running: false });
  }

  resume(): void {
    if (this.now() < this.#end) this.#set({ running: true });
  }

  setSpeed(speed: number): void {
    this.#set({ speed: Math.min(fastest, Math.max(slowest, speed)) });
  }

  async step(): Promise<void> {
    this.leap(this.#nextStory(this.now()) ?? this.#end);
  }

  /** Goes on to a later moment, and stands still there. */
  leap(to: number): void {
    this.#reading = { ...this.#reading, worldAt: Math.min(this.#end, Math.max(to, this.now())) };
    this.#set({ running: false }, this.#reading.worldAt);
  }

  subscribe(changed: (reading: ClockReading) => void): () => void {
    this.#heard.add(changed);
    return () => this.#heard.delete(changed);
  }

  #set(change: Partial<ClockReading>, worldAt = this.now()): void {
    this.#reached(worldAt);
    this.#reading = { ...this.#reading, ...change, worldAt, realAt: performance.now() };
    cancelAnimationFrame(this.#frame);
    if (this.#reading.running) this.#frame = requestAnimationFrame(this.#turn);
    for (const changed of [...this.#heard]) changed(this.#reading);
  }

  #turn = (): void => {
    const now = this.now();
    this.#reached(now);
    if (now >= this.#end) this.#set({ running: false });
    else this.#frame = requestAnimationFrame(this.#turn);
  };
}
