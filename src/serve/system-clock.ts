import type { Clock } from "../homeserver/ports.ts";

/** Longer delays overflow Node's timers, which would then run at once. */
const longestDelay = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delay, run) {
    const timer = setTimeout(run, Math.min(delay, longestDelay));
    return () => clearTimeout(timer);
  },
};
