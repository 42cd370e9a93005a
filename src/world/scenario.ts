import type { Action, ClientManner, DeviceKind, PersonRef } from "./action.ts";
import type { Condition } from "./condition.ts";

/** The shape that a server wears everywhere; its colour goes with it. */
export type Symbol =
  | "leaf"
  | "anchor"
  | "tower"
  | "sun"
  | "wave"
  | "mountain"
  | "star"
  | "bell"
  | "key"
  | "moon";

export type ScenarioServer = { name: string; symbol: Symbol; roomVersion?: string };

export type ScenarioDevice = { name: string; kind: DeviceKind; client: ClientManner };

/** When something is true, wait, perhaps type, and do. */
export type ScriptLine = {
  when: Condition;
  /** Happens once; otherwise each time that it becomes true anew. */
  once: boolean;
  /** Milliseconds of world time. */
  after: number;
  /** Milliseconds of world time during which the person is shown typing. */
  typing: number;
  /** A text of the prose is named by `say`. */
  do: Action;
};

export type ScenarioPerson = {
  id: PersonRef;
  /** The name as shown: `Bo`. */
  name: string;
  /** The homeserver where the person lives, or will. */
  at: string;
  /** The localpart of an account that exists from the start; absent: none yet. */
  account?: string;
  devices: ScenarioDevice[];
  script: ScriptLine[];
};

/** How a simulated world starts. Plain data. */
export type Scenario = {
  servers: ScenarioServer[];
  people: ScenarioPerson[];
  /** Rooms and words that exist from the start, made by real requests before the first step. */
  prepare: Action[];
  /** The devices encrypt, and know rooms that do. */
  encryption?: boolean;
  /** Seeds every generator of chance in the world's servers and network. */
  seed: string;
  /** Milliseconds that a packet takes one way, between a device and its server, and between servers. */
  latency: { device: number; server: number };
  /** World time at the start, milliseconds since 1970; the real time where absent. */
  startsAt?: number;
};
