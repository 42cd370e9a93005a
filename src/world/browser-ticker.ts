import type { Ticker } from "../simulation/ticker.ts";

/** Real time from the platform: of a page, a worker, or Node. */
export function browserTicker(): Ticker {
  const turn = turns();
  return {
    now: () => performance.timeOrigin + performance.now(),
    wake(delay, run) {
      const timer = setTimeout(run, Math.max(0, delay));
      return () => clearTimeout(timer);
    },
    turn: () => new Promise(turn),
  };
}

/** Runs something in a later turn of the event loop, without the 4 ms that nested timers cost in browsers. */
function turns(): (run: () => void) => void {
  if (typeof setImmediate === "function") return (run) => void setImmediate(run);
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
}
