import * as v from "valibot";
import { isJsonObject, type Json, type JsonObject, ownValue } from "../../protocol/json.ts";
import { publicPart } from "./cross-signing-keys.ts";
import { crossSigningKeyShape, deviceKeysShape } from "./key-shapes.ts";

export type RemoteDevice = { keys?: JsonObject; name?: string };

/** What is known of the keys of a user of another server. */
export type RemoteKeys = {
  devices: Record<string, RemoteDevice>;
  master?: JsonObject;
  selfSigning?: JsonObject;
};

/** `GET /user/devices/{userId}` gives them with a stream id. */
export type ResyncedKeys = RemoteKeys & { streamId: number };

/**
 * Reads what a server answers to `POST /user/keys/query` about one of its users; `undefined` if that is nothing.
 * What has a wrong shape is left out: clients would make nothing of it.
 */
export function readQueriedKeys(answer: JsonObject, userId: string): RemoteKeys | undefined {
  const devices = propertyOf(answer.device_keys, userId);
  if (!isJsonObject(devices)) return undefined;
  const read = Object.entries(devices).flatMap(([deviceId, value]): [string, RemoteDevice][] => {
    const keys = readDeviceKeys(value, userId, deviceId);
    const name =
      isJsonObject(value) && isJsonObject(value.unsigned) ? value.unsigned.device_display_name : undefined;
    return keys ? [[deviceId, { keys, ...(typeof name === "string" && { name }) }]] : [];
  });
  return {
    devices: Object.fromEntries(read),
    ...readCrossSigning(
      propertyOf(answer.master_keys, userId),
      propertyOf(answer.self_signing_keys, userId),
      userId,
    ),
  };
}

/** Reads the answer to `GET /user/devices/{userId}`; `undefined` if it is none. */
export function readDeviceList(answer: JsonObject, userId: string): ResyncedKeys | undefined {
  const { stream_id: streamId, devices } = answer;
  if (typeof streamId !== "number" || !Array.isArray(devices)) return undefined;
  const read = devices.filter(isJsonObject).flatMap((device): [string, RemoteDevice][] => {
    const { device_id: deviceId, device_display_name: name } = device;
    if (typeof deviceId !== "string") return [];
    const keys = readDeviceKeys(device.keys, userId, deviceId);
    return [[deviceId, { ...(keys && { keys }), ...(typeof name === "string" && { name }) }]];
  });
  return {
    streamId,
    devices: Object.fromEntries(read),
    ...readCrossSigning(answer.master_key, answer.self_signing_key, userId),
  };
}

/** A device's keys, without what its server says beside them. */
export function readDeviceKeys(
  value: Json | undefined,
  userId: string,
  deviceId: string,
): JsonObject | undefined {
  if (!isJsonObject(value) || !v.is(deviceKeysShape, value)) return undefined;
  if (value.user_id !== userId || value.device_id !== deviceId) return undefined;
  const { unsigned: _, ...keys } = value;
  return keys;
}

export function readCrossSigning(
  master: Json | undefined,
  selfSigning: Json | undefined,
  userId: string,
): Pick<RemoteKeys, "master" | "selfSigning"> {
  return {
    ...(isKeyOf(master, userId) && { master }),
    ...(isKeyOf(selfSigning, userId) && { selfSigning }),
  };
}

function isKeyOf(value: Json | undefined, userId: string): value is JsonObject {
  if (!isJsonObject(value) || !v.is(crossSigningKeyShape, value)) return false;
  return value.user_id === userId && publicPart(value) !== undefined;
}

function propertyOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? ownValue(value, name) : undefined;
}
