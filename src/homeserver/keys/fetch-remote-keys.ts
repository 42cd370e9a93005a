import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";
import { type RemoteKeys, readDeviceList, readQueriedKeys } from "./remote-keys.ts";

/** What was found of a server's users, and why not more. */
export type FoundKeys = { keys: Map<string, RemoteKeys>; failure?: Refusal };

/**
 * The keys of users of one other server: those that are known and sure, and one request for all others.
 * @param timeout milliseconds.
 */
export async function remoteKeysOf(
  server: Server,
  destination: string,
  users: readonly string[],
  timeout: number,
): Promise<FoundKeys> {
  const { remote } = server.keys;
  const keys = new Map<string, RemoteKeys>();
  const stale = users.filter((userId) => remote.isStale(userId));
  await Promise.all(stale.map((userId) => resync(server, userId, timeout)));
  const missing: string[] = [];
  for (const userId of users) {
    const known = remote.get(userId);
    if (known) keys.set(userId, known);
    else missing.push(userId);
  }
  if (missing.length === 0) return { keys };
  const heard = new Map(missing.map((userId) => [userId, remote.heard(userId)]));
  const answer = await server.federation.request(destination, {
    method: "POST",
    path: "/_matrix/federation/v1/user/keys/query",
    body: { device_keys: Object.fromEntries(missing.map((userId) => [userId, []])) },
    timeLimit: timeout,
  });
  if (isRefusal(answer)) return { keys, failure: answer };
  for (const userId of missing) {
    const read = readQueriedKeys(answer, userId);
    if (!read) continue;
    keys.set(userId, read);
    remote.keep(userId, read, heard.get(userId)!);
  }
  return { keys };
}

/**
 * Fetches a user's device list anew, with the stream id at which it stands. Those who need it at the same time
 * share one request. Whether it came shows in `keys.remote`.
 */
export function resync(server: Server, userId: string, timeout?: number): Promise<void> {
  const { remote } = server.keys;
  return remote.fetching(userId, async () => {
    const heard = remote.heard(userId);
    const answer = await server.federation.request(userId.slice(userId.indexOf(":") + 1), {
      method: "GET",
      path: `/_matrix/federation/v1/user/devices/${encodeURIComponent(userId)}`,
      ...(timeout !== undefined && { timeLimit: timeout }),
    });
    const list = isRefusal(answer) ? undefined : readDeviceList(answer, userId);
    if (list) remote.keep(userId, list, heard);
  });
}
