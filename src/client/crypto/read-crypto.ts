import { UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { MatrixClient } from "matrix-js-sdk";
import type { BeforeSetUp } from "./before-set-up.ts";
import type { HeldSession, KnownDevice, KnownPerson, OwnCrypto } from "./crypto-fact.ts";
import { cryptoOf, machineOf } from "./crypto-machine.ts";
import { type ExportedSession, firstIndex } from "./session-index.ts";

const crossSigningSecrets = [
  "m.cross_signing.master",
  "m.cross_signing.self_signing",
  "m.cross_signing.user_signing",
] as const;
const secretNames = [...crossSigningSecrets, "m.megolm_backup.v1"] as const;

/**
 * What the device's crypto has and knows of its own account, now.
 * @param before a set-up is under way, or came to no end: what it has made does not count yet
 */
export async function readOwnCrypto(client: MatrixClient, before?: BeforeSetUp): Promise<OwnCrypto> {
  const crypto = cryptoOf(client);
  const machine = machineOf(client);
  const user = client.getSafeUserId();
  // One after the other: a machine that is closed meanwhile throws at once, and leaves the others to fail unheard.
  const keys = await crypto.getOwnDeviceKeys();
  const mine = await crypto.getDeviceVerificationStatus(user, client.getDeviceId() ?? "");
  const identity = await publishedIdentity(client, user, before);
  const status = await machine.crossSigningStatus();
  const counts = await machine.roomKeyCounts();
  return {
    keys,
    ...(identity && { identity }),
    verified: (identity && mine?.crossSigningVerified) ?? false,
    privateKeys: {
      master: status.hasMaster,
      selfSigning: status.hasSelfSigning,
      userSigning: status.hasUserSigning,
    },
    secretStorage: await readSecretStorage(client, before),
    backup: await readBackup(client),
    messageKeys: { held: counts.total, backedUp: counts.backedUp },
  };
}

/** A person's public cross-signing keys. The SDK's own way to them leaves the store open for ever. */
export async function readIdentity(client: MatrixClient, user: string): Promise<OwnCrypto["identity"]> {
  const identity = await machineOf(client).getIdentity(new UserId(user));
  if (!identity) return undefined;
  try {
    return {
      master: publicKey(identity.masterKey),
      selfSigning: publicKey(identity.selfSigningKey),
      ...("userSigningKey" in identity && { userSigning: publicKey(identity.userSigningKey) }),
    };
  } finally {
    identity.free();
  }
}

/** As `readIdentity`, but for one of the own account's that a set-up has made and nobody else may know. */
async function publishedIdentity(
  client: MatrixClient,
  user: string,
  before: BeforeSetUp | undefined,
): Promise<OwnCrypto["identity"]> {
  const identity = await readIdentity(client, user);
  const isOwn = user === client.getSafeUserId();
  return isOwn && before && identity?.master !== before.identity ? undefined : identity;
}

/** A cross-signing key, as JSON, has one key, named by itself. */
function publicKey(key: string): string {
  return Object.values((JSON.parse(key) as { keys: Record<string, string> }).keys)[0] ?? "";
}

async function readSecretStorage(
  client: MatrixClient,
  before: BeforeSetUp | undefined,
): Promise<OwnCrypto["secretStorage"]> {
  const storage = client.secretStorage;
  const key = await storage.getDefaultKeyId();
  if (key === null || (before && key !== before.storage)) return { passphrase: false, secrets: [] };
  const described = await storage.getKey(key);
  const secrets: string[] = [];
  for (const name of secretNames) {
    const stored = await storage.isStored(name);
    if (stored && key in stored) secrets.push(name);
  }
  return { key, passphrase: described?.[1].passphrase !== undefined, secrets };
}

async function readBackup(client: MatrixClient): Promise<OwnCrypto["backup"]> {
  const crypto = cryptoOf(client);
  const active = await crypto.getActiveSessionBackupVersion();
  const info = await crypto.getKeyBackupInfo();
  const secret = await machineOf(client).getBackupKeys();
  const publicKey = info && "public_key" in info.auth_data ? info.auth_data.public_key : undefined;
  return {
    ...(info?.version !== undefined && { version: info.version }),
    ...(publicKey !== undefined && { publicKey }),
    active: active !== null && active === info?.version,
    readable:
      info?.version !== undefined &&
      secret.backupVersion === info.version &&
      secret.decryptionKey?.megolmV1PublicKey.publicKeyBase64 === publicKey,
  };
}

/** How the device's crypto sees a person, now. */
export async function readPerson(
  client: MatrixClient,
  user: string,
  before?: BeforeSetUp,
): Promise<KnownPerson> {
  const crypto = cryptoOf(client);
  const devices = (await crypto.getUserDeviceInfo([user])).get(user);
  const identity = await publishedIdentity(client, user, before);
  const isUnfinished = before !== undefined && !identity && user === client.getSafeUserId();
  const status = await crypto.getUserVerificationStatus(user);
  const known: KnownDevice[] = [];
  for (const device of devices?.values() ?? []) {
    const trust = await crypto.getDeviceVerificationStatus(user, device.deviceId);
    known.push({
      id: device.deviceId,
      ...(device.displayName !== undefined && { name: device.displayName }),
      keys: { ed25519: device.getFingerprint() ?? "", curve25519: device.getIdentityKey() ?? "" },
      signed: !isUnfinished && (trust?.signedByOwner ?? false),
      verified: !isUnfinished && (trust?.crossSigningVerified ?? false),
    });
  }
  return {
    user,
    ...(identity && {
      identity: {
        master: identity.master,
        ...(identity.selfSigning !== undefined && { selfSigning: identity.selfSigning }),
        verified: status.isCrossSigningVerified(),
        changed: status.needsUserApproval,
        wasVerified: status.wasCrossSigningVerified() && !status.isCrossSigningVerified(),
      },
    }),
    devices: known.sort((one, other) => one.id.localeCompare(other.id)),
  };
}

/** The message keys in the device's store, by room. The keys themselves are looked at for their index, and dropped. */
export async function readMessageKeys(client: MatrixClient): Promise<Map<string, HeldSession[]>> {
  const imported = new Set<string>();
  const exported = await machineOf(client).exportRoomKeys((session) => {
    if (session.hasBeenImported()) imported.add(session.sessionId);
    return true;
  });
  const byRoom = new Map<string, HeldSession[]>();
  for (const session of JSON.parse(exported) as ExportedSession[]) {
    const held = byRoom.get(session.room_id) ?? [];
    byRoom.set(session.room_id, held);
    held.push({
      session: session.session_id,
      sender: session.sender_key,
      index: firstIndex(session),
      imported: imported.has(session.session_id),
    });
  }
  for (const held of byRoom.values()) held.sort((one, other) => one.session.localeCompare(other.session));
  return byRoom;
}
