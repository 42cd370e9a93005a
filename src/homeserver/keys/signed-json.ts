import { decodeBase64 } from "../../protocol/base64.ts";
import { CanonicalJsonError } from "../../protocol/canonical-json.ts";
import { isJsonObject, type Json, type JsonObject, ownValue } from "../../protocol/json.ts";
import { signingBytes } from "../../protocol/signatures.ts";
import type { Signer } from "../ports.ts";

/** User → key id → signature. */
export type Signatures = Record<string, Record<string, string>>;

/**
 * What is known of a signature: `good`, `false`, there is `none`, or it cannot be checked, because it or the key
 * has another form than those of Ed25519.
 */
export type SignatureState = "good" | "false" | "none" | "unreadable";

/** @param publicKey as it stands in JSON. */
export async function signatureState(
  signer: Signer,
  object: JsonObject,
  by: { user: string; keyId: string; publicKey: string },
): Promise<SignatureState> {
  const text = signatureOf(object, by.user, by.keyId);
  if (text === undefined) return "none";
  const signature = bytesOf(text, 64);
  const publicKey = bytesOf(by.publicKey, 32);
  if (!signature || !publicKey) return "unreadable";
  let signed: Uint8Array;
  try {
    signed = signingBytes(object);
  } catch (fault) {
    if (fault instanceof CanonicalJsonError) return "unreadable";
    throw fault;
  }
  // Some 32 bytes are no point of the curve: there are implementations that throw for them.
  const isGood = await signer.verify(publicKey, signed, signature).catch(() => false);
  return isGood ? "good" : "false";
}

export function signatureOf({ signatures }: JsonObject, user: string, keyId: string): string | undefined {
  const ofUser = isJsonObject(signatures) ? ownValue(signatures, user) : undefined;
  const signature = isJsonObject(ofUser) ? ownValue(ofUser, keyId) : undefined;
  return typeof signature === "string" ? signature : undefined;
}

/** Key ids and signatures of one user on an object; none where they are malformed. */
export function signaturesOf({ signatures }: JsonObject, user: string): [keyId: string, signature: string][] {
  const ofUser = isJsonObject(signatures) ? ownValue(signatures, user) : undefined;
  if (!isJsonObject(ofUser)) return [];
  return Object.entries(ofUser).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

/** A copy with more signatures by a user. */
export function withSignaturesOf(
  object: JsonObject,
  user: string,
  added: readonly (readonly [string, string])[],
): JsonObject {
  if (added.length === 0) return object;
  const signatures = isJsonObject(object.signatures) ? object.signatures : {};
  const all = [...signaturesOf(object, user), ...added];
  return { ...object, signatures: { ...signatures, [user]: Object.fromEntries(all) } };
}

/** A copy without what others have signed of it: whom somebody has verified is nobody's business. */
export function withOnlySignaturesOf(object: JsonObject, user: string): JsonObject {
  const own = signaturesOf(object, user);
  const { signatures: _, ...rest } = object;
  return own.length === 0 ? rest : { ...rest, signatures: { [user]: Object.fromEntries(own) } };
}

/** Without what is no part of what is signed. */
export function unsignedForm({ signatures: _, unsigned: __, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** A value of `keys`, by its id. */
export function publicKeyOf({ keys }: JsonObject, keyId: string): string | undefined {
  const value: Json | undefined = isJsonObject(keys) ? ownValue(keys, keyId) : undefined;
  return typeof value === "string" ? value : undefined;
}

function bytesOf(text: string, length: number): Uint8Array | undefined {
  try {
    const bytes = decodeBase64(text);
    return bytes.length === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}
