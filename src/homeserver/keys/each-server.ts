import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { errorAnswer } from "../http/errors.ts";
import type { Server } from "../server.ts";

/**
 * Asks the other servers of some users, all at once and each for all of its users.
 * @returns the servers that failed, with the error of each.
 */
export async function eachServer(
  server: Server,
  userIds: readonly string[],
  ask: (destination: string, users: string[]) => Promise<Refusal | undefined>,
): Promise<JsonObject> {
  const foreign = userIds.filter((userId) => !server.accounts.isLocal(userId));
  if (foreign.length === 0) return {};
  const failures: [string, JsonObject][] = [];
  const byServer = Map.groupBy(foreign, (userId) => serverOf(userId) ?? "");
  const asked = [...byServer].map(async ([destination, users]) => {
    // What is no user id is nobody's.
    const failure = destination === "" ? undefined : await ask(destination, users);
    if (failure) failures.push([destination, errorAnswer(failure).body as JsonObject]);
  });
  await Promise.all(asked);
  return Object.fromEntries(failures);
}
