import { createHash } from "node:crypto";
import type { PasswordHasher } from "../../src/homeserver/ports.ts";
import { nodeSigner } from "../../src/serve/node-signer.ts";
import type { TrialPorts } from "../../src/simulation/trial/trial.ts";
import { browserTicker } from "../../src/world/browser-ticker.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("base64");

/** Passwords are no part of a trial. */
const passwords: PasswordHasher = {
  hash: async (password) => digest(password),
  verify: async (password, hashed) => digest(password) === hashed,
};

/** What a trial needs, on Node. */
export function trialPorts(): TrialPorts {
  return { turns: browserTicker(), signer: nodeSigner(), passwords };
}
