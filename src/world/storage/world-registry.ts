import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

/** Which database has a tutorial's world. */
export type SavedWorld = {
  tutorial: string;
  database: string;
  /** The world's own name. */
  name: string;
  /** Milliseconds since 1970. */
  savedAt: number;
};

type Registry = DBSchema & { worlds: { key: string; value: SavedWorld } };

const registryName = "homeroom";
export const worldPrefix = "homeroom/world/";

async function withRegistry<Result>(
  work: (registry: IDBPDatabase<Registry>) => Promise<Result>,
): Promise<Result> {
  const registry = await openDB<Registry>(registryName, 1, {
    upgrade: (database) => void database.createObjectStore("worlds", { keyPath: "tutorial" }),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    return await work(registry);
  } finally {
    registry.close();
  }
}

/** A name for a database that no other has: of the tutorial's world, each time that it is made anew. */
export function newDatabaseName(tutorial: string): string {
  return `${worldPrefix}${tutorial}/${crypto.randomUUID()}`;
}

/** The worlds that are kept in this browser. */
export function listSavedWorlds(): Promise<SavedWorld[]> {
  return withRegistry((registry) => registry.getAll("worlds"));
}

export function savedWorld(tutorial: string): Promise<SavedWorld | undefined> {
  return withRegistry((registry) => registry.get("worlds", tutorial));
}

/** From now on this is the tutorial's world; the database of the one before is deleted. */
export async function registerWorld(world: SavedWorld): Promise<void> {
  const before = await withRegistry(async (registry) => {
    const transaction = registry.transaction("worlds", "readwrite");
    const known = await transaction.store.get(world.tutorial);
    await transaction.store.put(world);
    await transaction.done;
    return known;
  });
  if (before && before.database !== world.database) await deleteWorld(before.database);
}

/** Deletes a world's database, and those of its devices' keys: they begin with its name. */
async function deleteWorld(database: string): Promise<void> {
  await deleteDB(database);
  for (const name of await namesUnder(`${database}/`)) void deleteDB(name).catch(() => undefined);
}

/** Some browsers cannot list databases; then those that are registered are all that is known. */
async function namesUnder(prefix: string): Promise<string[]> {
  const listed = (await indexedDB.databases?.()) ?? [];
  return listed.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
}

/** Deletes what is kept of a tutorial's world. */
export async function deleteSavedWorld(tutorial: string): Promise<void> {
  const before = await withRegistry(async (registry) => {
    const known = await registry.get("worlds", tutorial);
    await registry.delete("worlds", tutorial);
    return known;
  });
  if (before) await deleteWorld(before.database);
}

/** Deletes everything that worlds keep in this browser, also what a crash left behind. */
export async function deleteAllWorlds(): Promise<void> {
  const saved = await listSavedWorlds();
  const names = new Set([...saved.map(({ database }) => database), ...(await namesUnder(worldPrefix))]);
  await Promise.all([...names].map((name) => deleteDB(name)));
  await deleteDB(registryName);
}
