import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** How a backup's keys are encrypted, and a number that grows with each change of them. */
type Backup = { algorithm: string; auth_data: JsonObject; etag: number };

/** A key as clients back it up. */
export type BackedUpKey = {
  first_message_index: number;
  forwarded_count: number;
  is_verified: boolean;
  session_data: Json;
};

export type BackupEntry = { room: string; session: string; key: BackedUpKey };

/** What a request is about: everything, a room, or one session of it. */
export type BackupPart = { room?: string; session?: string };

/** What is told of a backup after each change. */
export type BackupState = { etag: string; count: number };

/**
 * Keys that clients keep here, encrypted. Versions count up from 1 for each user, and none is used twice.
 * https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups
 */
export class KeyBackups {
  readonly #versions: Table<Backup | { deleted: true }>;
  readonly #keys: Table<BackupEntry>;
  /** User → how many versions there ever were. */
  readonly #newest = new Map<string, number>();
  /** User and version → room → session → key. */
  readonly #contents = new Map<string, Map<string, Map<string, BackedUpKey>>>();

  constructor(store: Store) {
    this.#versions = store.table<Backup | { deleted: true }>("key-backups");
    this.#keys = store.table<BackupEntry>("backed-up-keys");
    for (const [key] of this.#versions.entries()) {
      const [userId, version] = partsOf(key, 2) as [string, string];
      this.#newest.set(userId, Math.max(Number(version), this.#newest.get(userId) ?? 0));
    }
    for (const [tableKey, { room, session, key }] of this.#keys.entries()) {
      const [userId, version] = partsOf(tableKey, 3) as [string, string];
      this.#roomIn(keyOf(userId, version), room).set(session, key);
    }
  }

  create(userId: string, algorithm: string, authData: JsonObject): string {
    const version = String((this.#newest.get(userId) ?? 0) + 1);
    this.#newest.set(userId, Number(version));
    this.#versions.set(keyOf(userId, version), { algorithm, auth_data: authData, etag: 0 });
    return version;
  }

  /** The version that keys can be written to: the newest that is not deleted. */
  currentVersion(userId: string): string | undefined {
    for (let version = this.#newest.get(userId) ?? 0; version > 0; version--) {
      if (this.get(userId, String(version))) return String(version);
    }
    return undefined;
  }

  get(userId: string, version: string): Backup | undefined {
    const backup = this.#versions.get(keyOf(userId, version));
    return backup && "deleted" in backup ? undefined : backup;
  }

  wasDeleted(userId: string, version: string): boolean {
    return "deleted" in (this.#versions.get(keyOf(userId, version)) ?? {});
  }

  setAuthData(userId: string, version: string, authData: JsonObject): void {
    this.#versions.set(keyOf(userId, version), { ...this.get(userId, version)!, auth_data: authData });
  }

  delete(userId: string, version: string): void {
    for (const entry of this.entries(userId, version)) this.#keys.delete(tableKey(userId, version, entry));
    this.#contents.delete(keyOf(userId, version));
    this.#versions.set(keyOf(userId, version), { deleted: true });
  }

  /** The account is gone. */
  deleteAll(userId: string): void {
    for (let version = this.#newest.get(userId) ?? 0; version > 0; version--) {
      if (this.get(userId, String(version))) this.delete(userId, String(version));
    }
  }

  state(userId: string, version: string): BackupState {
    let count = 0;
    for (const sessions of this.#contents.get(keyOf(userId, version))?.values() ?? []) count += sessions.size;
    return { etag: String(this.get(userId, version)!.etag), count };
  }

  entries(userId: string, version: string, part: BackupPart = {}): BackupEntry[] {
    const rooms = this.#contents.get(keyOf(userId, version)) ?? new Map<string, Map<string, BackedUpKey>>();
    const entries: BackupEntry[] = [];
    for (const [room, sessions] of rooms) {
      if (part.room !== undefined && part.room !== room) continue;
      for (const [session, key] of sessions) {
        if (part.session === undefined || part.session === session) entries.push({ room, session, key });
      }
    }
    return entries;
  }

  /** Keeps of each session the better key. */
  put(userId: string, version: string, entries: readonly BackupEntry[]): void {
    let hasChanged = false;
    for (const entry of entries) {
      const sessions = this.#roomIn(keyOf(userId, version), entry.room);
      const held = sessions.get(entry.session);
      if (held && !isBetterKey(entry.key, held)) continue;
      sessions.set(entry.session, entry.key);
      this.#keys.set(tableKey(userId, version, entry), entry);
      hasChanged = true;
    }
    if (hasChanged) this.#touch(userId, version);
  }

  drop(userId: string, version: string, part: BackupPart): void {
    const entries = this.entries(userId, version, part);
    const rooms = this.#contents.get(keyOf(userId, version));
    for (const entry of entries) {
      rooms!.get(entry.room)!.delete(entry.session);
      this.#keys.delete(tableKey(userId, version, entry));
    }
    if (entries.length > 0) this.#touch(userId, version);
  }

  #touch(userId: string, version: string): void {
    const backup = this.get(userId, version)!;
    this.#versions.set(keyOf(userId, version), { ...backup, etag: backup.etag + 1 });
  }

  #roomIn(backup: string, room: string): Map<string, BackedUpKey> {
    let rooms = this.#contents.get(backup);
    if (!rooms) {
      rooms = new Map();
      this.#contents.set(backup, rooms);
    }
    let sessions = rooms.get(room);
    if (!sessions) {
      sessions = new Map();
      rooms.set(room, sessions);
    }
    return sessions;
  }
}

/** Which of two keys for the same session is kept. https://spec.matrix.org/v1.19/client-server-api/#server-side-key-backups */
export function isBetterKey(fresh: BackedUpKey, held: BackedUpKey): boolean {
  // If the keys have different values for is_verified, keep the key that has is_verified set to true.
  if (fresh.is_verified !== held.is_verified) return fresh.is_verified;
  // If they have the same values for is_verified, keep the key with a lower first_message_index.
  if (fresh.first_message_index !== held.first_message_index) {
    return fresh.first_message_index < held.first_message_index;
  }
  // If is_verified and first_message_index are equal, keep the key with a lower forwarded_count.
  return fresh.forwarded_count < held.forwarded_count;
}

/** Rooms and sessions are named by clients: encoded, they can hold anything. */
function tableKey(userId: string, version: string, { room, session }: BackupEntry): string {
  return keyOf(userId, version, JSON.stringify([room, session]));
}
