import type { Refusal } from "../protocol/refusal.ts";
import type { Clock } from "./ports.ts";
import type { Rate, RateLimits as Rates } from "./settings.ts";

type Bucket = { left: number; at: number };

/** Lets each asker do so much at once, and so much a second after that. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #rates: Rates;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rates: Rates, clock: Clock) {
    this.#rates = rates;
    this.#clock = clock;
  }

  /** Takes one act off what is left to the asker, or says when to come again. */
  take(kind: keyof Rates, asker: string): Refusal | undefined {
    const rate = this.#rates[kind];
    if (!rate) return undefined;
    const now = this.#clock.now();
    const key = `${kind} ${asker}`;
    const left = leftNow(rate, this.#buckets.get(key), now);
    if (left < 1) {
      const wait = Math.ceil(((1 - left) / rate.perSecond) * 1000);
      return { code: "request/rate-limited", facts: { retry_after_ms: wait } };
    }
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left - 1, at: now });
    // Those that are full again need not be remembered; the oldest stand first.
    for (const [oldest, bucket] of this.#buckets) {
      if (leftNow(rateOf(this.#rates, oldest), bucket, now) < rateOf(this.#rates, oldest).burst) break;
      this.#buckets.delete(oldest);
    }
    return undefined;
  }
}

function rateOf(rates: Rates, key: string): Rate {
  return rates[key.slice(0, key.indexOf(" ")) as keyof Rates]!;
}

function leftNow(rate: Rate, bucket: Bucket | undefined, now: number): number {
  if (!bucket) return rate.burst;
  return Math.min(rate.burst, bucket.left + ((now - bucket.at) / 1000) * rate.perSecond);
}
