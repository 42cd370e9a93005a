import * as v from "valibot";
import { parseRoomId } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { ok } from "../http/answer.ts";
import { anyObject } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";

/** Types that the server takes care of itself. */
const managed = new Set(["m.fully_read", "m.push_rules"]);

function writingFault(session: Session, userId: string, type: string): Refusal | undefined {
  if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
  return managed.has(type) ? { code: "account-data/managed", facts: { type } } : undefined;
}

/**
 * PUT /_matrix/client/v3/user/{userId}/account_data/{type}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridaccount_datatype
 */
const setGlobal = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/user/{userId}/account_data/{type}",
  body: "object",
  handle({ server, session, params: { userId, type }, body }) {
    const fault = writingFault(session, userId, type);
    if (fault) return fault;
    server.accountData.set(userId, undefined, type, body);
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/user/{userId}/account_data/{type}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridaccount_datatype
 */
const getGlobal = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/user/{userId}/account_data/{type}",
  handle({ server, session, params: { userId, type } }) {
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const content = server.accountData.get(userId, undefined, type);
    return content ? ok(content) : { code: "request/not-found", facts: { what: "account data" } };
  },
});

/**
 * PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidaccount_datatype
 */
const setForRoom = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
  body: "object",
  handle({ server, session, params: { userId, roomId, type }, body }) {
    const room = parseRoomId(roomId);
    if (isRefusal(room)) return room;
    const fault = writingFault(session, userId, type);
    if (fault) return fault;
    server.accountData.set(userId, roomId, type, body);
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidaccount_datatype
 */
const getForRoom = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
  handle({ server, session, params: { userId, roomId, type } }) {
    const room = parseRoomId(roomId);
    if (isRefusal(room)) return room;
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const content = server.accountData.get(userId, roomId, type);
    return content ? ok(content) : { code: "request/not-found", facts: { what: "account data" } };
  },
});

/** The account data that a room's tags are kept as. */
const tagType = "m.tag";

function tagsOf(content: JsonObject | undefined): JsonObject {
  return (content?.tags as JsonObject | undefined) ?? {};
}

/**
 * GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidtags
 */
const getTags = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags",
  handle({ server, session, params: { userId, roomId } }) {
    const room = parseRoomId(roomId);
    if (isRefusal(room)) return room;
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    return ok({ tags: tagsOf(server.accountData.get(userId, roomId, tagType)) });
  },
});

/**
 * PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidtagstag
 */
const setTag = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
  body: v.intersect([v.looseObject({ order: v.optional(v.number()) }), anyObject]),
  handle({ server, session, params: { userId, roomId, tag }, body }) {
    const room = parseRoomId(roomId);
    if (isRefusal(room)) return room;
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const tags = tagsOf(server.accountData.get(userId, roomId, tagType));
    server.accountData.set(userId, roomId, tagType, { tags: { ...tags, [tag]: body } });
    return ok({});
  },
});

/**
 * DELETE /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}
 * https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3useruseridroomsroomidtagstag
 */
const deleteTag = endpoint({
  method: "DELETE",
  path: "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
  handle({ server, session, params: { userId, roomId, tag } }) {
    const room = parseRoomId(roomId);
    if (isRefusal(room)) return room;
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const { [tag]: gone, ...tags } = tagsOf(server.accountData.get(userId, roomId, tagType));
    if (gone !== undefined) server.accountData.set(userId, roomId, tagType, { tags });
    return ok({});
  },
});

export const accountDataEndpoints = [
  setGlobal,
  getGlobal,
  setForRoom,
  getForRoom,
  getTags,
  setTag,
  deleteTag,
];
