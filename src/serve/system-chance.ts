import type { Chance } from "../homeserver/ports.ts";

/** The machine's own source of chance, fit for keys. */
export const systemChance: Chance = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
