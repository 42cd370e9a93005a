import type { HostContents } from "../simulation/storage.ts";
import type { Observation } from "./observation.ts";
import type { Scene } from "./scene.ts";
import type { CryptoCopy } from "./storage/crypto-stores.ts";
import type { Checkpoint } from "./world.ts";

/**
 * Of the form of what is kept of a world. Since 2 it knows of rooms' settings, files, federation and keys, since 3 of
 * what a room's state follows from.
 */
export const checkpointVersion = 3;

export type CheckpointData = {
  /** The world's own name: its log can go back, another's cannot. */
  world: string;
  scene: Scene;
  contents: Record<string, HostContents>;
  /** Host → a copy of its client's keys. */
  keys?: Record<string, CryptoCopy>;
  /** What is observed, and the log's length. */
  observation: Observation;
  length: number;
};

/** Why a checkpoint cannot be restored. */
export type CheckpointFault = "older-version" | "newer-version" | "damaged";

/** A world cannot be opened from what was kept of it. */
export class CheckpointError extends Error {
  readonly fault: CheckpointFault;

  constructor(fault: CheckpointFault) {
    super(`The checkpoint cannot be restored: ${fault}`);
    this.fault = fault;
  }
}

export function makeCheckpoint(name: string, at: number, data: CheckpointData): Checkpoint {
  return { version: checkpointVersion, name, at, data };
}

/** @throws CheckpointError when what is kept is not of this version */
export function checkVersion(version: unknown): void {
  if (typeof version !== "number" || !Number.isInteger(version)) throw new CheckpointError("damaged");
  if (version < checkpointVersion) throw new CheckpointError("older-version");
  if (version > checkpointVersion) throw new CheckpointError("newer-version");
}

/** @throws CheckpointError when it is of another version, or not whole */
export function readCheckpoint({ version, data }: Checkpoint): CheckpointData {
  checkVersion(version);
  if (!isWhole(data)) throw new CheckpointError("damaged");
  return data;
}

function isWhole(data: unknown): data is CheckpointData {
  const { world, scene, contents, observation, length } = (data ?? {}) as Partial<CheckpointData>;
  return (
    typeof world === "string" &&
    typeof length === "number" &&
    isScene(scene) &&
    typeof observation?.sequence === "number" &&
    typeof contents === "object" &&
    Object.values(contents).every(({ records, media }) => Array.isArray(records) && Array.isArray(media))
  );
}

/** Has it the parts of a scene? What stands in them was written by us. */
export function isScene(value: unknown): value is Scene {
  const { devices, clients, rooms, scripts, network } = (value ?? {}) as Partial<Scene>;
  return (
    Array.isArray(devices) &&
    typeof clients === "object" &&
    typeof rooms === "object" &&
    Array.isArray(scripts?.underWay) &&
    typeof network?.clock?.at === "number" &&
    Array.isArray(network.links)
  );
}
