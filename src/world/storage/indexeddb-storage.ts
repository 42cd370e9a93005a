import type { IDBPDatabase } from "idb";
import type { JournalRecord } from "../../homeserver/ports.ts";
import type { HostName } from "../../simulation/log.ts";
import { type HostContents, type HostStorage, memoryStorage } from "../../simulation/storage.ts";
import { openWorldDatabase, type WorldDatabase } from "./world-database.ts";

/**
 * Keeps hosts' data in a world's database; where that is full or was taken away, in memory from then on, so that the
 * homeservers play on. The page sees by its own writing that nothing is kept any more.
 */
export async function indexedDbStorage(name: string): Promise<HostStorage> {
  const lasting = await plainStorage(name);
  const memory = memoryStorage();
  const moved = new Map<HostName, Promise<void>>();
  /** What the database has of a host comes into memory before anything else of it. */
  const move = (host: HostName): Promise<void> => {
    const known = moved.get(host);
    if (known) return known;
    const moving = lasting
      .contents(host)
      .then(async ({ records, media }) => {
        await memory.journal(host).append(records);
        for (const [file, bytes] of media) await memory.media(host).put(file, bytes);
      })
      .catch(() => undefined);
    moved.set(host, moving);
    return moving;
  };
  const either = async <Result>(
    host: HostName,
    work: (storage: HostStorage) => Promise<Result>,
  ): Promise<Result> => {
    if (!moved.has(host)) {
      try {
        return await work(lasting);
      } catch {
        // The write is done again below.
      }
    }
    await move(host);
    return work(memory);
  };
  return {
    journal: (host) => ({
      append: (records) => either(host, (storage) => storage.journal(host).append(records)),
      async *read() {
        yield* (await either(host, (storage) => storage.contents(host))).records;
      },
    }),
    media: (host) => ({
      put: (file, bytes) => either(host, (storage) => storage.media(host).put(file, bytes)),
      get: (file) => either(host, (storage) => storage.media(host).get(file)),
      delete: (file) => either(host, (storage) => storage.media(host).delete(file)),
    }),
    contents: (host) => either(host, (storage) => storage.contents(host)),
    close: () => lasting.close(),
  };
}

/** A key's newest record takes the place of older ones. */
async function plainStorage(name: string): Promise<HostStorage> {
  const database = await openWorldDatabase(name);
  let order = await lastOrder(database);
  const storage: HostStorage = {
    journal: (host) => ({
      async append(records) {
        const transaction = database.transaction("records", "readwrite", { durability: "relaxed" });
        for (const { table, key, value } of records) {
          const where: [string, string, string] = [host, table, key];
          if (value === undefined) void transaction.store.delete(where);
          else void transaction.store.put({ order: ++order, value }, where);
        }
        transaction.commit();
        await transaction.done;
      },
      async *read() {
        yield* (await storage.contents(host)).records;
      },
    }),
    media: (host) => ({
      put: async (file, bytes) => void (await database.put("media", bytes, [host, file])),
      get: (file) => database.get("media", [host, file]),
      delete: (file) => database.delete("media", [host, file]),
    }),
    contents: (host) => contentsOf(database, host),
    close: () => database.close(),
  };
  return storage;
}

const ofHost = (host: string) => IDBKeyRange.bound([host], [host, []]);

async function contentsOf(database: IDBPDatabase<WorldDatabase>, host: string): Promise<HostContents> {
  const transaction = database.transaction(["records", "media"]);
  const [keys, values, files, bytes] = await Promise.all([
    transaction.objectStore("records").getAllKeys(ofHost(host)),
    transaction.objectStore("records").getAll(ofHost(host)),
    transaction.objectStore("media").getAllKeys(ofHost(host)),
    transaction.objectStore("media").getAll(ofHost(host)),
  ]);
  const ordered = keys
    .map(([, table, key], index) => ({ table, key, ...values[index]! }))
    .sort((one, other) => one.order - other.order);
  return {
    records: ordered.map(({ table, key, value }): JournalRecord => ({ table, key, value })),
    media: files.map(([, file], index) => [file, bytes[index]!]),
  };
}

async function lastOrder(database: IDBPDatabase<WorldDatabase>): Promise<number> {
  const cursor = await database.transaction("records").store.index("order").openKeyCursor(null, "prev");
  return cursor?.key ?? 0;
}
