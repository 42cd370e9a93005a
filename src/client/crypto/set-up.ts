import type { MatrixClient } from "matrix-js-sdk";
import type { BeforeSetUp } from "./before-set-up.ts";
import { machineOf } from "./crypto-machine.ts";
import { readIdentity } from "./read-crypto.ts";

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
