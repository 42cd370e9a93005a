import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Json } from "../../protocol/json.ts";
import type { LogEntry } from "../../simulation/log.ts";
import type { Checkpoint } from "../world.ts";

/** A world's own database: one name for each time that it was restored, so that nothing old shines through. */
export type WorldDatabase = DBSchema & {
  /** Journals: [host, table, key] → the newest value, and its place in the order of writing. */
  records: {
    key: [host: string, table: string, key: string];
    value: { order: number; value: Json };
    indexes: { order: number };
  };
  media: { key: [host: string, name: string]; value: Uint8Array };
  /** Batches of log entries by the first one's sequence number. */
  log: { key: number; value: LogEntry[] };
  /** Plain data of the world itself, by name. */
  scene: { key: string; value: unknown };
  checkpoints: { key: string; value: Checkpoint };
};

export const worldDatabaseVersion = 1;

export function openWorldDatabase(name: string): Promise<IDBPDatabase<WorldDatabase>> {
  return openDB<WorldDatabase>(name, worldDatabaseVersion, {
    upgrade(database) {
      database.createObjectStore("records").createIndex("order", "order");
      for (const store of ["media", "log", "scene", "checkpoints"] as const)
        database.createObjectStore(store);
    },
    // Another page deletes it: whoever still has it open lets go at once, or the deletion would hang.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}
