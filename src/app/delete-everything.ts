import { kept } from "./kept.ts";
import { SavedPlaces } from "./session/saved-places.ts";

/** All databases and texts of Homeroom begin with this; others may live at the same origin. */
const prefix = "homeroom";

/** Deletes all that Homeroom keeps in this browser. False where another tab still holds some of it. */
export async function deleteEverything(): Promise<boolean> {
  new SavedPlaces(kept).deleteAll();
  if (!("indexedDB" in globalThis)) return true;
  const databases = await indexedDB.databases().catch(() => []);
  const names = databases.map(({ name }) => name ?? "").filter((name) => name.startsWith(prefix));
  const gone = await Promise.all(names.map(deleteDatabase));
  return gone.every(Boolean);
}

function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve(true);
    request.onerror = () => resolve(false);
    // A tab that has it open is asked to let go; one that does not would keep us waiting for ever.
    setTimeout(resolve, 3000, false);
  });
}
