import type { MatrixClient } from "matrix-js-sdk";
import { signedIn } from "./act-target.ts";
import { cryptoOf } from "./crypto/crypto-machine.ts";
import type { DeviceCrypto } from "./crypto/device-crypto.ts";
import { beforeSetUp, hasPrivateKeys, hasUnpublishedIdentity } from "./crypto/set-up.ts";
import type { DeviceClient } from "./device-client.ts";
import { challengeOf } from "./sign-up.ts";

/** What a person does to keep and to get their keys. */

/** Why a person's keys cannot be had. `wrong-key`: the recovery key or passphrase is another's. */
export type RecoveryFault =
  | "wrong-key"
  | "not-a-key"
  | "no-recovery"
  | "no-passphrase"
  | "secrets-missing"
  | "backup-other-version"
  | "backup-damaged";

/** What was kept does not open with what was given, or is not there. */
export class RecoveryFailure extends Error {
  readonly fault: RecoveryFault;

  constructor(fault: RecoveryFault) {
    super(`The keys cannot be recovered: ${fault}`);
    this.fault = fault;
  }
}

/** This client encrypts nothing. */
export class NoCrypto extends Error {}

export function withCrypto(device: DeviceClient): { client: MatrixClient; crypto: DeviceCrypto } {
  const client = signedIn(device);
  const { crypto } = device;
  if (!crypto) throw new NoCrypto();
  return { client, crypto };
}

/** Answers the homeserver's question who is asking, with the password. */
function withPassword(client: MatrixClient, password: string) {
  return async <Result>(request: (auth: never) => Promise<Result>): Promise<Result> => {
    try {
      return await request(null as never);
    } catch (error) {
      const challenge = challengeOf(error);
      if (!challenge) throw error;
      return request({
        type: "m.login.password",
        identifier: { type: "m.id.user", user: client.getSafeUserId() },
        password,
        ...(challenge.session !== undefined && { session: challenge.session }),
      } as never);
    }
  };
}

/**
 * Gives the account an identity, if it has none: cross-signing keys that this device makes and signs itself with.
 * https://spec.matrix.org/v1.19/client-server-api/#cross-signing
 */
export function setUpIdentity(device: DeviceClient, password: string): Promise<void> {
  return settingUp(device, () => makeIdentity(device, password));
}

async function makeIdentity(device: DeviceClient, password: string): Promise<void> {
  const { client } = withCrypto(device);
  const isUnpublished = await hasUnpublishedIdentity(client, device.kept.beforeSetUp ?? {});
  // The SDK would open the secret storage to see whether its keys are there, and this device need not have its key.
  if (!isUnpublished && (await hasPrivateKeys(client))) return;
  await cryptoOf(client).bootstrapCrossSigning({
    authUploadDeviceSigningKeys: withPassword(client, password) as never,
    setupNewCrossSigning: isUnpublished,
  });
}

/** Sets something up. Until it is at its end, also where that never comes, what was there before is all that counts. */
async function settingUp<Made>(device: DeviceClient, work: () => Promise<Made>): Promise<Made> {
  const { client, crypto } = withCrypto(device);
  device.setUp(device.kept.beforeSetUp ?? (await beforeSetUp(client)));
  try {
    const made = await work();
    device.setUp(undefined);
    return made;
  } finally {
    crypto.mirror.touch(client.getSafeUserId());
    await crypto.mirror.settled();
  }
}

/**
 * Keeps the account's secrets at the homeserver, encrypted, and message keys in a backup there. What opens them is
 * the recovery key, as text, that is returned: nothing else has it. A passphrase can stand for it.
 */
export function setUpRecovery(
  device: DeviceClient,
  { passphrase, password }: { passphrase?: string; password: string },
): Promise<string> {
  return settingUp(device, async () => {
    await makeIdentity(device, password);
    const api = cryptoOf(withCrypto(device).client);
    const made = await api.createRecoveryKeyFromPassphrase(passphrase);
    await api.bootstrapSecretStorage({
      createSecretStorageKey: async () => made,
      setupNewSecretStorage: true,
      setupNewKeyBackup: true,
    });
    return made.encodedPrivateKey ?? "";
  });
}

