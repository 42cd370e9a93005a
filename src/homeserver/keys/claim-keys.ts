import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { tellOneTimeKeys } from "./key-facts.ts";

/** User → device → algorithm. */
export type KeyClaim = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** User → device → the key, by its id. */
export type ClaimedKeys = Map<string, JsonObject>;

/**
 * Gives out a key of each device of users of this server; devices without any are left out.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysclaim
 * @param by who gets them: a user, or a server for one of its own.
 */
export function claimLocalKeys(server: Server, claim: KeyClaim, by: string): ClaimedKeys {
  const claimed: ClaimedKeys = new Map();
  for (const [user, devices] of Object.entries(claim)) {
    const found: [string, Json][] = [];
    for (const [device, algorithm] of Object.entries(devices)) {
      const key = server.keys.oneTime.claim(user, device, algorithm);
      if (!key) continue;
      found.push([device, { [key.id]: key.key }]);
      const { id, isFallback } = key;
      server.ports.report({ type: "one-time-key-claimed", user, device, key: id, by, isFallback });
      tellOneTimeKeys(server, user, device);
    }
    if (found.length > 0) claimed.set(user, Object.fromEntries(found));
  }
  return claimed;
}

/** Claims keys wherever they are. */
export async function claimKeys(
  server: Server,
  userId: string,
  claim: KeyClaim,
  _timeout: number,
): Promise<JsonObject> {
  const claimed = claimLocalKeys(server, claim, userId);
  return { one_time_keys: Object.fromEntries(claimed), failures: {} };
}
