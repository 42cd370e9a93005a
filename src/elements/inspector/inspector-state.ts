import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { HttpRequest, HttpResponse } from "../../simulation/http.ts";
import type { ExchangeId, HostName } from "../../simulation/log.ts";
import type { Lookup, Pages } from "../log/log-pages.ts";

/** A request with its response, as far as it has come. World times in milliseconds since 1970. */
export type InspectedExchange = {
  id: ExchangeId;
  from: HostName;
  to: HostName;
  request: HttpRequest;
  story: boolean;
  /** When the request left, arrived and was answered, and when the answer arrived. */
  left: number;
  arrived?: number;
  answered?: number;
  done?: number;
  response?: HttpResponse;
  failed?: { reason: string; at: number };
  /** Why the server refused it, as it says itself. */
  refusal?: Refusal;
};

/** What one homeserver did with an event. */
export type EventCopy = {
  host: HostName;
  verdict: "stored" | "rejected" | "soft-failed";
  refusal?: Refusal;
  at: number;
};

export type InspectedEvent = {
  id: string;
  room: string;
  roomVersion?: string;
  /** As the first server that has it stores it. */
  pdu: JsonObject;
  copies: readonly EventCopy[];
};

export type InspectedHost = {
  name: HostName;
  role: "homeserver" | "device";
  symbol?: string;
  person?: string;
  home?: HostName;
  running: boolean;
  gone: boolean;
  account?: string;
  displayName?: string;
};

/** An event that a server threw away: its form or its signature is wrong. */
export type InspectedDropped = {
  host: HostName;
  origin: HostName;
  refusal: Refusal;
  pdu: Json;
  /** The request or answer that brought it, where that is still known. */
  exchange?: ExchangeId;
};

/** What can be looked at. Bounded: the oldest is forgotten first. */
export type InspectorState = {
  /** By id, as text. */
  exchanges: Lookup<InspectedExchange>;
  /** Ids in the order in which the requests left. */
  exchangeOrder: Pages<ExchangeId>;
  events: Lookup<InspectedEvent>;
  /** Ids in the order in which the events were first stored. */
  eventOrder: Pages<string>;
  hosts: ReadonlyMap<HostName, InspectedHost>;
  /** What servers threw away, oldest first. */
  dropped: readonly InspectedDropped[];
};

/** What stands open in the inspector. */
export type InspectorSubject = { exchange: ExchangeId } | { event: string } | { host: HostName };

export function exchangeOf(state: InspectorState, id: ExchangeId): InspectedExchange | undefined {
  return state.exchanges.get(String(id));
}

/** Exchanges from the newest back. */
export function* newestExchanges(state: InspectorState): Generator<InspectedExchange> {
  for (const id of state.exchangeOrder.items(true)) {
    const exchange = exchangeOf(state, id);
    if (exchange) yield exchange;
  }
}
