import { forgetCrypto } from "../client/crypto/load-crypto.ts";
import { deleteAllWorlds } from "../world/storage/world-registry.ts";
import { kept } from "./kept.ts";
import { SavedPlaces } from "./session/saved-places.ts";

/** Deletes all that Homeroom keeps in this browser. False where some of it is still held. */
export async function deleteEverything(): Promise<boolean> {
  new SavedPlaces(kept).deleteAll();
  try {
    await Promise.all([deleteAllWorlds(), forgetCrypto()]);
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}
