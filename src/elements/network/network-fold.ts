import type { ClientFact } from "../../client/client-fact.ts";
import type { HostFact } from "../../homeserver/ports.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { isStoryAnswer, trafficOf } from "../../simulation/traffic.ts";
import { Lookup } from "../log/log-pages.ts";
import { serverIn } from "../server-look.ts";
import {
  type FallenFlight,
  type Flight,
  type HostQueue,
  type HostRoom,
  linkKey,
  type NetworkHost,
  type NetworkState,
  type RoomDot,
} from "./network-state.ts";

/** What servers ask of each other before they can talk, by the names of traffic-table.ts. */
const errands: Readonly<Record<string, Flight["errand"]>> = { discovery: "lookup", "server-key": "key" };

const dotsKept = 8;
const fallenKept = 24;

function withKey<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  return new Map(map).set(key, value);
}

function withoutKey<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

function withHost(state: NetworkState, name: HostName, change: Partial<NetworkHost>): NetworkState {
  const host = state.hosts.get(name);
  return host ? { ...state, hosts: withKey(state.hosts, name, { ...host, ...change }) } : state;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function roomWith(room: HostRoom, event: string, pdu: JsonObject, touched: number): HostRoom {
  const type = String(pdu.type);
  const sender = String(pdu.sender);
  const content = (pdu.content ?? {}) as JsonObject;
  const state = typeof pdu.state_key === "string";
  const dot: RoomDot = { event, sender, type, state, depth: Number(pdu.depth ?? 0) };
  // A join brings the past, the newest first.
  const at = room.dots.findLastIndex(({ depth }) => depth <= dot.depth) + 1;
  const changed: HostRoom = { ...room, touched, dots: room.dots.toSpliced(at, 0, dot).slice(-dotsKept) };
  if (!state) return changed;
  const name = type === "m.room.name" ? text(content.name) : room.name;
  const alias = type === "m.room.canonical_alias" ? text(content.alias) : room.alias;
  if (name !== undefined) changed.name = name;
  if (alias !== undefined) changed.alias = alias;
  if (type === "m.room.member") {
    const user = String(pdu.state_key);
    const others = room.members.filter((member) => member !== user);
    const there = content.membership === "join" || content.membership === "invite";
    changed.members = there ? [...others, user].slice(0, 12) : others;
  }
  return changed;
}

function withFact(state: NetworkState, host: HostName, fact: HostFact, sequence: number): NetworkState {
  if (fact.type === "event-stored") {
    const rooms = state.rooms.get(host) ?? new Map<string, HostRoom>();
    const room = rooms.get(fact.room) ?? { id: fact.room, members: [], dots: [], touched: sequence };
    if (room.dots.some((dot) => dot.event === fact.event)) return state;
    return {
      ...state,
      rooms: withKey(
        state.rooms,
        host,
        withKey(rooms, fact.room, roomWith(room, fact.event, fact.pdu, sequence)),
      ),
    };
  }
  if (fact.type === "queue") {
    const queues = state.queues.get(host) ?? new Map<HostName, HostQueue>();
    const { waiting, nextTry } = fact;
    const away = waiting > 0 && (nextTry !== undefined || queues.get(fact.destination)?.away === true);
    const queue: HostQueue = { waiting, away, ...(nextTry === undefined ? {} : { nextTry }) };
    return { ...state, queues: withKey(state.queues, host, withKey(queues, fact.destination, queue)) };
  }
  return state;
}

function withClientFact(state: NetworkState, host: HostName, fact: ClientFact): NetworkState {
  if (fact.type !== "session") return state;
  const { session } = fact;
  const before = state.hosts.get(host);
  if (!before) return state;
  const { account: _account, displayName: _name, ...bare } = before;
  if (session.state === "signed-out") {
    return before.account === undefined ? state : { ...state, hosts: withKey(state.hosts, host, bare) };
  }
  const displayName = fact.displayName ?? (before.account === session.user ? before.displayName : undefined);
  if (before.account === session.user && before.displayName === displayName) return state;
  return withHost(state, host, { account: session.user, ...(displayName ? { displayName } : {}) });
}

function fall(flight: Flight, at: number, reason: string): FallenFlight {
  const span = Math.max(1, flight.arrives - flight.departs);
  const done = Math.min(1, Math.max(0, (at - flight.departs) / span));
  const way = flight.phase === "out" ? done : flight.phase === "back" ? 1 - done : 1;
  // A cut cable stops a packet on the line; so does loss. Other failures end at one of the hosts.
  const onLine = reason === "link-cut" || reason === "lost";
  // Before the middle, where the mark of a cut is.
  const [least, most] = way > 0.5 && flight.phase === "back" ? [0.62, 0.75] : [0.22, 0.38];
  const progress = onLine ? Math.min(most, Math.max(least, way)) : reason === "aborted" ? way : 1;
  return { ...flight, at, reason, progress };
}

function step(before: NetworkState, entry: LogEntry): NetworkState {
  const state: NetworkState = { ...before, at: entry.at };
  switch (entry.type) {
    case "exchange-out": {
      const { exchange, from, to, arrives } = entry;
      const { method, url } = entry.request;
      const longPoll = /\/sync\?(.*&)?timeout=[1-9]/.test(url);
      const { story, name } = trafficOf(method, url);
      const servers = [from, to].every((host) => state.hosts.get(host)?.role === "homeserver");
      const flight: Flight = {
        exchange,
        from,
        to,
        method,
        url,
        story,
        phase: "out",
        departs: entry.at,
        arrives,
        longPoll,
        errand: servers ? (errands[name] ?? "letter") : "letter",
      };
      const flights = state.flights.with(String(exchange), flight);
      const key = linkKey(from, to);
      if (!servers || state.used.get(key)) return { ...state, flights };
      return { ...state, flights, used: state.used.with(key, [from, to]) };
    }
    case "exchange-held":
    case "exchange-back": {
      const flight = state.flights.get(String(entry.exchange));
      if (!flight) return state;
      const next: Flight =
        entry.type === "exchange-held"
          ? { ...flight, phase: "held", departs: entry.at, arrives: entry.at }
          : {
              ...flight,
              phase: "back",
              departs: entry.at,
              arrives: entry.arrives,
              status: entry.response.status,
              story: isStoryAnswer(flight.method, flight.url, entry.response),
            };
      return { ...state, flights: state.flights.with(String(entry.exchange), next) };
    }
    case "exchange-done":
      return { ...state, flights: state.flights.without(String(entry.exchange)) };
    case "exchange-failed": {
      const flight = state.flights.get(String(entry.exchange));
      if (!flight) return state;
      const flights = state.flights.without(String(entry.exchange));
      // A poll that its own client gave up is not a fault that anyone should see.
      if (entry.reason === "aborted" && !trafficOf(flight.method, flight.url).story)
        return { ...state, flights };
      return {
        ...state,
        flights,
        fallen: [...state.fallen, fall(flight, entry.at, entry.reason)].slice(-fallenKept),
      };
    }
    case "host-added": {
      const { host: name, role, symbol, person, home } = entry;
      const host: NetworkHost = { name, role, running: true };
      if (symbol !== undefined) host.symbol = symbol;
      if (person !== undefined) host.person = person;
      if (home !== undefined) host.home = home;
      return { ...state, hosts: withKey(state.hosts, name, host) };
    }
    case "host-removed":
      return { ...state, hosts: withoutKey(state.hosts, entry.host) };
    case "host-stopped":
    case "host-started":
      return withHost(state, entry.host, { running: entry.type === "host-started" });
    case "link-changed": {
      const { between, cut, latency, loss } = entry;
      const key = linkKey(...between);
      const usual = state.links.get(key)?.usual ?? latency;
      return { ...state, links: state.links.with(key, { between, cut, latency, usual, loss }) };
    }
    case "host-fact":
      return withFact(state, entry.host, entry.fact, entry.sequence);
    case "client-fact":
      return withClientFact(state, entry.host, entry.fact as ClientFact);
    default:
      return state;
  }
}

/** What the map shows, folded from the log. */
export const networkFold: Fold<NetworkState> = {
  initial: {
    at: 0,
    hosts: new Map(),
    links: Lookup.empty(),
    used: Lookup.empty(),
    flights: Lookup.empty(),
    fallen: [],
    rooms: new Map(),
    queues: new Map(),
  },
  step,
};

/** Is this event on its way to another server that has the room? Then its dot is hollow. */
export function stillWaits(state: NetworkState, host: HostName, room: string, dot: RoomDot): boolean {
  if (serverIn(dot.sender) !== host) return false;
  for (const [other, rooms] of state.rooms) {
    const copy = other === host ? undefined : rooms.get(room);
    const newest = copy?.dots.at(-1);
    if (copy && newest && newest.depth < dot.depth && !copy.dots.some(({ event }) => event === dot.event))
      return true;
  }
  return false;
}
