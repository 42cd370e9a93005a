import { setImmediate as nextTurn } from "node:timers/promises";
import type { Journal, MediaBytes } from "../homeserver/ports.ts";

/** Writes nothing down: what the homeserver holds in memory is all there is, and ends with the process. */
export function noJournal(): Journal {
  return {
    // What comes in at once is answered at once: hot caches do more than quick answers to the first.
    append: () => nextTurn(),
    async *read() {},
  };
}

export function memoryMedia(): MediaBytes {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (name, bytes) => void files.set(name, bytes),
    get: async (name) => files.get(name),
    delete: async (name) => void files.delete(name),
  };
}
