import type { Clock } from "./ports.ts";

/** Wakes the syncs of users for whom there is something new. */
export class Notifier {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<() => void>>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wake(userIds: Iterable<string>): void {
    for (const userId of userIds) {
      const waiting = this.#waiting.get(userId);
      if (!waiting) continue;
      this.#waiting.delete(userId);
      for (const resume of waiting) resume();
    }
  }

  /**
   * Resolves when the user is woken, after `timeout` milliseconds, when the asker is gone, or when the server
   * stops; `false` if there is no sense in waiting on.
   */
  wait(userId: string, timeout: number, signal: AbortSignal): Promise<boolean> {
    if (this.#stopped || signal.aborted || timeout <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      let waiting = this.#waiting.get(userId);
      if (!waiting) {
        waiting = new Set();
        this.#waiting.set(userId, waiting);
      }
      const set = waiting;
      const end = (woken: boolean) => {
        set.delete(resume);
        if (set.size === 0 && this.#waiting.get(userId) === set) this.#waiting.delete(userId);
        cancel();
        signal.removeEventListener("abort", giveUp);
        resolve(woken);
      };
      const resume = () => end(!this.#stopped);
      const giveUp = () => end(false);
      const cancel = this.#clock.schedule(timeout, giveUp, "asker");
      set.add(resume);
      signal.addEventListener("abort", giveUp);
    });
  }

  /** Ends all waiting, now and later. */
  stop(): void {
    this.#stopped = true;
    this.wake([...this.#waiting.keys()]);
  }
}
