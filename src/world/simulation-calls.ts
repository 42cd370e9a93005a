import type { HttpRequest } from "../simulation/http.ts";
import type { Outcome } from "../simulation/network.ts";
import type { SimulationCaller } from "../simulation/simulation-caller.ts";

/** What a page asks of its simulation and may give up: each request and each wait has a number by which it can. */
export class SimulationCalls {
  #caller: () => SimulationCaller;
  #count = 0;

  constructor(caller: () => SimulationCaller) {
    this.#caller = caller;
  }

  /** Sends a request from this host. Resolves to what came of it; soon after `stopped` is aborted, to just that. */
  async request(host: string, request: HttpRequest, stopped?: AbortSignal): Promise<Outcome> {
    const call = this.#count++;
    const abort = (): void => void this.#caller().abort(call);
    stopped?.addEventListener("abort", abort, { once: true });
    try {
      return await this.#caller().request(call, host, request);
    } finally {
      stopped?.removeEventListener("abort", abort);
    }
  }

  /**
   * Resolves after so many milliseconds of the world's time, or when it is `ended`; to false if the world was stopped
   * meanwhile.
   */
  wait(delay: number, ended?: AbortSignal): Promise<boolean> {
    const call = this.#count++;
    ended?.addEventListener("abort", () => void this.#caller().cancelWait(call), { once: true });
    return this.#caller().wait(call, delay);
  }
}
