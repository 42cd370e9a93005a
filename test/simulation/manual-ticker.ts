import type { Ticker } from "../../src/simulation/ticker.ts";

/** Real time that passes only when told to. */
export class ManualTicker implements Ticker {
  #now = 1_000_000;
  #waiting = new Set<{ at: number; run: () => void }>();
  #channel = new MessageChannel();
  #turns: (() => void)[] = [];

  #isBusy: () => boolean;

  /** @param isBusy is work under way that takes real time? It is waited for whenever time passes */
  constructor(isBusy = () => false) {
    this.#isBusy = isBusy;
    this.#channel.port1.onmessage = () => this.#turns.shift()?.();
  }

  now(): number {
    return this.#now;
  }

  wake(delay: number, run: () => void): () => void {
    const waiting = { at: this.#now + delay, run };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#turns.push(resolve);
      this.#channel.port2.postMessage(null);
    });
  }

  /** Lets real time pass, as a browser would: in order, and with time for what is woken to do its work. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#waiting].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.rest();
    }
    this.#now = end;
    await this.rest();
  }

  /** Real time passes and nobody is woken: the machine slept. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Enough turns for what was woken to come to rest. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < 12; quiet = this.#isBusy() ? 0 : quiet + 1) await this.turn();
  }
}
