import * as v from "valibot";
import type { JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import { type JsonAnswer, ok } from "../http/answer.ts";
import { objectOf } from "../http/validate.ts";
import type { BackedUpKey, BackupEntry, BackupPart } from "../keys/key-backups.ts";
import { backedUpKeyShape, roomBackupShape } from "../keys/key-shapes.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { readableBackup, tellBackup, writableBackup } from "./key-backup.ts";

const query = v.object({ version: v.string() });

type Asked = { server: Server; session: { userId: string }; query: { version: string } };

function put(
  { server, session: { userId }, query: { version } }: Asked,
  entries: BackupEntry[],
): JsonAnswer | Refusal {
  const fault = writableBackup(server, userId, version);
  if (fault) return fault;
  server.keys.backups.put(userId, version, entries);
  tellBackup(server, userId, version);
  return ok(server.keys.backups.state(userId, version));
}

function drop(
  { server, session: { userId }, query: { version } }: Asked,
  part: BackupPart,
): JsonAnswer | Refusal {
  const fault = readableBackup(server, userId, version);
  if (fault) return fault;
  server.keys.backups.drop(userId, version, part);
  tellBackup(server, userId, version);
  return ok(server.keys.backups.state(userId, version));
}

function find(
  { server, session: { userId }, query: { version } }: Asked,
  part: BackupPart,
): BackupEntry[] | Refusal {
  return readableBackup(server, userId, version) ?? server.keys.backups.entries(userId, version, part);
}

/** The keys of one room. */
function roomEntries(room: string, { sessions }: v.InferOutput<typeof roomBackupShape>): BackupEntry[] {
  return Object.entries(sessions).map(([session, key]) => ({ room, session, key: key as BackedUpKey }));
}

function sessionsJson(entries: readonly BackupEntry[]): JsonObject {
  return { sessions: Object.fromEntries(entries.map(({ session, key }) => [session, key])) };
}

/**
 * PUT, GET and DELETE /_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomidsessionid
 */
const ofSession = "/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}" as const;
const sessionEndpoints = [
  endpoint({
    method: "PUT",
    path: ofSession,
    query,
    body: backedUpKeyShape,
    handle: (call) => {
      const { roomId: room, sessionId: session } = call.params;
      return put(call, [{ room, session, key: call.body as BackedUpKey }]);
    },
  }),
  endpoint({
    method: "GET",
    path: ofSession,
    query,
    handle: (call) => {
      const found = find(call, { room: call.params.roomId, session: call.params.sessionId });
      if (!Array.isArray(found)) return found;
      return found[0]
        ? ok(found[0].key)
        : { code: "request/not-found", facts: { what: "key in the backup" } };
    },
  }),
  endpoint({
    method: "DELETE",
    path: ofSession,
    query,
    handle: (call) => drop(call, { room: call.params.roomId, session: call.params.sessionId }),
  }),
];

/**
 * PUT, GET and DELETE /_matrix/client/v3/room_keys/keys/{roomId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomid
 */
const ofRoom = "/_matrix/client/v3/room_keys/keys/{roomId}" as const;
const roomEndpoints = [
  endpoint({
    method: "PUT",
    path: ofRoom,
    query,
    body: roomBackupShape,
    handle: (call) => put(call, roomEntries(call.params.roomId, call.body)),
  }),
  endpoint({
    method: "GET",
    path: ofRoom,
    query,
    handle: (call) => {
      const found = find(call, { room: call.params.roomId });
      return Array.isArray(found) ? ok(sessionsJson(found)) : found;
    },
  }),
  endpoint({
    method: "DELETE",
    path: ofRoom,
    query,
    handle: (call) => drop(call, { room: call.params.roomId }),
  }),
];

/**
 * PUT, GET and DELETE /_matrix/client/v3/room_keys/keys
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeys
 */
const ofAll = "/_matrix/client/v3/room_keys/keys" as const;
const allEndpoints = [
  endpoint({
    method: "PUT",
    path: ofAll,
    query,
    body: v.looseObject({ rooms: objectOf(v.string(), roomBackupShape) }),
    handle: (call) =>
      put(
        call,
        Object.entries(call.body.rooms).flatMap(([room, part]) => roomEntries(room, part)),
      ),
  }),
  endpoint({
    method: "GET",
    path: ofAll,
    query,
    handle: (call) => {
      const found = find(call, {});
      if (!Array.isArray(found)) return found;
      const rooms = Map.groupBy(found, ({ room }) => room);
      return ok({ rooms: Object.fromEntries([...rooms].map(([room, part]) => [room, sessionsJson(part)])) });
    },
  }),
  endpoint({ method: "DELETE", path: ofAll, query, handle: (call) => drop(call, {}) }),
];

export const backedUpKeysEndpoints = [...sessionEndpoints, ...roomEndpoints, ...allEndpoints];
