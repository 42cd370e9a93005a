/**
 * The SDK's crypto keeps its keys in IndexedDB and nowhere else. Where a page may have none (a frame without an origin of
 * its own, a private window of some browsers) it gets one in memory.
 */
export async function ensureIndexedDb(): Promise<void> {
  if (await works()) return;
  const inMemory = await import("fake-indexeddb");
  for (const [name, value] of Object.entries(inMemory)) {
    if (/^(IDB|indexedDB$)/.test(name)) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }
}

async function works(): Promise<boolean> {
  try {
    const asked = globalThis.indexedDB.open("homeroom/probe");
    return await new Promise<boolean>((resolve) => {
      asked.onsuccess = () => {
        asked.result.close();
        globalThis.indexedDB.deleteDatabase("homeroom/probe");
        resolve(true);
      };
      asked.onerror = () => resolve(false);
    });
  } catch {
    return false;
  }
}
