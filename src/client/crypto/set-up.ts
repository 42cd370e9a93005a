import type { MatrixClient } from "matrix-js-sdk";
import { machineOf } from "./crypto-machine.ts";
import { readIdentity } from "./read-crypto.ts";

/**
 * What an account had before a set-up began: the public master key of its identity, and the id of its secret storage's
 * key. Plain data. The SDK makes new ones on the device first and tells the homeserver afterwards, so that one which is
 * stopped in between leaves what looks whole here and is nowhere else.
 */
export type BeforeSetUp = { identity?: string; storage?: string };

/** What the account has now. */
export async function beforeSetUp(client: MatrixClient): Promise<BeforeSetUp> {
  const identity = (await readIdentity(client, client.getSafeUserId()))?.master;
  const storage = await client.secretStorage.getDefaultKeyId();
  return { ...(identity !== undefined && { identity }), ...(storage !== null && { storage }) };
}

/** Did a set-up that came to no end leave an identity on this device that its homeserver has never seen? */
export async function hasUnpublishedIdentity(client: MatrixClient, before: BeforeSetUp): Promise<boolean> {
  const user = client.getSafeUserId();
  const made = (await readIdentity(client, user))?.master;
  if (made === undefined || made === before.identity) return false;
  const { master_keys: published } = await client.downloadKeysForUsers([user]);
  return published?.[user] === undefined;
}

/** Has this device all private keys of the account's identity? */
export async function hasPrivateKeys(client: MatrixClient): Promise<boolean> {
  const status = await machineOf(client).crossSigningStatus();
  return status.hasMaster && status.hasSelfSigning && status.hasUserSigning;
}