/**
 * Opens what is kept, with the recovery key or the passphrase: this device gets the identity's keys, is signed with
 * them, and gets the message keys of the backup. Resolves with how many of those.
 * @throws RecoveryFailure
 */
export async function recover(
  device: DeviceClient,
  given: { key: string } | { passphrase: string },
): Promise<number> {
  const { client, crypto } = withCrypto(device);
  const api = cryptoOf(client);
  const { id, key } = await secretStorageKey(client, given);
  crypto.secretKeys.use(id, key);
  const { secretStorageKeyValidityMap: secrets } = await api.getSecretStorageStatus();
  // A device that is new may not have asked yet for the public keys, and private ones are taken only where those are known.
  const hasIdentity = await api.userHasCrossSigningKeys();
  if (!hasIdentity || !secrets["m.cross_signing.master"]) throw new RecoveryFailure("secrets-missing");
  await api.bootstrapCrossSigning({});
  try {
    return await restoreBackup(client);
  } finally {
    crypto.mirror.touch(client.getSafeUserId());
    crypto.mirror.touchKeys();
  }
}

async function restoreBackup(client: MatrixClient): Promise<number> {
  const api = cryptoOf(client);
  const info = await api.getKeyBackupInfo();
  if (!info) return 0;
  if (!(await client.secretStorage.isStored("m.megolm_backup.v1"))) return 0;
  try {
    await api.loadSessionBackupPrivateKeyFromSecretStorage();
  } catch (error) {
    if ((error as Error).name === "DecryptionKeyDoesNotMatchError" || /does not match/.test(String(error)))
      throw new RecoveryFailure("backup-other-version");
    throw error;
  }
  await api.checkKeyBackupAndEnable();
  const { imported, total } = await api.restoreKeyBackup();
  if (total > 0 && imported === 0) throw new RecoveryFailure("backup-damaged");
  return imported;
}

/** The key of secret storage from what a person has written, checked against what is stored of it. */
async function secretStorageKey(
  client: MatrixClient,
  given: { key: string } | { passphrase: string },
): Promise<{ id: string; key: Uint8Array<ArrayBuffer> }> {
  const stored = await client.secretStorage.getKey();
  if (!stored) throw new RecoveryFailure("no-recovery");
  const [id, info] = stored;
  const key = "key" in given ? await decoded(given.key) : await derived(given.passphrase, info.passphrase);
  if (!(await client.secretStorage.checkKey(key, info))) throw new RecoveryFailure("wrong-key");
  return { id, key };
}

async function decoded(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { decodeRecoveryKey } = await import("matrix-js-sdk/lib/crypto-api/index.js");
  try {
    return decodeRecoveryKey(text.trim());
  } catch {
    throw new RecoveryFailure("not-a-key");
  }
}

async function derived(
  passphrase: string,
  info: { salt: string; iterations: number; bits?: number } | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!info) throw new RecoveryFailure("no-passphrase");
  const { deriveRecoveryKeyFromPassphrase } = await import("matrix-js-sdk/lib/crypto-api/index.js");
  return deriveRecoveryKeyFromPassphrase(passphrase, info.salt, info.iterations, info.bits);
}

/**
 * Gives the account a new identity, and drops the backup and the secrets: everyone sees that it is another one, and what
 * only the old keys open stays sealed.
 */
export function resetIdentity(device: DeviceClient, password: string): Promise<void> {
  const { client } = withCrypto(device);
  return settingUp(device, () => cryptoOf(client).resetEncryption(withPassword(client, password) as never));
}

/** Takes a person's changed identity as it is now, without verifying it. */
export async function acceptIdentity(device: DeviceClient, user: string): Promise<void> {
  const { client, crypto } = withCrypto(device);
  const api = cryptoOf(client);
  const status = await api.getUserVerificationStatus(user);
  if (status.wasCrossSigningVerified() && !status.isCrossSigningVerified())
    await api.withdrawVerificationRequirement(user);
  else await api.pinCurrentUserIdentity(user);
  crypto.mirror.touch(user);
}

/** The next message of this device in the room gets a new message key. */
export async function discardSession(device: DeviceClient, room: string): Promise<void> {
  const { client } = withCrypto(device);
  await cryptoOf(client).forceDiscardSession(room);
}
