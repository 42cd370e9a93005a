import type { IDBPDatabase } from "idb";
import type { LogEntry } from "../../simulation/log.ts";
import { CheckpointError, checkpointVersion, checkVersion, isScene } from "../checkpoint.ts";
import type { Scene } from "../scene.ts";
import type { Checkpoint } from "../world.ts";
import { logLimit } from "../world-log.ts";
import { openWorldDatabase, type WorldDatabase } from "./world-database.ts";
import { newDatabaseName, registerWorld } from "./world-registry.ts";
import { type LogBase, memoryWorldStore, type WorldStore } from "./world-store.ts";

/** How long a change may wait to be written, milliseconds: a crash loses no more of the log than that. */
const delay = 150;

export type StoredWorldSettings = {
  tutorial: string;
  /** The world's own name. */
  name: string;
  database: string;
  /** Called once, when something could not be written: storage is full, blocked or gone. */
  lost(): void;
};

/** What a world left, to go on from. */
export type StoredWorld = { scene: Scene; entries: LogEntry[]; base: LogBase | undefined };

/** Keeps a world in a database of its own. When that fails it says so once, and keeps nothing from then on. */
export class IndexedDbWorldStore implements WorldStore {
  #settings: StoredWorldSettings;
  #database: IDBPDatabase<WorldDatabase>;
  #scene: { scene: Scene; base: LogBase } | undefined;
  #entries: LogEntry[] = [];
  #baseKept = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isLost = false;
  #checkpoints = new Map<string, Checkpoint>();
  #hide = (): void => void this.flush();

  private constructor(settings: StoredWorldSettings, database: IDBPDatabase<WorldDatabase>) {
    this.#settings = settings;
    this.#database = database;
    globalThis.addEventListener?.("pagehide", this.#hide);
  }

  /** @throws where the browser has no storage for this page */
  static async open(settings: StoredWorldSettings): Promise<IndexedDbWorldStore> {
    return new IndexedDbWorldStore(settings, await openWorldDatabase(settings.database));
  }

  get hosts(): string | undefined {
    return this.#isLost ? undefined : this.#settings.database;
  }

  /** @throws CheckpointError when what is there is of another version, or not whole */
  async load(): Promise<StoredWorld> {
    const [version, scene, base, batches] = await Promise.all([
      this.#database.get("scene", "version"),
      this.#database.get("scene", "scene"),
      this.#database.get("scene", "base") as Promise<LogBase | undefined>,
      this.#database.getAll("log"),
    ]);
    // The first version did not say which it was.
    checkVersion(version ?? 1);
    const oldest = base?.oldest ?? 0;
    const entries = batches.flat().filter((entry) => entry.sequence >= oldest);
    const isWhole = entries.every((entry, index) => entry.sequence === oldest + index);
    if (!isScene(scene) || !isWhole) throw new CheckpointError("damaged");
    this.#baseKept = oldest;
    return { scene, entries, base };
  }

  saveScene(scene: Scene, base: LogBase): void {
    this.#scene = { scene, base };
    this.#writeSoon();
  }

  saveEntries(entries: readonly LogEntry[]): void {
    this.#entries.push(...entries);
    this.#writeSoon();
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    this.#checkpoints.set(checkpoint.name, checkpoint);
    await this.#try(() => this.#database.put("checkpoints", checkpoint, checkpoint.name));
  }

  async checkpoint(name: string): Promise<Checkpoint | undefined> {
    return this.#checkpoints.get(name) ?? (await this.#try(() => this.#database.get("checkpoints", name)));
  }

  async successor(entries: readonly LogEntry[]): Promise<WorldStore> {
    const checkpoints = (await this.#try(() => this.#database.getAll("checkpoints"))) ?? [];
    for (const checkpoint of checkpoints) this.#checkpoints.set(checkpoint.name, checkpoint);
    const next = await this.#try(() =>
      IndexedDbWorldStore.open({ ...this.#settings, database: newDatabaseName(this.#settings.tutorial) }),
    );
    await this.close();
    if (!next) return memoryWorldStore(this.#checkpoints);
    for (const checkpoint of this.#checkpoints.values()) await next.saveCheckpoint(checkpoint);
    next.saveEntries(entries);
    return next;
  }

  async settle(): Promise<void> {
    const { tutorial, database, name } = this.#settings;
    await this.#try(() => registerWorld({ tutorial, database, name, savedAt: Date.now() }));
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    globalThis.removeEventListener?.("pagehide", this.#hide);
    await this.flush();
    this.#database.close();
  }

  #writeSoon(): void {
    if (!this.#isLost) this.#timer ??= setTimeout(() => void this.flush(), delay);
  }

  async #write(): Promise<void> {
    const entries = this.#entries;
    const scene = this.#scene;
    this.#entries = [];
    this.#scene = undefined;
    if (entries.length === 0 && !scene) return;
    await this.#try(async () => {
      const transaction = this.#database.transaction(["scene", "log"], "readwrite", {
        durability: "relaxed",
      });
      const [first] = entries;
      const log = transaction.objectStore("log");
      if (first) {
        void log.put(entries, first.sequence);
        void log.delete(IDBKeyRange.upperBound(first.sequence - 2 * logLimit));
      }
      if (scene) {
        void transaction.objectStore("scene").put(scene.scene, "scene");
        void transaction.objectStore("scene").put(checkpointVersion, "version");
      }
      if (scene && scene.base.oldest !== this.#baseKept) {
        void transaction.objectStore("scene").put(scene.base, "base");
        this.#baseKept = scene.base.oldest;
      }
      transaction.commit();
      await transaction.done;
    });
  }

  async #try<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#isLost) return undefined;
    try {
      return await work();
    } catch {
      this.#isLost = true;
      this.#settings.lost();
      return undefined;
    }
  }
}
