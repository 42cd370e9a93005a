import { isJsonObject, type Json, type JsonObject, ownValue } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { eachServer } from "./each-server.ts";
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

/** Claims keys wherever they are. Servers that do not answer in time, milliseconds, stand under `failures`. */
export async function claimKeys(
  server: Server,
  userId: string,
  claim: KeyClaim,
  timeout: number,
): Promise<JsonObject> {
  const claimed = claimLocalKeys(server, claim, userId);
  const failures = await eachServer(server, Object.keys(claim), async (destination, users) => {
    const wanted = Object.fromEntries(users.map((user) => [user, { ...claim[user] }]));
    const answer = await server.federation.request(destination, {
      method: "POST",
      path: "/_matrix/federation/v1/user/keys/claim",
      body: { one_time_keys: wanted },
      timeLimit: timeout,
    });
    if (isRefusal(answer)) return answer;
    for (const [user, devices] of Object.entries(wanted)) {
      const given = isJsonObject(answer.one_time_keys) ? ownValue(answer.one_time_keys, user) : undefined;
      // Only what was asked for: the other server has no say in whose keys these are.
      const found = Object.entries(isJsonObject(given) ? given : {}).filter(
        ([device, key]) => Object.hasOwn(devices, device) && isJsonObject(key),
      );
      if (found.length > 0) claimed.set(user, Object.fromEntries(found));
    }
    return undefined;
  });
  return { one_time_keys: Object.fromEntries(claimed), failures };
}
