import type { ClientFact } from "../../client/client-fact.ts";
import type { HostFact } from "../../homeserver/ports.ts";
import type { ExchangeId, Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { isStory, isStoryAnswer } from "../../simulation/traffic.ts";
import { Lookup, Pages } from "../log/log-pages.ts";
import { withDropped } from "./dropped-fold.ts";
import { pathOf } from "./inspector-endpoint.ts";
import {
  type EventCopy,
  exchangeOf,
  type InspectedEvent,
  type InspectedExchange,
  type InspectedHost,
  type InspectorState,
  newestExchanges,
} from "./inspector-state.ts";

const exchangesKept = 4000;
const eventsKept = 4000;

function withExchange(
  state: InspectorState,
  id: ExchangeId,
  change: (exchange: InspectedExchange) => InspectedExchange,
): InspectorState {
  const exchange = exchangeOf(state, id);
  return exchange ? { ...state, exchanges: state.exchanges.with(String(id), change(exchange)) } : state;
}

function began(state: InspectorState, exchange: InspectedExchange): InspectorState {
  const order = state.exchangeOrder.push(exchange.id);
  const kept = order.newest(exchangesKept);
  let exchanges = state.exchanges.with(String(exchange.id), exchange);
  for (let index = order.first; index < kept.first; index++)
    exchanges = exchanges.without(String(order.at(index)));
  return { ...state, exchanges, exchangeOrder: kept };
}

const verdicts = {
  "event-stored": "stored",
  "event-rejected": "rejected",
  "event-soft-failed": "soft-failed",
} as const;

/** A server tells why it refuses while it answers: the newest request of that path which it has not answered yet. */
function withRefusal(
  state: InspectorState,
  host: HostName,
  fact: Extract<HostFact, { type: "request-refused" }>,
): InspectorState {
  let looked = 0;
  for (const exchange of newestExchanges(state)) {
    const { method, url } = exchange.request;
    const fits =
      exchange.to === host &&
      !exchange.response &&
      method === fact.method &&
      pathOf(url) === pathOf(fact.path);
    if (fits) return withExchange(state, exchange.id, (found) => ({ ...found, refusal: fact.refusal }));
    looked += 1;
    if (looked > 40) break;
  }
  return state;
}

function withFact(state: InspectorState, host: HostName, fact: HostFact, at: number): InspectorState {
  if (fact.type === "request-refused") return withRefusal(state, host, fact);
  if (fact.type === "event-dropped") return withDropped(state, host, fact);
  if (fact.type !== "event-stored" && fact.type !== "event-rejected" && fact.type !== "event-soft-failed")
    return state;
  const copy: EventCopy = {
    host,
    verdict: verdicts[fact.type],
    at,
    ...("refusal" in fact ? { refusal: fact.refusal } : {}),
  };
  const known = state.events.get(fact.event);
  if (known) {
    const copies = [...known.copies.filter((one) => one.host !== host), copy];
    return { ...state, events: state.events.with(fact.event, { ...known, copies }) };
  }
  const event: InspectedEvent = { id: fact.event, room: fact.room, pdu: fact.pdu, copies: [copy] };
  if (fact.type === "event-stored") event.roomVersion = fact.roomVersion;
  const order = state.eventOrder.push(fact.event);
  const kept = order.newest(eventsKept);
  let events = state.events.with(fact.event, event);
  for (let index = order.first; index < kept.first; index++) events = events.without(order.at(index)!);
  return { ...state, events, eventOrder: kept };
}

function withHost(state: InspectorState, name: HostName, change: Partial<InspectedHost>): InspectorState {
  const host = state.hosts.get(name);
  return host ? { ...state, hosts: new Map(state.hosts).set(name, { ...host, ...change }) } : state;
}

function withSession(state: InspectorState, name: HostName, fact: ClientFact): InspectorState {
  const host = state.hosts.get(name);
  if (fact.type !== "session" || !host) return state;
  const { account: _account, displayName: _name, ...bare } = host;
  if (fact.session.state === "signed-out") return { ...state, hosts: new Map(state.hosts).set(name, bare) };
  return withHost(state, name, {
    account: fact.session.user,
    ...(fact.displayName ? { displayName: fact.displayName } : {}),
  });
}

function step(state: InspectorState, entry: LogEntry): InspectorState {
  switch (entry.type) {
    case "exchange-out": {
      const { exchange: id, from, to, request } = entry;
      return began(state, {
        id,
        from,
        to,
        request,
        story: isStory(request.method, request.url),
        left: entry.at,
      });
    }
    case "exchange-held":
      return withExchange(state, entry.exchange, (exchange) => ({ ...exchange, arrived: entry.at }));
    case "exchange-back":
      return withExchange(state, entry.exchange, (exchange) => {
        const story = isStoryAnswer(exchange.request.method, exchange.request.url, entry.response);
        return { ...exchange, story, answered: entry.at, response: entry.response };
      });
    case "exchange-done":
      return withExchange(state, entry.exchange, (exchange) => ({ ...exchange, done: entry.at }));
    case "exchange-failed":
      return withExchange(state, entry.exchange, (exchange) => ({
        ...exchange,
        failed: { reason: entry.reason, at: entry.at },
      }));
    case "host-added": {
      const { host: name, role, symbol, person, home } = entry;
      const host: InspectedHost = { name, role, running: true, gone: false };
      if (symbol !== undefined) host.symbol = symbol;
      if (person !== undefined) host.person = person;
      if (home !== undefined) host.home = home;
      return { ...state, hosts: new Map(state.hosts).set(name, host) };
    }
    case "host-removed":
      return withHost(state, entry.host, { gone: true });
    case "host-stopped":
    case "host-started":
      return withHost(state, entry.host, { running: entry.type === "host-started" });
    case "host-fact":
      return withFact(state, entry.host, entry.fact, entry.at);
    case "client-fact":
      return withSession(state, entry.host, entry.fact as ClientFact);
    default:
      return state;
  }
}

/** What the inspector can show, folded from the log. */
export const inspectorFold: Fold<InspectorState> = {
  initial: {
    exchanges: Lookup.empty(),
    exchangeOrder: Pages.empty(),
    events: Lookup.empty(),
    eventOrder: Pages.empty(),
    hosts: new Map(),
    dropped: [],
  },
  step,
};
