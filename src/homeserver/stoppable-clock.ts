import type { Clock } from "./ports.ts";

/** A clock whose timers all end when the server does. */
export class StoppableClock implements Clock {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  schedule(delay: number, run: () => void, pace?: "world" | "asker"): () => void {
    if (this.#stopped) return () => undefined;
    const cancelTimer = this.#clock.schedule(
      delay,
      () => {
        this.#cancels.delete(cancel);
        run();
      },
      pace,
    );
    const cancel = () => {
      this.#cancels.delete(cancel);
      cancelTimer();
    };
    this.#cancels.add(cancel);
    return cancel;
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of [...this.#cancels]) cancel();
  }
}
