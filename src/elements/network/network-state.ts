import type { ExchangeId, HostName } from "../../simulation/log.ts";
import type { Lookup } from "../log/log-pages.ts";

/** A homeserver or a device on the map. */
export type NetworkHost = {
  name: HostName;
  role: "homeserver" | "device";
  symbol?: string;
  person?: string;
  home?: HostName;
  running: boolean;
  /** Who is signed in there, and the name that the person shows. */
  account?: string;
  displayName?: string;
};

export type NetworkLink = {
  between: readonly [HostName, HostName];
  cut: boolean;
  /** Milliseconds one way. */
  latency: number;
  /** The latency that it had first. */
  usual: number;
  /** From 0 to 1. */
  loss: number;
};

/** An exchange that is under way. World times in milliseconds since 1970. */
export type Flight = {
  exchange: ExchangeId;
  from: HostName;
  to: HostName;
  method: string;
  url: string;
  story: boolean;
  /** A held one is at `to`, being answered. */
  phase: "out" | "held" | "back";
  /** When the present phase began, and when it ends where that is known. */
  departs: number;
  arrives: number;
  /** It waits at the server for something to happen. */
  longPoll: boolean;
  /** A server that looks up where another one is, or asks for its keys, carries no letter. */
  errand: "letter" | "lookup" | "key";
  status?: number;
};

/** An exchange that failed, and how far along its way from `from` to `to` it came: 0 to 1. */
export type FallenFlight = Flight & { at: number; reason: string; progress: number };

export type RoomDot = { event: string; sender: string; type: string; depth: number; state: boolean };

/** A room as one homeserver has it. */
export type HostRoom = {
  id: string;
  name?: string;
  alias?: string;
  members: readonly string[];
  /** The newest events, oldest first. */
  dots: readonly RoomDot[];
  /** The log's sequence number of the newest. */
  touched: number;
};

/** What waits at a server for another one. */
export type HostQueue = {
  waiting: number;
  /** World time. */
  nextTry?: number;
  /** The other one could not be reached, and has not been since. */
  away: boolean;
};

/** Everything that the map shows at one moment. */
export type NetworkState = {
  /** World time of the newest entry. */
  at: number;
  hosts: ReadonlyMap<HostName, NetworkHost>;
  /** By `linkKey`. */
  links: Lookup<NetworkLink>;
  /** Homeservers between which something went: by `linkKey`. */
  used: Lookup<readonly [HostName, HostName]>;
  /** By the exchange's number, as text. */
  flights: Lookup<Flight>;
  /** The newest failures; the element decides how long they are shown. */
  fallen: readonly FallenFlight[];
  /** Homeserver → room id → what it has. */
  rooms: ReadonlyMap<HostName, ReadonlyMap<string, HostRoom>>;
  /** Homeserver → destination → what waits there. */
  queues: ReadonlyMap<HostName, ReadonlyMap<HostName, HostQueue>>;
};

/** The name of the link between two hosts, whichever comes first. */
export function linkKey(one: HostName, other: HostName): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
