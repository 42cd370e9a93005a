import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { eachServer } from "./each-server.ts";
import { remoteKeysOf } from "./fetch-remote-keys.ts";
import type { RemoteKeys } from "./remote-keys.ts";

/** User → device ids; none means all. */
export type KeyQuery = Readonly<Record<string, readonly string[]>>;

/** Usage of the key, as answers name it → user → key. */
export type KeyAnswer = {
  device_keys: Map<string, JsonObject>;
  master_keys: Map<string, JsonObject>;
  self_signing_keys: Map<string, JsonObject>;
  user_signing_keys: Map<string, JsonObject>;
};

export function emptyKeyAnswer(): KeyAnswer {
  return {
    device_keys: new Map(),
    master_keys: new Map(),
    self_signing_keys: new Map(),
    user_signing_keys: new Map(),
  };
}

/**
 * Adds the keys of users of this server. Who is not known is left out.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery
 * @param viewer who asks: nobody else sees what they have signed of others. Absent: another server.
 */
export function addLocalKeys(server: Server, answer: KeyAnswer, query: KeyQuery, viewer?: string): void {
  const { crossSigning } = server.keys;
  for (const [userId, wanted] of Object.entries(query)) {
    if (!server.accounts.get(userId)) continue;
    answer.device_keys.set(userId, deviceKeysOf(server, userId, wanted));
    const master = crossSigning.masterFor(viewer, userId);
    if (master) answer.master_keys.set(userId, master);
    const selfSigning = crossSigning.get(userId, "self_signing");
    if (selfSigning) answer.self_signing_keys.set(userId, selfSigning);
    const userSigning = viewer === userId ? crossSigning.get(userId, "user_signing") : undefined;
    if (userSigning) answer.user_signing_keys.set(userId, userSigning);
  }
}

function deviceKeysOf(server: Server, userId: string, wanted: readonly string[]): JsonObject {
  const all = server.keys.devices.of(userId);
  const chosen = wanted.length === 0 ? all : [...all].filter(([deviceId]) => wanted.includes(deviceId));
  const found: [string, Json][] = [];
  for (const [deviceId, keys] of chosen) {
    found.push([deviceId, withDisplayName(keys, server.sessions.device(userId, deviceId)?.displayName)]);
  }
  return Object.fromEntries(found);
}

/** With what its server, and not the device itself, says of it. */
export function withDisplayName(keys: JsonObject, name: string | undefined): JsonObject {
  return { ...keys, unsigned: name === undefined ? {} : { device_display_name: name } };
}

/** As it goes over the wire. */
export function keyAnswerJson(answer: KeyAnswer): JsonObject {
  return Object.fromEntries(
    Object.entries(answer).map(([name, byUser]) => [name, Object.fromEntries(byUser)]),
  );
}

/** Asks for keys wherever they are. Servers that do not answer in time, milliseconds, stand under `failures`. */
export async function queryKeys(
  server: Server,
  viewer: string,
  query: KeyQuery,
  timeout: number,
): Promise<JsonObject> {
  const answer = emptyKeyAnswer();
  addLocalKeys(server, answer, query, viewer);
  const failures = await eachServer(server, Object.keys(query), async (destination, users) => {
    const found = await remoteKeysOf(server, destination, users, timeout);
    for (const [userId, keys] of found.keys) {
      addRemoteKeys(server, answer, { userId, keys, wanted: query[userId]!, viewer });
    }
    return found.failure;
  });
  return { ...keyAnswerJson(answer), failures };
}

function addRemoteKeys(
  server: Server,
  answer: KeyAnswer,
  {
    userId,
    keys,
    wanted,
    viewer,
  }: { userId: string; keys: RemoteKeys; wanted: readonly string[]; viewer: string },
): void {
  const devices = Object.entries(keys.devices).flatMap(([deviceId, device]): [string, Json][] => {
    const isWanted = wanted.length === 0 || wanted.includes(deviceId);
    return isWanted && device.keys ? [[deviceId, withDisplayName(device.keys, device.name)]] : [];
  });
  answer.device_keys.set(userId, Object.fromEntries(devices));
  const master = server.keys.crossSigning.masterFor(viewer, userId, keys.master);
  if (master) answer.master_keys.set(userId, master);
  if (keys.selfSigning) answer.self_signing_keys.set(userId, keys.selfSigning);
}
