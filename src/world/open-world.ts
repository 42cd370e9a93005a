import { type CryptoProgress, loadCrypto } from "../client/crypto/load-crypto.ts";
import { loadSdk } from "../client/sdk.ts";
import { CheckpointError, readCheckpoint } from "./checkpoint.ts";
import { observationFold } from "./observation.ts";
import { emptyObservation } from "./observe.ts";
import type { Scenario } from "./scenario.ts";
import { firstScene } from "./scene.ts";
import { SimulatedWorld, type WorldSettings } from "./simulated-world.ts";
import type { SimulationPlace } from "./simulation-place.ts";
import { WorldCryptoStores } from "./storage/crypto-stores.ts";
import { IndexedDbWorldStore } from "./storage/indexeddb-world-store.ts";
import { ensureIndexedDb } from "./storage/page-indexeddb.ts";
import { deleteSavedWorld, newDatabaseName, savedWorld } from "./storage/world-registry.ts";
import { memoryWorldStore, type WorldStore } from "./storage/world-store.ts";
import type { Checkpoint } from "./world.ts";
import { WorldLog } from "./world-log.ts";

export type OpenWorldOptions = {
  tutorialId: string;
  scenario: Scenario;
  /** The tutorial's texts for people in the scene and for solutions: key → text. */
  say: Readonly<Record<string, string>>;
  /** `indexeddb` where the browser allows it: then a reload goes on where it was. */
  storage: "indexeddb" | "memory";
  /** Starts as this was, instead of at the scenario's beginning. */
  checkpoint?: Checkpoint;
  /** Where the homeservers are to run; a worker unless something else is said. */
  place?: SimulationPlace;
  /** What was to be kept can no longer be: storage is full, or was taken away. The world plays on in memory. */
  storageLost?(): void;
  /** How much of the crypto is here, where the scenario encrypts. */
  cryptoProgress?(progress: CryptoProgress): void;
};

export type OpenedWorld = {
  world: SimulatedWorld;
  /** Where it is really kept: in memory also when the browser has no storage for this page. */
  storage: "indexeddb" | "memory";
};

/** Opens a fresh world. What was kept of one of the same tutorial before is deleted. */
export async function openWorld(options: OpenWorldOptions): Promise<OpenedWorld> {
  // The servers start meanwhile.
  void loadSdk().catch(() => undefined);
  await readyCrypto(options);
  const name = crypto.randomUUID();
  const store = await freshStore(options, name);
  const settings = await startingSettings(options, name, store);
  const world = await SimulatedWorld.start(settings);
  try {
    if (!options.checkpoint) await world.prepare();
    await store.settle();
  } catch (error) {
    await world.stop();
    throw error;
  }
  return { world, storage: store.hosts === undefined ? "memory" : "indexeddb" };
}

/**
 * Opens the world of a tutorial as it was left; undefined where none is kept.
 * @throws CheckpointError where what is kept is of another version, or damaged
 */
export async function reopenWorld(
  options: Omit<OpenWorldOptions, "storage" | "checkpoint">,
): Promise<OpenedWorld | undefined> {
  const saved = await savedWorld(options.tutorialId).catch(() => undefined);
  if (!saved) return undefined;
  void loadSdk().catch(() => undefined);
  await readyCrypto(options);
  const store = await IndexedDbWorldStore.open({
    tutorial: options.tutorialId,
    name: saved.name,
    database: saved.database,
    lost: () => options.storageLost?.(),
  });
  try {
    const { scene, entries, base } = await store.load();
    const log = new WorldLog(entries, base?.oldest ?? 0);
    if (base) log.setBase(observationFold, { ...emptyObservation, ...base.observation });
    // Time went on in the log after the scene was written.
    const at = Math.max(scene.network.clock.at, entries.at(-1)?.at ?? 0);
    const world = await SimulatedWorld.start({
      ...commonSettings(options, saved.name, store),
      scene: { ...scene, network: { ...scene.network, clock: { ...scene.network.clock, at } } },
      log,
      // Views that lost their beginning must learn again who is there.
      announce: log.oldest > 0,
    });
    return { world, storage: "indexeddb" };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Clients that encrypt find everything ready. */
async function readyCrypto({
  scenario,
  cryptoProgress,
}: Pick<OpenWorldOptions, "scenario" | "cryptoProgress">): Promise<void> {
  if (scenario.encryption) await Promise.all([ensureIndexedDb(), loadCrypto(cryptoProgress)]);
}

/** All that is kept of a tutorial's world, as JSON to be downloaded; undefined where there is nothing. */
export async function copyOfSavedWorld(tutorialId: string): Promise<Blob | undefined> {
  const saved = await savedWorld(tutorialId);
  if (!saved) return undefined;
  const { openWorldDatabase } = await import("./storage/world-database.ts");
  const database = await openWorldDatabase(saved.database);
  const copy: Record<string, unknown> = { saved };
  for (const store of database.objectStoreNames) {
    const [keys, values] = await Promise.all([database.getAllKeys(store), database.getAll(store)]);
    copy[store] = keys.map((key, index) => [key, values[index]]);
  }
  database.close();
  return new Blob([JSON.stringify(copy)], { type: "application/json" });
}

function commonSettings(
  { scenario, say, place }: Omit<OpenWorldOptions, "storage">,
  name: string,
  store: WorldStore,
): Pick<WorldSettings, "scenario" | "say" | "store" | "name" | "place"> {
  return { scenario, say, store, name, ...(place && { place }) };
}

async function startingSettings(
  options: OpenWorldOptions,
  name: string,
  store: WorldStore,
): Promise<WorldSettings> {
  const common = commonSettings(options, name, store);
  if (!options.checkpoint) {
    return { ...common, scene: firstScene(options.scenario, Date.now()), announce: true };
  }
  const { scene, contents, keys, observation, length } = readCheckpoint(options.checkpoint);
  const log = new WorldLog([], length);
  log.setBase(observationFold, { ...emptyObservation, ...observation });
  const clients = await new WorldCryptoStores(store.hosts).write(scene.clients, keys ?? {});
  return { ...common, scene: { ...scene, clients }, contents, log, announce: true };
}

async function freshStore(options: OpenWorldOptions, name: string): Promise<WorldStore> {
  const { tutorialId, storage } = options;
  if (storage === "memory") return memoryWorldStore();
  try {
    await deleteSavedWorld(tutorialId);
    return await IndexedDbWorldStore.open({
      tutorial: tutorialId,
      name,
      database: newDatabaseName(tutorialId),
      lost: () => options.storageLost?.(),
    });
  } catch {
    return memoryWorldStore();
  }
}

export { CheckpointError };
