import type { EventVia } from "../../homeserver/ports.ts";
import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { ResolutionTrace } from "../../protocol/state-resolution.ts";
import type { HostName } from "../../simulation/log.ts";
import type { Lookup, Pages } from "../log/log-pages.ts";

export type GraphHost = { role: "homeserver" | "device"; symbol?: string; person?: string; home?: HostName };

export type Verdict = "stored" | "rejected" | "soft-failed";

/** What one server did with an event. */
export type CopiedEvent = {
  verdict: Verdict;
  refusal?: Refusal;
  /** World time. */
  at: number;
  /** The server that it came from, and how. */
  origin?: HostName;
  via?: EventVia;
};

export type GraphEvent = {
  id: string;
  pdu: Pdu;
  /** The log's sequence number at which it was first told of. */
  since: number;
  /** The events whose states its own follows from. */
  follows: readonly string[];
};

/** One server's way from several states to one. */
export type Resolution = { at: number; sequence: number; trace: ResolutionTrace };

/** A room as one server has it. */
export type GraphCopy = {
  events: Lookup<CopiedEvent>;
  /** Forward extremities: the events that the next one will follow. */
  ends: readonly string[];
  resolutions: readonly Resolution[];
};

/** What a server threw away: its format or its signature is wrong. */
export type DroppedEvent = {
  host: HostName;
  origin: HostName;
  at: number;
  sequence: number;
  pdu: Json;
  refusal: Refusal;
};

export type GraphRoom = {
  id: string;
  version: string;
  /** The newest events that any server has. */
  events: Lookup<GraphEvent>;
  /** Their ids, in the order in which they were first told of. */
  order: Pages<string>;
  /** Older events, which are shown no more: those that a state follows from. */
  past: Lookup<GraphEvent & { rejected: boolean }>;
  /** The greatest depth of what is shown no more. */
  horizon: number;
  copies: ReadonlyMap<HostName, GraphCopy>;
  dropped: readonly DroppedEvent[];
};

/** An event, also one that is shown no more. */
export function eventOf({ events, past }: GraphRoom, id: string): GraphEvent | undefined {
  return events.get(id) ?? past.get(id);
}

/** All rooms as all servers have them. */
export type GraphState = {
  hosts: ReadonlyMap<HostName, GraphHost>;
  rooms: ReadonlyMap<string, GraphRoom>;
};
