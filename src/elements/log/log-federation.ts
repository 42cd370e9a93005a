import type { HostFact } from "../../homeserver/ports.ts";
import type { ExchangeId, HostName } from "../../simulation/log.ts";
import { carries } from "../inspector/dropped-fold.ts";
import type { LogPart } from "./log-line.ts";
import { type LineFacts, type LogState, tell } from "./log-state.ts";

/** What servers find out about each other, throw away and settle. */
export function withFederation(state: LogState, host: HostName, fact: HostFact, at: number): LogState {
  const parts: Record<string, LogPart> = { host: { host } };
  const facts: LineFacts = { at, kind: "network", hosts: [host], subject: { host } };
  switch (fact.type) {
    case "event-dropped": {
      const brought = requestWith(state, host, fact);
      return tell(
        state,
        {
          key: "log.event-dropped",
          parts: { ...parts, origin: { host: fact.origin }, reason: { refusal: fact.refusal } },
        },
        {
          ...facts,
          kind: "event",
          matters: true,
          ...(brought !== undefined && { subject: { exchange: brought } }),
        },
      );
    }
    case "server-looked-up":
      return tell(
        state,
        { key: "log.looked-up", parts: { ...parts, server: { host: fact.server } } },
        { ...facts, kind: "quiet" },
      );
    case "signing-key": {
      const key: LogPart = { code: fact.keyId };
      const own = fact.server === host;
      // An old key is told of with the new one that took its place.
      if (fact.expired !== undefined) return state;
      return tell(
        state,
        {
          key: own ? "log.own-key" : "log.key",
          parts: { ...parts, key, server: { host: fact.server } },
        },
        { ...facts, kind: own ? "network" : "quiet", matters: own },
      );
    }
    case "state-resolved":
      return tell(
        state,
        { key: "log.resolved", parts: { ...parts, room: { room: fact.room } } },
        { ...facts, kind: "event", matters: true },
      );
    default:
      return state;
  }
}

/** The request under way that brought an event to a server. */
function requestWith(
  { open }: LogState,
  host: HostName,
  { origin, pdu }: Extract<HostFact, { type: "event-dropped" }>,
): ExchangeId | undefined {
  for (const [id, { from, to, request }] of open) {
    if (from === origin && to === host && carries(request.body, pdu)) return id;
  }
  return undefined;
}
