import type { Journal, JournalRecord, MediaBytes } from "../homeserver/ports.ts";
import type { HostName } from "./log.ts";

/** What a host keeps, as plain data. */
export type HostContents = {
  /** In the order written; earlier ones of the same key may be left out. */
  records: JournalRecord[];
  media: [name: string, bytes: Uint8Array][];
};

/** Where a world's hosts keep their data; the browser's edge has one in memory and one in IndexedDB. */
export interface HostStorage {
  journal(host: HostName): Journal;
  media(host: HostName): MediaBytes;
  /** Everything that a host has. */
  contents(host: HostName): Promise<HostContents>;
  /** Ends the connection; nothing is deleted. */
  close(): void;
}

/** Keeps hosts' data in memory. */
export function memoryStorage(): HostStorage {
  const tables = new Map<HostName, Map<string, JournalRecord>>();
  const files = new Map<HostName, Map<string, Uint8Array>>();
  const of = <Value>(map: Map<HostName, Map<string, Value>>, host: HostName): Map<string, Value> => {
    const found = map.get(host) ?? new Map<string, Value>();
    map.set(host, found);
    return found;
  };
  return {
    journal(host) {
      const records = of(tables, host);
      return {
        async append(appended) {
          for (const record of appended) {
            const key = `${record.table}\u0000${record.key}`;
            // A Map keeps a key's first place; the order must be that of the last writing.
            records.delete(key);
            // Who writes a value never changes it, and who reads gets a copy.
            if (record.value !== undefined) records.set(key, record);
          }
        },
        async *read() {
          for (const record of [...records.values()]) yield structuredClone(record);
        },
      };
    },
    media(host) {
      const bytes = of(files, host);
      return {
        put: async (name, content) => void bytes.set(name, content.slice()),
        get: async (name) => bytes.get(name)?.slice(),
        delete: async (name) => void bytes.delete(name),
      };
    },
    async contents(host) {
      return structuredClone({ records: [...of(tables, host).values()], media: [...of(files, host)] });
    },
    close() {},
  };
}
