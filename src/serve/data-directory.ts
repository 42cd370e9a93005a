import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Journal, MediaBytes } from "../homeserver/ports.ts";
import { dataTables, sqliteJournal, sqliteMedia } from "./sqlite-journal.ts";

/** The key that a server signs with. */
export type SigningKey = { keyId: string; seed: Uint8Array };

/** All that a server keeps, in one SQLite file, which belongs to this process until {@link close}. */
export type DataDirectory = {
  journal: Journal;
  media: MediaBytes;
  signingKey: SigningKey;
  close(): void;
};

/** "HmRm": marks a file of ours. https://www.sqlite.org/pragma.html#pragma_application_id */
const applicationId = 0x48_6d_52_6d;
const formatVersion = 1;

/**
 * With a write-ahead log and `synchronous = NORMAL` a commit is in the hands of the operating system: it outlives
 * this process, however that ends (kill -9). A loss of power may take the last commits, never the file. Full
 * synchronisation would take some milliseconds of disk a message.
 */
const modes = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 4000;
`;

/**
 * Opens the data of a server, or begins them.
 * @param newKey makes the signing key of a new server
 * @returns what is wrong with the directory, in a sentence, where it cannot be used
 */
export function openDataDirectory(
  directory: string,
  serverName: string,
  newKey: () => SigningKey,
): DataDirectory | { fault: string } {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { fault: `${directory} cannot be made a directory (${(error as NodeJS.ErrnoException).code})` };
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(directory, "homeserver.db"));
    const signingKey = begin(database, serverName, newKey);
    if ("fault" in signingKey) {
      database.close();
      return { fault: `${directory} ${signingKey.fault}` };
    }
    const opened = database;
    return {
      journal: sqliteJournal(database),
      media: sqliteMedia(database),
      signingKey,
      close: () => opened.close(),
    };
  } catch (error) {
    database?.close();
    return { fault: `${directory} ${faultOf(error)}` };
  }
}

function begin(
  database: DatabaseSync,
  serverName: string,
  newKey: () => SigningKey,
): SigningKey | { fault: string } {
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  const found = database.prepare("PRAGMA application_id").get()?.application_id;
  const isNew = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.tables === 0;
  if (isNew) {
    const key = newKey();
    database.exec(modes);
    write(database, serverName, key);
    return key;
  }
  if (found !== applicationId) return { fault: "holds the database of another program" };
  database.exec(modes);
  const version = database.prepare("PRAGMA user_version").get()?.user_version;
  if (version !== formatVersion)
    return { fault: `has data of version ${version}, which this Homeroom does not read` };
  const check = database.prepare("PRAGMA quick_check(1)").get()?.quick_check;
  if (check !== "ok") return { fault: `is damaged: ${check}` };
  const server = database.prepare("SELECT name, key_id, seed FROM server").get();
  if (!server) return { fault: "is damaged: it has no signing key" };
  if (server.name !== serverName) return { fault: `has the data of ${server.name}, not of ${serverName}` };
  return { keyId: server.key_id as string, seed: server.seed as Uint8Array };
}

function write(database: DatabaseSync, serverName: string, { keyId, seed }: SigningKey): void {
  database.exec(`
    BEGIN;
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = ${formatVersion};
    CREATE TABLE server (name TEXT NOT NULL, key_id TEXT NOT NULL, seed BLOB NOT NULL) STRICT;
    ${dataTables}
  `);
  database.prepare("INSERT INTO server (name, key_id, seed) VALUES (?, ?, ?)").run(serverName, keyId, seed);
  database.exec("COMMIT");
}

/** https://www.sqlite.org/rescode.html */
function faultOf(error: unknown): string {
  const { errcode, errstr, message } = error as { errcode?: number; errstr?: string; message: string };
  // The first byte is the kind, the rest says more of it.
  const kind = errcode === undefined ? undefined : errcode & 0xff;
  if (kind === 5) return "is in use by another process";
  if (kind === 11 || kind === 26) return `is damaged: ${errstr}`;
  return `cannot be used: ${errstr ?? message}`;
}
