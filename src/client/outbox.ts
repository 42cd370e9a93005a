import { NetworkFailure } from "./client-fetch.ts";

/** The first wait before a message is sent again, and the longest, in milliseconds of real time. */
const firstWait = 2000;
const longestWait = 30_000;

/** Requests that can be sent twice without harm, because their transaction id says that they are the same. */
const repeatable = /\/rooms\/[^/]+\/(?:send\/[^/]+|redact\/[^/]+)\/([^/?]+)$/;

/**
 * Requests by which a device's keys stay in order, and those that a message needs before it can be encrypted. The SDK
 * repeats them by itself, but waits up to 16 s in between, whatever comes of the network meanwhile.
 */
const upkeep =
  /\/keys\/(?:upload|query|claim|signatures\/upload)$|\/sendToDevice\/m\.room\.encrypted\/|\/room_keys\/keys(?:\?|$)/;

/**
 * Keeps what a client sends while its homeserver cannot be reached, and sends it again: the SDK would give it up
 * after the first failure. In order, because the SDK waits for one before it sends the next.
 */
export class Outbox {
  #waiting = new Set<string>();
  #retries = new Map<string, (again: boolean) => void>();
  /** What is on its way to the homeserver, and whether it is to be tried again if it does not get there. */
  #underWay = new Map<string, { again: boolean }>();
  #listeners = new Set<() => void>();
  #changed: () => void;
  #upkept = 0;
  #holdsUpkeep = false;

  /** @param changed is called when messages begin or cease to wait */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Does a message wait for the network? Then so do those behind it. */
  get isHeldUp(): boolean {
    return this.#waiting.size > 0;
  }

  /** Is the message with this transaction id waiting for the network? */
  isWaiting(transaction: string): boolean {
    return this.#waiting.has(transaction);
  }

  /** Resolves when messages wait for the network; never after `done` is aborted. */
  whenHeldUp(done: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.isHeldUp) return resolve();
      this.#listeners.add(resolve);
      done.addEventListener("abort", () => this.#listeners.delete(resolve));
    });
  }

  /** The message is not sent again. One that is on its way may still get there. */
  giveUp(transaction: string): void {
    const underWay = this.#underWay.get(transaction);
    if (underWay) underWay.again = false;
    this.#retries.get(transaction)?.(false);
  }

  /** Nothing that keeps keys in order is sent until `retryNow`: the network carries, but as if it did not. */
  holdUpkeep(): void {
    this.#holdsUpkeep = true;
  }

  /** The network may be back: everything is tried now. */
  retryNow(): void {
    this.#holdsUpkeep = false;
    for (const retry of [...this.#retries.values()]) retry(true);
  }

  /** A fetch that does not give up on messages, nor on keys, until the client is stopped. */
  wrap(send: typeof fetch, stopped: AbortSignal): typeof fetch {
    return async (input, init) => {
      const transaction = this.#nameOf(String(input), init?.method);
      if (transaction === undefined) return send(input, init);
      const underWay = { again: true };
      this.#underWay.set(transaction, underWay);
      try {
        for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
          try {
            if (!this.#holdsUpkeep || !upkeep.test(String(input))) return await send(input, init);
          } catch (error) {
            if (!(error instanceof NetworkFailure)) throw error;
          }
          if (!underWay.again) throw new NetworkFailure("aborted");
          this.#mark(transaction);
          if (!(await this.#pause(transaction, wait, stopped))) throw new NetworkFailure("aborted");
        }
      } finally {
        if (this.#underWay.get(transaction) === underWay) this.#underWay.delete(transaction);
        if (this.#waiting.delete(transaction)) this.#changed();
      }
    };
  }

  /** What it waits under; undefined where it does not. */
  #nameOf(url: string, method = "GET"): string | undefined {
    if (method === "GET") return undefined;
    const [, transaction] = method === "PUT" ? (repeatable.exec(url) ?? []) : [];
    if (transaction !== undefined) return decodeURIComponent(transaction);
    if (!upkeep.test(url)) return undefined;
    this.#upkept += 1;
    // No transaction id looks so.
    return `upkeep ${this.#upkept}`;
  }

  #mark(transaction: string): void {
    if (this.#waiting.has(transaction)) return;
    this.#waiting.add(transaction);
    this.#changed();
    for (const heard of [...this.#listeners]) heard();
  }

  /** Resolves to whether it is to be tried again. */
  #pause(transaction: string, wait: number, stopped: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (again: boolean): void => {
        clearTimeout(timer);
        stopped.removeEventListener("abort", stop);
        this.#retries.delete(transaction);
        resolve(again);
      };
      const stop = (): void => end(false);
      const timer = setTimeout(end, wait, true);
      stopped.addEventListener("abort", stop);
      this.#retries.set(transaction, end);
    });
  }
}
