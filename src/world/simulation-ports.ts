import type { SimulationPorts } from "../simulation/simulation.ts";
import { memoryStorage } from "../simulation/storage.ts";
import { browserSigner } from "./browser-signer.ts";
import { browserTicker } from "./browser-ticker.ts";
import { canvasThumbnails } from "./canvas-thumbnails.ts";
import { practicePasswords } from "./practice-passwords.ts";

/** What a browser gives a simulation, in a worker and in a page alike. */
export async function browserPorts(): Promise<Omit<SimulationPorts, "happened" | "clockChanged">> {
  return {
    ticker: browserTicker(),
    signer: await browserSigner(),
    passwords: practicePasswords,
    thumbnails: canvasThumbnails,
    async openStorage(name) {
      if (name === undefined) return memoryStorage();
      const { indexedDbStorage } = await import("./storage/indexeddb-storage.ts");
      return indexedDbStorage(name);
    },
  };
}
