import * as v from "valibot";
import { ok } from "../http/answer.ts";
import { presenceStates } from "../users/presence.ts";
import { endpoint } from "./endpoint.ts";

/**
 * PUT /_matrix/client/v3/presence/{userId}/status
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3presenceuseridstatus
 */
const setStatus = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/presence/{userId}/status",
  body: v.looseObject({
    presence: v.picklist(presenceStates),
    status_msg: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1000)))),
  }),
  handle({ server, session, params: { userId }, body }) {
    if (userId !== session.userId) return { code: "request/forbidden", facts: {} };
    server.presence.set(userId, body.presence, body.status_msg ?? undefined);
    return ok({});
  },
});

/**
 * GET /_matrix/client/v3/presence/{userId}/status
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3presenceuseridstatus
 */
const getStatus = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/presence/{userId}/status",
  handle({ server, session, params: { userId } }) {
    const mayKnow = userId === session.userId || server.rooms.sharesRoom(session.userId, userId);
    if (!mayKnow) return { code: "request/not-found", facts: { what: "presence" } };
    return ok(server.presence.of(userId));
  },
});

export const presenceEndpoints = [setStatus, getStatus];
