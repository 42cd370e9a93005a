import type { HomeserverPorts } from "../homeserver/ports.ts";
import { memoryMedia, noJournal } from "./in-memory.ts";
import { nodeSigner } from "./node-signer.ts";
import { fullCost, type ScryptCost, scryptPasswords } from "./scrypt-passwords.ts";
import { systemChance } from "./system-chance.ts";
import { systemClock } from "./system-clock.ts";

type Choices = {
  passwordCost?: ScryptCost;
  /** Where everything is kept; in memory if absent. */
  data?: Pick<HomeserverPorts, "journal" | "media">;
};

/** What a homeserver needs of Node. It reaches no other host. */
export function nodePorts({ passwordCost = fullCost, data }: Choices = {}): HomeserverPorts {
  return {
    clock: systemClock,
    chance: systemChance,
    transport: { fetch: () => Promise.reject(new TypeError("This homeserver reaches no other host")) },
    signer: nodeSigner(),
    passwords: scryptPasswords(passwordCost),
    journal: data?.journal ?? noJournal(),
    media: data?.media ?? memoryMedia(),
    report(fact) {
      if (fact.type === "request-failed")
        console.error(`${fact.method} ${fact.path} failed: ${fact.message}`);
    },
  };
}
