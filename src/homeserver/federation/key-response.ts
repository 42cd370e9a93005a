import { decodeBase64 } from "../../protocol/base64.ts";
import { canonicalFault } from "../../protocol/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { signingBytes } from "../../protocol/signatures.ts";
import type { Signer } from "../ports.ts";

/**
 * A key of another server. One that signs now counts until `validUntil`, one that did counts for what was signed
 * up to `expired`. Milliseconds since 1970.
 */
export type ServerKey = { key: string; validUntil?: number; expired?: number };

/** A server's keys, as it has signed them itself. */
export type ServerKeys = {
  keys: Record<string, ServerKey>;
  validUntil: number;
  /** As it came, for who asks this server instead. */
  response: JsonObject;
};

/**
 * Reads and checks what a server says about its keys: it has to be signed with one of them.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixkeyv2server
 */
export async function readServerKeys(
  response: Json,
  server: string,
  signer: Signer,
): Promise<ServerKeys | Refusal> {
  const bad: Refusal = { code: "federation/bad-keys", facts: { server } };
  if (!isJsonObject(response) || canonicalFault(response)) return bad;
  const { server_name, valid_until_ts: validUntil } = response;
  if (server_name !== server || typeof validUntil !== "number" || !Number.isSafeInteger(validUntil))
    return bad;
  const keys: Record<string, ServerKey> = {};
  for (const [keyId, key] of entriesOf(response.old_verify_keys)) {
    const expired = isJsonObject(key) ? key.expired_ts : undefined;
    const text = keyText(key);
    if (text !== undefined && Number.isSafeInteger(expired))
      keys[keyId] = { key: text, expired: Number(expired) };
  }
  let isSigned = false;
  const message = signingBytes(response);
  const bySelf = isJsonObject(response.signatures) ? response.signatures[server] : undefined;
  for (const [keyId, key] of entriesOf(response.verify_keys)) {
    const text = keyText(key);
    if (text === undefined) continue;
    const signature = isJsonObject(bySelf) ? bySelf[keyId] : undefined;
    const bytes = bytesOf(signature, 64);
    if (bytes && !(await signer.verify(bytesOf(text, 32)!, message, bytes))) return bad;
    isSigned ||= bytes !== undefined;
    keys[keyId] = { key: text, validUntil };
  }
  return isSigned ? { keys, validUntil, response } : bad;
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value).filter(([keyId]) => /^ed25519:\w+$/.test(keyId)) : [];
}

function keyText(value: Json): string | undefined {
  const text = isJsonObject(value) ? value.key : undefined;
  return typeof text === "string" && bytesOf(text, 32) ? text : undefined;
}

/** The bytes of a text in base64; `undefined` if it is not exactly so many. */
export function bytesOf(text: unknown, length: number): Uint8Array | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const bytes = decodeBase64(text);
    return bytes.length === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}
