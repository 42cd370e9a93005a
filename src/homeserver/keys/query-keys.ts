import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";

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
  return name === undefined ? keys : { ...keys, unsigned: { device_display_name: name } };
}

/** As it goes over the wire. */
export function keyAnswerJson(answer: KeyAnswer): JsonObject {
  return Object.fromEntries(
    Object.entries(answer).map(([name, byUser]) => [name, Object.fromEntries(byUser)]),
  );
}

/** Of another server's answer, what has the right shape. */
export function objectsIn(value: Json | undefined): [string, JsonObject][] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
}

/** Asks for keys wherever they are. */
export async function queryKeys(
  server: Server,
  userId: string,
  query: KeyQuery,
  _timeout: number,
): Promise<JsonObject> {
  const answer = emptyKeyAnswer();
  addLocalKeys(server, answer, query, userId);
  return { ...keyAnswerJson(answer), failures: {} };
}
