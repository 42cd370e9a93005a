import { type IDBPDatabase, openDB } from "idb";

/** A copy of a database, record by record. Structured-cloneable. */
export type CopiedDatabase = {
  version: number;
  stores: {
    name: string;
    keyPath: string | string[] | null;
    autoIncrement: boolean;
    indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
    records: { key: IDBValidKey; value: unknown }[];
  }[];
};

/** All that a database has at one moment; undefined where there is none of this name. */
export async function copyDatabase(name: string): Promise<CopiedDatabase | undefined> {
  const database = await openExisting(name);
  if (!database) return undefined;
  try {
    const names = [...database.objectStoreNames];
    if (names.length === 0) return { version: database.version, stores: [] };
    // One transaction, so that nothing changes between one store and the next.
    const transaction = database.transaction(names, "readonly");
    const stores = await Promise.all(
      names.map(async (storeName) => {
        const store = transaction.objectStore(storeName);
        const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return {
          name: storeName,
          keyPath: store.keyPath,
          autoIncrement: store.autoIncrement,
          indexes: [...store.indexNames].map((indexName) => {
            const { keyPath, unique, multiEntry } = store.index(indexName);
            return { name: indexName, keyPath, unique, multiEntry };
          }),
          records: keys.map((key, index) => ({ key, value: values[index] as unknown })),
        };
      }),
    );
    return { version: database.version, stores };
  } finally {
    database.close();
  }
}

/** Writes a copy under a name that no database has yet. */
export async function writeDatabase(name: string, copy: CopiedDatabase): Promise<void> {
  const database = await openDB(name, copy.version, {
    upgrade(fresh) {
      for (const { name: storeName, keyPath, autoIncrement, indexes } of copy.stores) {
        const store = fresh.createObjectStore(storeName, { keyPath, autoIncrement });
        for (const { name: indexName, keyPath: path, unique, multiEntry } of indexes)
          store.createIndex(indexName, path, { unique, multiEntry });
      }
    },
  });
  try {
    if (copy.stores.length === 0) return;
    const transaction = database.transaction(
      copy.stores.map((store) => store.name),
      "readwrite",
    );
    for (const { name: storeName, keyPath, records } of copy.stores) {
      const store = transaction.objectStore(storeName);
      for (const { key, value } of records)
        void (keyPath === null ? store.put(value, key) : store.put(value));
    }
    await transaction.done;
  } finally {
    database.close();
  }
}

async function openExisting(name: string): Promise<IDBPDatabase | undefined> {
  let isNew = false;
  try {
    return await openDB(name, undefined, {
      upgrade(_database, _old, _new, transaction) {
        isNew = true;
        transaction.done.catch(() => undefined);
        transaction.abort();
      },
    });
  } catch (error) {
    if (isNew) return undefined;
    throw error;
  }
}
