import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { anyObject } from "../http/validate.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";

const noBackup: Refusal = { code: "request/not-found", facts: { what: "backup" } };

function backupJson({ keys }: Server, userId: string, version: string): JsonObject {
  const { algorithm, auth_data } = keys.backups.get(userId, version)!;
  return { algorithm, auth_data, version, ...keys.backups.state(userId, version) };
}

/** Tells the log how a backup stands now. */
export function tellBackup({ keys, ports }: Server, user: string, version: string): void {
  const exists = keys.backups.get(user, version) !== undefined;
  ports.report({
    type: "key-backup",
    user,
    version,
    ...(exists ? { keys: keys.backups.state(user, version).count } : { deleted: true }),
  });
}

/**
 * POST /_matrix/client/v3/room_keys/version
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3room_keysversion
 */
const create = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/room_keys/version",
  body: v.looseObject({ algorithm: v.string(), auth_data: anyObject }),
  handle({ server, session: { userId }, body }) {
    const version = server.keys.backups.create(userId, body.algorithm, body.auth_data);
    tellBackup(server, userId, version);
    return ok({ version });
  },
});

/**
 * GET /_matrix/client/v3/room_keys/version
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keysversion
 */
const getCurrent = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/room_keys/version",
  handle({ server, session: { userId } }) {
    const version = server.keys.backups.currentVersion(userId);
    return version === undefined ? noBackup : ok(backupJson(server, userId, version));
  },
});

/**
 * GET /_matrix/client/v3/room_keys/version/{version}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keysversionversion
 */
const getVersion = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/room_keys/version/{version}",
  handle: ({ server, session: { userId }, params: { version } }) =>
    server.keys.backups.get(userId, version) ? ok(backupJson(server, userId, version)) : noBackup,
});

/**
 * PUT /_matrix/client/v3/room_keys/version/{version}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keysversionversion
 */
const update = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/room_keys/version/{version}",
  body: v.looseObject({ algorithm: v.string(), auth_data: anyObject, version: v.optional(v.string()) }),
  handle({ server, session: { userId }, params: { version }, body }) {
    const backup = server.keys.backups.get(userId, version);
    if (!backup) return noBackup;
    const wrong = (name: string, expected: string, found: string): Refusal => ({
      code: "request/invalid-param",
      facts: { name, expected, found },
    });
    if (body.version !== undefined && body.version !== version)
      return wrong("version", version, body.version);
    if (body.algorithm !== backup.algorithm) return wrong("algorithm", backup.algorithm, body.algorithm);
    server.keys.backups.setAuthData(userId, version, body.auth_data);
    return ok({});
  },
});

/**
 * DELETE /_matrix/client/v3/room_keys/version/{version}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3room_keysversionversion
 */
const remove = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/room_keys/version/{version}",
  handle({ server, session: { userId }, params: { version } }) {
    const { backups } = server.keys;
    if (backups.get(userId, version)) {
      backups.delete(userId, version);
      tellBackup(server, userId, version);
    } else if (!backups.wasDeleted(userId, version)) return noBackup;
    return ok({});
  },
});

/** The backup that a request names and may read. */
export function readableBackup({ keys }: Server, userId: string, version: string): Refusal | undefined {
  return keys.backups.get(userId, version) ? undefined : noBackup;
}

/** The backup that a request names and may write to: the current one. */
export function writableBackup(server: Server, userId: string, version: string): Refusal | undefined {
  const unknown = readableBackup(server, userId, version);
  const current = server.keys.backups.currentVersion(userId);
  if (unknown || current === version) return unknown;
  return { code: "keys/old-backup", facts: { version, current_version: current! } };
}

export const keyBackupEndpoints = [create, getCurrent, getVersion, update, remove];
