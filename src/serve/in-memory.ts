import type { Journal, MediaBytes } from "../homeserver/ports.ts";
import { endOfBurst } from "./end-of-burst.ts";

/** Writes nothing down: what the homeserver holds in memory is all there is, and ends with the process. */
export function noJournal(): Journal {
  return {
    // What comes in at once is answered at once: hot caches do more than quick answers to the first.
    gathered: endOfBurst,
    async append() {},
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
