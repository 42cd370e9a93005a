import type { ClientFact } from "../client/client-fact.ts";
import type { ExchangeId, Happening } from "../simulation/log.ts";
import type { Log } from "./world.ts";

/** The ends of exchanges that were under way when their world was stopped: nobody answers them any more. */
export function failuresOfWhatIsUnderWay(log: Log): Happening[] {
  const open = new Set<ExchangeId>();
  for (const entry of log.entries()) {
    if (entry.type === "exchange-out") open.add(entry.exchange);
    else if (entry.type === "exchange-done" || entry.type === "exchange-failed") open.delete(entry.exchange);
  }
  return [...open].map((exchange) => ({ type: "exchange-failed", exchange, reason: "aborted" }));
}

/** What a device's client has told, in order. */
export function* factsOf(log: Log, host: string): Iterable<ClientFact> {
  for (const entry of log.entries()) {
    if (entry.type === "client-fact" && entry.host === host) yield entry.fact as unknown as ClientFact;
  }
}
