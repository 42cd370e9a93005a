import type { HostFact } from "../homeserver/ports.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import type { Link } from "./links.ts";

/** A host on the virtual internet: a homeserver's name (`garden.example`) or a device (`you/laptop`). */
export type HostName = string;

/** An exchange's number, unique in its world. */
export type ExchangeId = number;

/** What happened, without its place in the log. */
export type Happening =
  /** A request left `from`; it arrives at `to` at world time `arrives`. */
  | {
      type: "exchange-out";
      exchange: ExchangeId;
      from: HostName;
      to: HostName;
      request: HttpRequest;
      arrives: number;
    }
  /** It arrived, and is being answered. A long poll stays here until something comes. */
  | { type: "exchange-held"; exchange: ExchangeId }
  /** The response left `to`; it arrives back at `arrives`. */
  | { type: "exchange-back"; exchange: ExchangeId; response: HttpResponse; arrives: number }
  | { type: "exchange-done"; exchange: ExchangeId }
  /** It ended without a response: the link was cut, the host stopped, or time ran out. */
  | {
      type: "exchange-failed";
      exchange: ExchangeId;
      reason: "link-cut" | "host-stopped" | "lost" | "timed-out" | "no-such-host" | "aborted";
    }
  | {
      type: "host-added";
      host: HostName;
      role: "homeserver" | "device";
      symbol?: string;
      person?: string;
      home?: HostName;
      /** Absent: it runs. */
      running?: boolean;
    }
  | { type: "host-removed"; host: HostName }
  | { type: "host-stopped" | "host-started"; host: HostName }
  | ({ type: "link-changed" } & Link)
  /** A learner, or a person in the scene, did something. The action is world/action.ts as plain data. */
  | { type: "action"; person: string; action: JsonObject; scripted: boolean }
  | { type: "host-fact"; host: HostName; fact: HostFact }
  /** What a client shows: client/client-fact.ts as plain data. */
  | { type: "client-fact"; host: HostName; fact: JsonObject }
  /** The step of the tutorial changed, or a checkpoint was taken. */
  | { type: "mark"; name: string };

/**
 * One entry of the world's log. `sequence` counts up from 0 without gaps; `at` is world time in
 * milliseconds since 1970.
 */
export type LogEntry = { sequence: number; at: number } & Happening;

/** A fold over the log: every view is one. It never changes the state that it is given. */
export type Fold<State> = { initial: State; step(state: State, entry: LogEntry): State };
