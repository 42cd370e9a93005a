import type { HttpRequest } from "../simulation/http.ts";
import type { FailureReason, Outcome } from "../simulation/network.ts";
import { liveResponse } from "../simulation/plain-http.ts";

/** Carries a client's request to a host, simulated or real. */
export type ClientTransport = (request: HttpRequest, stopped: AbortSignal) => Promise<Outcome>;

/** A request ended without a response. matrix-js-sdk keeps the message and drops the rest. */
export class NetworkFailure extends TypeError {
  readonly reason: FailureReason;

  constructor(reason: FailureReason) {
    super(`no response (${reason})`);
    this.reason = reason;
  }
}

/** Why there was no response, if that is what an error of matrix-js-sdk says. */
export function failureReason(error: unknown): FailureReason | undefined {
  const [, reason] = /no response \(([\w-]+)\)/.exec(error instanceof Error ? error.message : "") ?? [];
  return reason as FailureReason | undefined;
}

async function plainBody(body: BodyInit | null | undefined): Promise<string | Uint8Array | undefined> {
  if (body === null || body === undefined || body === "") return undefined;
  if (typeof body === "string") return body;
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/**
 * A client's `fetch`. The SDK's abort signal is not listened to: its time-outs count real time, while the world
 * may be paused. `stopped` is aborted when the client itself was stopped.
 */
export function clientFetch(transport: ClientTransport, stopped: AbortSignal): typeof fetch {
  return async (input, init = {}) => {
    if (stopped.aborted) throw new DOMException("The client was stopped", "AbortError");
    const body = await plainBody(init.body);
    const headers = [...new Headers(init.headers)].map(([name, value]): [string, string] => [name, value]);
    const request: HttpRequest = {
      method: init.method ?? "GET",
      url: input instanceof Request ? input.url : String(input),
      headers,
      ...(body !== undefined && { body }),
    };
    const outcome = await transport(request, stopped);
    if (stopped.aborted) throw new DOMException("The client was stopped", "AbortError");
    if ("failed" in outcome) throw new NetworkFailure(outcome.failed);
    return liveResponse(outcome.response);
  };
}
