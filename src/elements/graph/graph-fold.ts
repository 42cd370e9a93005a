import type { HostFact } from "../../homeserver/ports.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import { changesState, followedStates } from "../../protocol/state-origins.ts";
import type { ResolutionTrace } from "../../protocol/state-resolution.ts";
import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { Lookup, Pages } from "../log/log-pages.ts";
import { isRejected } from "./graph-room-state.ts";
import {
  type CopiedEvent,
  eventOf,
  type GraphCopy,
  type GraphHost,
  type GraphRoom,
  type GraphState,
  type Verdict,
} from "./graph-state.ts";

/** So many of a room's newest events are shown. */
const eventsKept = 2000;
const resolutionsKept = 20;
const droppedKept = 40;

const emptyCopy: GraphCopy = { events: Lookup.empty(), ends: [], resolutions: [] };

function roomOf(state: GraphState, id: string): GraphRoom {
  const empty = {
    id,
    version: defaultRoomVersion,
    events: Lookup.empty<never>(),
    order: Pages.empty<string>(),
    past: Lookup.empty<never>(),
    horizon: -1,
  };
  return state.rooms.get(id) ?? { ...empty, copies: new Map(), dropped: [] };
}

function withRoom(state: GraphState, room: GraphRoom): GraphState {
  return { ...state, rooms: new Map(state.rooms).set(room.id, room) };
}

function withCopy(room: GraphRoom, host: HostName, change: (copy: GraphCopy) => GraphCopy): GraphRoom {
  const copies = new Map(room.copies).set(host, change(room.copies.get(host) ?? emptyCopy));
  return { ...room, copies };
}

const verdicts: Readonly<Record<string, Verdict>> = {
  "event-stored": "stored",
  "event-rejected": "rejected",
  "event-soft-failed": "soft-failed",
};

type EventFact = Extract<HostFact, { type: "event-stored" | "event-rejected" | "event-soft-failed" }>;

function withEvent(before: GraphRoom, host: HostName, fact: EventFact, entry: LogEntry): GraphRoom {
  const { event: id, origin, via } = fact;
  const pdu = fact.pdu as unknown as Pdu;
  // A server that was away, or is new, hears of what is shown no more.
  const isPast =
    !before.events.get(id) && via !== undefined && via !== "client" && pdu.depth <= before.horizon;
  if (isPast) return before;
  const copied: CopiedEvent = {
    verdict: verdicts[fact.type]!,
    at: entry.at,
    ...("refusal" in fact && { refusal: fact.refusal }),
    ...(origin !== undefined && { origin }),
    ...(via !== undefined && { via }),
  };
  const room = withCopy(before, host, (copy) => ({ ...copy, events: copy.events.with(id, copied) }));
  const version = fact.type === "event-stored" ? fact.roomVersion : room.version;
  if (room.events.get(id)) return { ...room, version };
  const follows = followedStates(pdu.prev_events, (parent) => eventOf(room, parent));
  const event = { id, pdu, since: entry.sequence, follows };
  return thinned({ ...room, version, events: room.events.with(id, event), order: room.order.push(id) });
}

/** Lets the oldest events go. Of those that a state may follow from yet it is known what they were. */
function thinned(room: GraphRoom): GraphRoom {
  const order = room.order.newest(eventsKept);
  let { events, past, copies, horizon } = room;
  for (let index = room.order.first; index < order.first; index++) {
    const id = room.order.at(index)!;
    const event = room.events.get(id)!;
    const isEnd = [...room.copies.values()].some(({ ends }) => ends.includes(id));
    if (isEnd || changesState(event)) past = past.with(id, { ...event, rejected: isRejected(room, id) });
    events = events.without(id);
    horizon = Math.max(horizon, event.pdu.depth);
    copies = new Map([...copies].map(([host, copy]) => [host, { ...copy, events: copy.events.without(id) }]));
  }
  return { ...room, order, events, past, copies, horizon };
}

function withFact(state: GraphState, host: HostName, fact: HostFact, entry: LogEntry): GraphState {
  const { at, sequence } = entry;
  switch (fact.type) {
    case "event-stored":
    case "event-rejected":
    case "event-soft-failed":
      return withRoom(state, withEvent(roomOf(state, fact.room), host, fact, entry));
    case "forward-extremities":
      return withRoom(
        state,
        withCopy(roomOf(state, fact.room), host, (copy) => ({ ...copy, ends: fact.events })),
      );
    case "state-resolved": {
      const resolution = { at, sequence, trace: fact.trace as unknown as ResolutionTrace };
      return withRoom(
        state,
        withCopy(roomOf(state, fact.room), host, (copy) => ({
          ...copy,
          resolutions: [...copy.resolutions, resolution].slice(-resolutionsKept),
        })),
      );
    }
    case "event-dropped": {
      if (fact.room === undefined) return state;
      const room = roomOf(state, fact.room);
      const { origin, pdu, refusal } = fact;
      const dropped = [...room.dropped, { host, origin, at, sequence, pdu, refusal }].slice(-droppedKept);
      return withRoom(state, { ...room, dropped });
    }
    default:
      return state;
  }
}

function step(state: GraphState, entry: LogEntry): GraphState {
  if (entry.type === "host-fact") return withFact(state, entry.host, entry.fact, entry);
  if (entry.type !== "host-added") return state;
  const { host: name, role, symbol, person, home } = entry;
  const host: GraphHost = {
    role,
    ...(symbol !== undefined && { symbol }),
    ...(person !== undefined && { person }),
    ...(home !== undefined && { home }),
  };
  return { ...state, hosts: new Map(state.hosts).set(name, host) };
}

/** Every room's graph of events, a copy for each server, folded from the log. */
export const graphFold: Fold<GraphState> = { initial: { hosts: new Map(), rooms: new Map() }, step };
