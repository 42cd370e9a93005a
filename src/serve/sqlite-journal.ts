import type { DatabaseSync } from "node:sqlite";
import type { Journal, MediaBytes } from "../homeserver/ports.ts";
import { endOfBurst } from "./end-of-burst.ts";

/** What {@link sqliteJournal} and {@link sqliteMedia} write to. */
export const dataTables = `
  CREATE TABLE records (
    place INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, key)
  ) STRICT;
  CREATE TABLE media (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Keeps the newest record of each key, in the order in which the keys were first set. */
export function sqliteJournal(database: DatabaseSync): Journal {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  const set = database.prepare(
    "INSERT INTO records (kind, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM records WHERE kind = ? AND key = ?");
  return {
    // A transaction holds the thread: one for all that comes in at once.
    gathered: endOfBurst,
    async append(records) {
      begin.run();
      try {
        for (const { table, key, value } of records) {
          if (value === undefined) remove.run(table, key);
          else set.run(table, key, JSON.stringify(value));
        }
        commit.run();
      } catch (failure) {
        if (database.isTransaction) rollback.run();
        throw failure;
      }
    },
    async *read() {
      const all = database.prepare("SELECT kind, key, value FROM records ORDER BY place");
      for (const row of all.iterate()) {
        const { kind, key, value } = row as { kind: string; key: string; value: string };
        yield { table: kind, key, value: JSON.parse(value) };
      }
    },
  };
}

/** Keeps the bytes of media beside the journal. */
export function sqliteMedia(database: DatabaseSync): MediaBytes {
  const put = database.prepare("INSERT OR REPLACE INTO media (name, bytes) VALUES (?, ?)");
  const get = database.prepare("SELECT bytes FROM media WHERE name = ?");
  const remove = database.prepare("DELETE FROM media WHERE name = ?");
  return {
    put: async (name, bytes) => void put.run(name, bytes),
    get: async (name) => get.get(name)?.bytes as Uint8Array | undefined,
    delete: async (name) => void remove.run(name),
  };
}
