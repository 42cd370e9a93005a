import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { Server } from "../server.ts";
import { tellDevice, tellOneTimeKeys } from "./key-facts.ts";
import { algorithmOf } from "./one-time-keys.ts";
import {
  publicKeyOf,
  signatureState,
  signaturesOf,
  unsignedForm,
  withOnlySignaturesOf,
  withSignaturesOf,
} from "./signed-json.ts";

/** What a device publishes of itself. */
export type KeyUpload = {
  device_keys?: JsonObject | undefined;
  one_time_keys?: Record<string, Json> | undefined;
  fallback_keys?: Record<string, Json> | undefined;
};

/**
 * Why an upload for a device is refused as a whole; `undefined` if nothing is wrong with it.
 *
 * A signature that is false is refused. One of which only clients can say what it is worth, because it or the
 * key is none of Ed25519's, is theirs to judge, as all of them are in the end.
 */
export async function uploadFault(
  server: Server,
  userId: string,
  deviceId: string,
  upload: KeyUpload,
): Promise<Refusal | undefined> {
  const { device_keys: deviceKeys, one_time_keys: oneTime = {}, fallback_keys: fallbacks = {} } = upload;
  if (deviceKeys && (deviceKeys.user_id !== userId || deviceKeys.device_id !== deviceId)) {
    return {
      code: "keys/other-device",
      facts: { user: String(deviceKeys.user_id), device: String(deviceKeys.device_id) },
    };
  }
  const algorithms = Object.keys(fallbacks).map(algorithmOf);
  if (new Set(algorithms).size < algorithms.length) return { code: "keys/two-fallbacks", facts: {} };
  const keyId = `ed25519:${deviceId}`;
  const identity = deviceKeys ?? server.keys.devices.get(userId, deviceId);
  const publicKey = identity && publicKeyOf(identity, keyId);
  if (publicKey === undefined) return undefined;
  const signed = [
    ...(deviceKeys ? [deviceKeys] : []),
    ...Object.values(oneTime),
    ...Object.values(fallbacks),
  ];
  const states = signed.map((object) =>
    typeof object === "string"
      ? undefined
      : signatureState(server.ports.signer, object as JsonObject, { user: userId, keyId, publicKey }),
  );
  return (await Promise.all(states)).includes("false")
    ? { code: "keys/false-signature", facts: { key: keyId } }
    : undefined;
}

/** Keeps an upload that has no {@link uploadFault}, unless one of its keys is here with another content. */
export function keepUpload(
  server: Server,
  userId: string,
  deviceId: string,
  upload: KeyUpload,
): Refusal | undefined {
  const { device_keys: deviceKeys, one_time_keys: oneTime = {}, fallback_keys: fallbacks = {} } = upload;
  const { keys } = server;
  const held = keys.devices.get(userId, deviceId);
  const isNewIdentity = held && deviceKeys && !sameJson(held.keys, deviceKeys.keys);
  if (!isNewIdentity) {
    const conflict = keys.oneTime.conflict(userId, deviceId, oneTime);
    if (conflict !== undefined) return { code: "keys/one-time-key-exists", facts: { key: conflict } };
  }
  // What the identity before signed is of no use to anyone any more.
  else keys.oneTime.empty(userId, deviceId);
  if (Object.keys(oneTime).length > 0) keys.oneTime.add(userId, deviceId, oneTime);
  keys.oneTime.setFallbacks(userId, deviceId, fallbacks);
  if (isNewIdentity || Object.keys(oneTime).length + Object.keys(fallbacks).length > 0) {
    tellOneTimeKeys(server, userId, deviceId);
  }
  if (deviceKeys) keepDeviceKeys(server, userId, deviceId, deviceKeys);
  return undefined;
}

function keepDeviceKeys(server: Server, userId: string, deviceId: string, uploaded: JsonObject): void {
  const { devices, lists } = server.keys;
  const held = devices.get(userId, deviceId);
  const { unsigned: _, ...own } = withOnlySignaturesOf(uploaded, userId);
  // It is there in any case: the specification wants it.
  const deviceKeys: JsonObject = { signatures: {}, ...own };
  // The same keys again do not undo what was signed of them since.
  const kept =
    held && sameJson(unsignedForm(held), unsignedForm(deviceKeys))
      ? withSignaturesOf(held, userId, signaturesOf(deviceKeys, userId))
      : deviceKeys;
  if (sameJson(held, kept)) return;
  devices.set(userId, deviceId, kept);
  tellDevice(server, userId, deviceId);
  lists.changed(userId, [deviceId]);
}
