import type { Fold, LogEntry } from "../simulation/log.ts";
import type { Action, ActionResult } from "./action.ts";
import type { Observation } from "./observation.ts";
import type { Scenario } from "./scenario.ts";

/** How the world's time runs. World time = `worldAt + (performance.now() - realAt) × speed` while running. */
export type ClockReading = { running: boolean; speed: number; worldAt: number; realAt: number };

export type WorldClock = {
  reading(): ClockReading;
  /** World time now, in milliseconds since 1970. */
  now(): number;
  pause(): void;
  resume(): void;
  /** Runs to the next departure or arrival of a story packet, then pauses. */
  step(): Promise<void>;
  setSpeed(speed: number): void;
  /** Called at each change of the reading. Returns what ends it. */
  subscribe(changed: (reading: ClockReading) => void): () => void;
};

/** The log, as the page reads it. Bounded: entries before `oldest` are folded into the base of each view. */
export interface Log {
  /** The first sequence number that is still there. */
  readonly oldest: number;
  /** One more than the newest sequence number. */
  readonly length: number;
  entry(sequence: number): LogEntry | undefined;
  entries(from?: number, to?: number): readonly LogEntry[];
  /** Called with each batch of new entries, in order. */
  subscribe(heard: (entries: readonly LogEntry[]) => void): () => void;
  /** The state of a fold after all entries, or before the entry `at`; kept and extended, not recomputed. */
  fold<State>(fold: Fold<State>, at?: number): State;
}

/** A world's whole state as plain, structured-cloneable data. Its form is checkpoint.ts's own. */
export type Checkpoint = { version: number; name: string; at: number; data: unknown };

/** What a tutorial plays in. */
export interface World {
  readonly kind: "simulated" | "real" | "remote";
  readonly scenario: Scenario;
  readonly log: Log;
  readonly clock: WorldClock;
  observation(): Observation;
  /** Roles of rooms and people, as far as they are known. */
  bindings(): Bindings;
  /** From now on the room has this role. */
  bindRoom(role: string, id: string): void;
  /** Does it, through the person's client, and answers when it is done or refused. Logged as an action. */
  act(action: Action, options?: { scripted?: boolean }): Promise<ActionResult>;
  /** People with a script begin nothing of it, also after a restore, until they are released. */
  holdScripts(): void;
  releaseScripts(): void;
  /** The bytes of media, fetched as this device would. */
  media(host: string, mxc: string): Promise<Blob | undefined>;
  /** Stops all clients, keeps everything, starts them again. */
  checkpoint(name: string): Promise<Checkpoint>;
  restore(checkpoint: Checkpoint): Promise<void>;
  /** Writes what is pending, stops clients and servers. */
  stop(): Promise<void>;
}

/** Who and what the tutorial's roles are, in this world. */
export type Bindings = {
  /** Room role → room id. */
  rooms: Readonly<Record<string, string>>;
  /** Person → user id, once there is an account, the display name, and the recovery key that they have written down. */
  people: Readonly<Record<string, { user?: string; name: string; server: string; recoveryKey?: string }>>;
};
