import * as v from "valibot";
import { canonicalFault, numberFormFault } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { type Answer, ok } from "../http/answer.ts";
import { reasonText } from "../http/validate.ts";
import { relationOf } from "../room/relations.ts";
import type { Room } from "../room/room.ts";
import type { Transaction } from "../room/room-event.ts";
import { sendEvent } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
 */
const send = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}",
  body: "object",
  async handle({ server, session, params, body, text }) {
    const fault = numberFormFault(text) ?? canonicalFault(body);
    if (fault) return fault;
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const { eventType: type, txnId: id } = params;
    const transaction = { deviceId: session.deviceId, path: `send/${type}`, id };
    const sent = room.findSent(session.userId, transaction);
    if (sent) return ok({ event_id: sent.id });
    const limit = server.rateLimits.take("message", session.userId);
    if (limit) return limit;
    if (type === "m.room.redaction") {
      const { redacts, ...content } = body;
      if (typeof redacts !== "string") {
        return { code: "request/missing-param", facts: { name: "redacts", place: "body" } };
      }
      return redact(server, room, session, redacts, content, transaction);
    }
    if (server.accounts.get(session.userId)?.suspended) return { code: "account/suspended", facts: {} };
    if (repeatsAnnotation(room, session.userId, type, body))
      return { code: "room/duplicate-annotation", facts: {} };
    const event = await sendEvent(server, room, { type, sender: session.userId, content: body, transaction });
    return isRefusal(event) ? event : ok({ event_id: event.id });
  },
});

/** https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations */
function repeatsAnnotation(room: Room, sender: string, type: string, content: JsonObject): boolean {
  const relation = relationOf(content);
  if (relation?.type !== "m.annotation") return false;
  return room.relations.childrenOf(relation.eventId, "m.annotation").some(({ pdu }) => {
    return pdu.sender === sender && pdu.type === type && relationOf(pdu.content)?.key === relation.key;
  });
}

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid
 */
const redactEvent = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
  body: v.looseObject({ reason: reasonText }),
  bodyMayBeEmpty: true,
  async handle({ server, session, params, body }) {
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const transaction = { deviceId: session.deviceId, path: `redact/${params.eventId}`, id: params.txnId };
    const sent = room.findSent(session.userId, transaction);
    if (sent) return ok({ event_id: sent.id });
    const content = body.reason === undefined ? {} : { reason: body.reason };
    const fault = canonicalFault(content);
    return fault ?? redact(server, room, session, params.eventId, content, transaction);
  },
});

async function redact(
  server: Server,
  room: Room,
  { userId }: Session,
  redacts: string,
  content: JsonObject,
  transaction: Transaction,
): Promise<Answer | Refusal> {
  const target = room.events.get(redacts);
  if (!target || target.rejected) {
    const isElsewhere = server.rooms.ofEvent(redacts) !== undefined;
    return {
      code: isElsewhere ? "room/event-of-other-room" : "room/event-not-found",
      facts: { event: redacts },
    };
  }
  const { levels } = room;
  const isSuspended = server.accounts.get(userId)?.suspended;
  if (isSuspended && target.pdu.sender !== userId) return { code: "account/suspended", facts: {} };
  // What the rules let pass, since one server trusts another with its own users, is decided here.
  const isOwn = target.pdu.sender === userId;
  if ((!isOwn && levels.user(userId) < levels.redact) || target.pdu.type === "m.room.create") {
    return { code: "room/redaction-needs-power", facts: { event: redacts } };
  }
  const draft = { type: "m.room.redaction", sender: userId, content, redacts, transaction };
  const event = await sendEvent(server, room, draft);
  return isRefusal(event) ? event : ok({ event_id: event.id });
}

export const roomSendEndpoints = [send, redactEvent];
