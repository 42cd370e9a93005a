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
  /** All events that any server has. */
  events: Lookup<GraphEvent>;
  /** Their ids, in the order in which they were first told of. */
  order: Pages<string>;
  copies: ReadonlyMap<HostName, GraphCopy>;
  dropped: readonly DroppedEvent[];
};

/** All rooms as all servers have them. */
export type GraphState = {
  hosts: ReadonlyMap<HostName, GraphHost>;
  rooms: ReadonlyMap<string, GraphRoom>;
};
