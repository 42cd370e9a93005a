import type { HostFact } from "../../homeserver/ports.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { defaultRoomVersion } from "../../protocol/room-versions.ts";
import type { ResolutionTrace } from "../../protocol/state-resolution.ts";
import type { Fold, HostName, LogEntry } from "../../simulation/log.ts";
import { Lookup, Pages } from "../log/log-pages.ts";
import type { CopiedEvent, GraphCopy, GraphHost, GraphRoom, GraphState, Verdict } from "./graph-state.ts";

const resolutionsKept = 20;
const droppedKept = 40;

const emptyCopy: GraphCopy = { events: Lookup.empty(), ends: [], resolutions: [] };

function roomOf(state: GraphState, id: string): GraphRoom {
  const empty = {
    id,
    version: defaultRoomVersion,
    events: Lookup.empty<never>(),
    order: Pages.empty<string>(),
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
  const event = { id, pdu: fact.pdu as unknown as Pdu, since: entry.sequence };
  return { ...room, version, events: room.events.with(id, event), order: room.order.push(id) };
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
