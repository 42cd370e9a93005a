import type { MatrixClient } from "matrix-js-sdk";
import type { HeldSession, KnownPerson, OwnCrypto } from "./crypto-fact.ts";
import { cryptoOf, machineOf } from "./crypto-machine.ts";
import { type ExportedSession, firstIndex } from "./session-index.ts";

const crossSigningSecrets = [
  "m.cross_signing.master",
  "m.cross_signing.self_signing",
  "m.cross_signing.user_signing",
] as const;
const secretNames = [...crossSigningSecrets, "m.megolm_backup.v1"] as const;

/** What the device's crypto has and knows of its own account, now. */
export async function readOwnCrypto(client: MatrixClient): Promise<OwnCrypto> {
  const crypto = cryptoOf(client);
  const machine = machineOf(client);
  const user = client.getSafeUserId();
  const [keys, published, mine, status, counts] = await Promise.all([
    crypto.getOwnDeviceKeys(),
    crypto.getUserCrossSigningKeys(user),
    crypto.getDeviceVerificationStatus(user, client.getDeviceId() ?? ""),
    machine.crossSigningStatus(),
    machine.roomKeyCounts(),
  ]);
  const identity = published && identityOf(published);
  return {
    keys,
    ...(identity && { identity }),
    verified: mine?.crossSigningVerified ?? false,
    privateKeys: {
      master: status.hasMaster,
      selfSigning: status.hasSelfSigning,
      userSigning: status.hasUserSigning,
    },
    secretStorage: await readSecretStorage(client),
    backup: await readBackup(client),
    messageKeys: { held: counts.total, backedUp: counts.backedUp },
  };
}

type CrossSigningKey = { keys: Record<string, string> };

function identityOf(published: {
  master_key?: CrossSigningKey;
  self_signing_key?: CrossSigningKey;
  user_signing_key?: CrossSigningKey;
}): OwnCrypto["identity"] {
  const master = publicKey(published.master_key);
  const selfSigning = publicKey(published.self_signing_key);
  const userSigning = publicKey(published.user_signing_key);
  if (master === undefined) return undefined;
  return {
    master,
    ...(selfSigning !== undefined && { selfSigning }),
    ...(userSigning !== undefined && { userSigning }),
  };
}

/** A cross-signing key has one key, named by itself. */
function publicKey(key: CrossSigningKey | undefined): string | undefined {
  return Object.values(key?.keys ?? {})[0];
}

async function readSecretStorage(client: MatrixClient): Promise<OwnCrypto["secretStorage"]> {
  const storage = client.secretStorage;
  const key = await storage.getDefaultKeyId();
  if (key === null) return { passphrase: false, secrets: [] };
  const described = await storage.getKey(key);
  const stored = await Promise.all(secretNames.map((name) => storage.isStored(name)));
  return {
    key,
    passphrase: described?.[1].passphrase !== undefined,
    secrets: secretNames.filter((_name, index) => stored[index] && key in stored[index]),
  };
}

async function readBackup(client: MatrixClient): Promise<OwnCrypto["backup"]> {
  const crypto = cryptoOf(client);
  const [active, info, secret] = await Promise.all([
    crypto.getActiveSessionBackupVersion(),
    crypto.getKeyBackupInfo(),
    machineOf(client).getBackupKeys(),
  ]);
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
export async function readPerson(client: MatrixClient, user: string): Promise<KnownPerson> {
  const crypto = cryptoOf(client);
  const [devices, published, status] = await Promise.all([
    crypto.getUserDeviceInfo([user]).then((people) => [...(people.get(user)?.values() ?? [])]),
    crypto.getUserCrossSigningKeys(user),
    crypto.getUserVerificationStatus(user),
  ]);
  const identity = published && identityOf(published);
  const known = await Promise.all(
    devices.map(async (device) => {
      const trust = await crypto.getDeviceVerificationStatus(user, device.deviceId);
      return {
        id: device.deviceId,
        ...(device.displayName !== undefined && { name: device.displayName }),
        keys: { ed25519: device.getFingerprint() ?? "", curve25519: device.getIdentityKey() ?? "" },
        signed: trust?.signedByOwner ?? false,
        verified: trust?.crossSigningVerified ?? false,
      };
    }),
  );
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
