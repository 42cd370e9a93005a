import type { LogEntry } from "../../simulation/log.ts";
import type { Observation } from "../observation.ts";
import type { Scene } from "../scene.ts";
import type { Checkpoint } from "../world.ts";

/** Where the log begins, and what was observed up to there. */
export type LogBase = { oldest: number; observation: Observation };

/** Keeps what a world's page has: the scene, the log and the checkpoints. Its hosts keep their own data. */
export interface WorldStore {
  /** For the simulation's storage: the name of the place where hosts keep their data; undefined: in memory. */
  readonly hosts: string | undefined;
  /** Soon, not at once; what is written later takes its place. */
  saveScene(scene: Scene, base: LogBase): void;
  saveEntries(entries: readonly LogEntry[]): void;
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** The checkpoint of this name, if there is one. */
  checkpoint(name: string): Promise<Checkpoint | undefined>;
  /**
   * A fresh place for a restored world, with the checkpoints so far and these entries. The old place stays the
   * world's own until `settle`.
   */
  successor(entries: readonly LogEntry[]): Promise<WorldStore>;
  /** Makes this the world's place; what another place had is deleted. */
  settle(): Promise<void>;
  /** Writes what is pending. */
  flush(): Promise<void>;
  /** Writes what is pending and lets go. */
  close(): Promise<void>;
}

/** Keeps nothing beyond the page. */
export function memoryWorldStore(checkpoints = new Map<string, Checkpoint>()): WorldStore {
  return {
    hosts: undefined,
    saveScene() {},
    saveEntries() {},
    saveCheckpoint: async (checkpoint) => void checkpoints.set(checkpoint.name, checkpoint),
    checkpoint: async (name) => checkpoints.get(name),
    successor: async () => memoryWorldStore(checkpoints),
    settle: async () => undefined,
    flush: async () => undefined,
    close: async () => undefined,
  };
}
