import { eventIdOfBytes, hasRightContentHash } from "../../protocol/hashes.ts";
import { serverOf } from "../../protocol/identifiers.ts";
import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { pduFault } from "../../protocol/pdu-check.ts";
import { redact } from "../../protocol/redaction.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import { requiredSigners, signingBytes } from "../../protocol/signatures.ts";
import type { Keyring } from "./keyring.ts";

/** An event that is what its senders signed. */
export type CheckedPdu = {
  id: string;
  /** Redacted, if its content is not what it was. */
  pdu: Pdu;
  /** The servers whose signatures were found good. */
  signedBy: ReadonlySet<string>;
};

/**
 * The first three checks on an event that comes from elsewhere. What does not pass is dropped.
 * https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu
 * @param options `backfill`: history may break limits that events have today; `known`: events that have passed all
 * this before.
 */
export async function checkPdu(
  keyring: Keyring,
  version: RoomVersion,
  value: Json,
  options: { backfill?: boolean; known?: (id: string) => Pdu | undefined } = {},
): Promise<CheckedPdu | Refusal> {
  // 1. Is a valid event, otherwise it is dropped.
  const fault = pduFault(value, version, options);
  if (fault) return fault;
  // What others put into `unsigned` nobody has signed.
  const { unsigned: _, ...pdu } = value as Pdu;
  const redacted = redact(pdu, version);
  const bytes = signingBytes(redacted);
  const id = eventIdOfBytes(bytes);
  const known = options.known?.(id);
  if (known) {
    const signers = requiredSigners(known, version).filter((server) =>
      Object.hasOwn(known.signatures, server),
    );
    return { id, pdu: known, signedBy: new Set(signers) };
  }
  // 2. Passes signature checks, otherwise it is dropped.
  const signedBy = new Set<string>();
  let isForged = false;
  for (const server of requiredSigners(pdu, version)) {
    const isSigned = await isSignedBy(keyring, pdu, server, bytes);
    if (isSigned) signedBy.add(server);
    else if (isSigned === undefined) {
      return { code: "federation/no-key", facts: { server, sender: pdu.sender } };
    } else if (server === serverOf(pdu.sender)) {
      return { code: "federation/bad-signature", facts: { server, sender: pdu.sender } };
    }
    // Without the signature of the server that let somebody in it is rejected, and not dropped.
    else isForged = true;
  }
  // 3. Passes hash checks, otherwise it is redacted before being processed further.
  const isWhole = hasRightContentHash(pdu);
  const kept = isWhole ? pdu : redacted;
  const signatures = isForged ? withoutOthers(kept.signatures, signedBy) : kept.signatures;
  return { id, pdu: { ...kept, signatures }, signedBy };
}

/** Later checks go by the signatures that are there: those that were found bad must not be. */
function withoutOthers(signatures: Pdu["signatures"], servers: ReadonlySet<string>): Pdu["signatures"] {
  return Object.fromEntries(Object.entries(signatures).filter(([server]) => servers.has(server)));
}

/** Whether one of a server's signatures on an event is good; `undefined` where the key for one cannot be had. */
async function isSignedBy(
  keyring: Keyring,
  pdu: Pdu,
  server: string,
  bytes: Uint8Array,
): Promise<boolean | undefined> {
  const signatures = Object.hasOwn(pdu.signatures, server) ? pdu.signatures[server]! : {};
  const purpose = { signedAt: pdu.origin_server_ts };
  let isSigned: boolean | undefined = false;
  for (const [keyId, signature] of Object.entries(signatures)) {
    if (!keyId.startsWith("ed25519:")) continue;
    const isGood = await keyring.verify(server, keyId, purpose, bytes, signature);
    if (isGood) return true;
    if (isGood === undefined) isSigned = undefined;
  }
  return isSigned;
}
