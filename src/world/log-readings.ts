import type { ClientFact } from "../client/client-fact.ts";
import type { ExchangeId, Happening, HostName } from "../simulation/log.ts";
import type { CheckpointData } from "./checkpoint.ts";
import { observationFold } from "./observation.ts";
import type { Log } from "./world.ts";

/** Exchanges that have not ended. */
function underWay(log: Log, isMeant: (from: HostName, to: HostName) => boolean = () => true): ExchangeId[] {
  const open = new Set<ExchangeId>();
  for (const entry of log.entries()) {
    if (entry.type === "exchange-out" && isMeant(entry.from, entry.to)) open.add(entry.exchange);
    else if (entry.type === "exchange-done" || entry.type === "exchange-failed") open.delete(entry.exchange);
  }
  return [...open];
}

/** The ends of exchanges that were under way when their world was stopped: nobody answers them any more. */
export function failuresOfWhatIsUnderWay(log: Log): Happening[] {
  return underWay(log).map((exchange) => ({ type: "exchange-failed", exchange, reason: "aborted" }));
}

/** Do none of these hosts say anything to each other? */
export function areQuiet(log: Log, hosts: readonly HostName[]): boolean {
  return underWay(log, (from, to) => hosts.includes(from) && hosts.includes(to)).length === 0;
}

/** Has the log come by where the checkpoint was taken? It may have gone back since, and on another way. */
export function hasComeBy(log: Log, { length, observation }: CheckpointData): boolean {
  if (length < log.oldest || length > log.length) return false;
  return JSON.stringify(log.fold(observationFold, length)) === JSON.stringify(observation);
}

/** What a device's client has told, in order. */
export function* factsOf(log: Log, host: string): Iterable<ClientFact> {
  for (const entry of log.entries()) {
    if (entry.type === "client-fact" && entry.host === host) yield entry.fact as unknown as ClientFact;
  }
}
