import type { Ticker } from "../ticker.ts";

/**
 * Time that leaps to whatever is due next: a run takes as long as its work, not as long as its waits. What the clock of
 * a simulation is woken for still waits until all work under way has ended.
 */
export class LeapingTicker implements Ticker {
  readonly #turn: () => Promise<void>;
  readonly #waiting = new Set<{ at: number; run: () => void }>();
  #now = 0;
  #leaping = false;
  #ended = false;

  /** @param real lends its turns of the event loop */
  constructor(real: Pick<Ticker, "turn">) {
    this.#turn = () => real.turn();
  }

  now(): number {
    return this.#now;
  }

  turn(): Promise<void> {
    return this.#turn();
  }

  wake(delay: number, run: () => void): () => void {
    const waiting = { at: this.#now + delay, run };
    this.#waiting.add(waiting);
    if (!this.#leaping) void this.#leap();
    return () => this.#waiting.delete(waiting);
  }

  /** Nothing is woken any more. */
  end(): void {
    this.#ended = true;
    this.#waiting.clear();
  }

  async #leap(): Promise<void> {
    this.#leaping = true;
    while (!this.#ended) {
      await this.#turn();
      const [first, ...others] = this.#waiting;
      if (!first) break;
      const next = others.reduce((earliest, each) => (each.at < earliest.at ? each : earliest), first);
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#leaping = false;
  }
}
