import * as v from "valibot";
import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { reasonText } from "../http/validate.ts";
import { endpoint } from "./endpoint.ts";
import { readableEvent } from "./room-access.ts";

const body = v.looseObject({ reason: reasonText });

/**
 * POST /_matrix/client/v3/rooms/{roomId}/report
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreport
 */
const reportRoom = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/report",
  body: v.looseObject({ reason: v.string() }),
  handle({ server, session, params, body }) {
    if (!server.rooms.get(params.roomId)) return { code: "room/unknown", facts: { room: params.roomId } };
    server.reports.add({ by: session.userId, room: params.roomId, reason: body.reason });
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/report/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreporteventid
 */
const reportEvent = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/report/{eventId}",
  body,
  bodyMayBeEmpty: true,
  handle({ server, session, params, body }) {
    const { roomId: room, eventId: event } = params;
    const found = readableEvent(server, room, session.userId, event);
    if (isRefusal(found) || !found.reading.room.members.joined.has(session.userId)) {
      return { code: "room/event-not-found", facts: { event } };
    }
    server.reports.add({ by: session.userId, room, event, reason: body.reason ?? "" });
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/users/{userId}/report
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3usersuseridreport
 */
const reportUser = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/users/{userId}/report",
  body: v.looseObject({ reason: v.string() }),
  handle({ server, session, params, body }) {
    // The same answer whether there is such a user or not: nobody learns who is here.
    server.reports.add({ by: session.userId, user: params.userId, reason: body.reason });
    return ok({});
  },
});

export const roomReportsEndpoints = [reportRoom, reportEvent, reportUser];
