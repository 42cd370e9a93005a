import { decodeBase64 } from "../../protocol/base64.ts";
import { isJsonObject, type Json, ownValue } from "../../protocol/json.ts";
import { signingBytes } from "../../protocol/signatures.ts";

/**
 * Are a device's keys signed by the device itself? Where they are not, somebody else has made or changed them. Undefined
 * where this browser cannot tell.
 * https://spec.matrix.org/v1.19/client-server-api/#device-keys
 */
export async function isSignedByItself(keys: Json | undefined): Promise<boolean | undefined> {
  if (!isJsonObject(keys)) return false;
  const id = `ed25519:${String(keys.device_id)}`;
  const publicKey = member(keys.keys, id);
  const signature = member(member(keys.signatures, String(keys.user_id)), id);
  if (typeof publicKey !== "string" || typeof signature !== "string") return false;
  if (!globalThis.crypto?.subtle) return undefined;
  try {
    const key = await crypto.subtle.importKey("raw", bytes(publicKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, bytes(signature), copied(signingBytes(keys)));
  } catch (error) {
    return error instanceof DOMException && error.name === "NotSupportedError" ? undefined : false;
  }
}

function member(object: Json | undefined, name: string): Json | undefined {
  return isJsonObject(object) ? ownValue(object, name) : undefined;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return copied(decodeBase64(base64));
}

function copied(from: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(from);
}
