import { decodeBase64 } from "./base64.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import { signingBytes } from "./signatures.ts";

/** One signature to verify with Ed25519. */
export type SignatureCheck = { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array };

/**
 * The checks of which one has to succeed for an invite that answers a third-party invite: every signature in
 * `third_party_invite.signed` with every public key of the `m.room.third_party_invite` event. Verifying is
 * asynchronous and not done here; the authorisation rules take the result as a fact.
 * https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite
 */
export function thirdPartyInviteChecks(invite: Pdu | UnsignedPdu, thirdPartyInvite: Pdu): SignatureCheck[] {
  const { third_party_invite: cited } = invite.content;
  const signed = isJsonObject(cited) ? cited.signed : undefined;
  if (!isJsonObject(signed)) return [];
  const message = signingBytes(signed);
  const keys = publicKeysOf(thirdPartyInvite.content).flatMap((key) => bytesOf(key, 32));
  return signaturesOf(signed).flatMap((signature) =>
    keys.map((publicKey) => ({ publicKey, message, signature })),
  );
}

/** `content.public_key`, and those of the list `content.public_keys`. */
function publicKeysOf(content: JsonObject): unknown[] {
  const list = Array.isArray(content.public_keys) ? content.public_keys : [];
  return [content.public_key, ...list.map((entry) => (isJsonObject(entry) ? entry.public_key : undefined))];
}

function signaturesOf(signed: JsonObject): Uint8Array[] {
  const byServer = isJsonObject(signed.signatures) ? Object.values(signed.signatures) : [];
  return byServer
    .filter(isJsonObject)
    .flatMap((byKey) => Object.entries(byKey).filter(([keyId]) => keyId.startsWith("ed25519:")))
    .flatMap(([, signature]) => bytesOf(signature, 64));
}

/** None if it is no base64 of that many bytes. */
function bytesOf(text: unknown, length: number): Uint8Array[] {
  if (typeof text !== "string") return [];
  try {
    const bytes = decodeBase64(text);
    return bytes.length === length ? [bytes] : [];
  } catch {
    return [];
  }
}
