import * as v from "valibot";
import { canonicalFault, numberFormFault } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { type Answer, ok } from "../http/answer.ts";
import { reasonText } from "../http/validate.ts";
import { relationOf } from "../room/relations.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, Transaction } from "../room/room-event.ts";
import { sendEvent } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { type Call, endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid
 */
const send = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}",
  body: "object",
  handle: (call) => sendMessage(call, call.params.txnId),
});

/** The same without a transaction id, for those who send by hand: it is in no specification, and other servers have it. */
const sendOnce = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/send/{eventType}",
  body: "object",
  handle: (call) => sendMessage(call, undefined),
});

type SendCall = Call<"/_matrix/client/v3/rooms/{roomId}/send/{eventType}", "token", "object", undefined>;

async function sendMessage(
  { server, session, params: { roomId, eventType: type }, body, text }: SendCall,
  id: string | undefined,
): Promise<Answer | Refusal> {
  const fault = numberFormFault(text) ?? canonicalFault(body);
  if (fault) return fault;
  const { userId, deviceId } = session;
  const room = joinedRoom(server, roomId, userId);
  if (isRefusal(room)) return room;
  const transaction = id === undefined ? undefined : { deviceId, path: `send/${type}`, id };
  const sent = transaction && room.findSent(userId, transaction);
  if (sent) return ok({ event_id: sent.id });
  const limit = server.rateLimits.take("message", userId);
  if (limit) return limit;
  if (type === "m.room.redaction") {
    const { redacts, ...content } = body;
    if (typeof redacts !== "string") {
      return { code: "request/missing-param", facts: { name: "redacts", place: "body" } };
    }
    return redact(server, room, session, { redacts, content, transaction });
  }
  if (server.accounts.get(userId)?.suspended) return { code: "account/suspended", facts: {} };
  if (repeatsAnnotation(room, userId, type, body)) return { code: "room/duplicate-annotation", facts: {} };
  const event = await sendEvent(server, room, { type, sender: userId, content: body, transaction });
  return isRefusal(event) ? event : ok({ event_id: event.id });
}

/** https://spec.matrix.org/v1.19/client-server-api/#avoiding-duplicate-annotations */
function repeatsAnnotation(room: Room, sender: string, type: string, content: JsonObject): boolean {
  const relation = relationOf(content);
  if (relation?.type !== "m.annotation") return false;
  return room.relations.childrenOf(relation.eventId, "m.annotation").some(({ pdu }) => {
    return pdu.sender === sender && pdu.type === type && relationOf(pdu.content)?.key === relation.key;
  });
}

const redactionBody = v.looseObject({ reason: reasonText });

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid
 */
const redactEvent = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
  body: redactionBody,
  bodyMayBeEmpty: true,
  handle: (call) => redactOne(call, call.params.txnId),
});

/** As {@link sendOnce}. */
const redactOnce = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}",
  body: redactionBody,
  bodyMayBeEmpty: true,
  handle: (call) => redactOne(call, undefined),
});

type RedactCall = Call<
  "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}",
  "token",
  typeof redactionBody,
  undefined
>;

async function redactOne(
  { server, session, params: { roomId, eventId }, body: { reason } }: RedactCall,
  id: string | undefined,
): Promise<Answer | Refusal> {
  const { userId, deviceId } = session;
  const room = joinedRoom(server, roomId, userId);
  if (isRefusal(room)) return room;
  const transaction = id === undefined ? undefined : { deviceId, path: `redact/${eventId}`, id };
  const sent = transaction && room.findSent(userId, transaction);
  if (sent) return ok({ event_id: sent.id });
  const content = reason === undefined ? {} : { reason };
  return canonicalFault(content) ?? redact(server, room, session, { redacts: eventId, content, transaction });
}

type Redaction = { redacts: string; content: JsonObject; transaction: Transaction | undefined };

async function redact(
  server: Server,
  room: Room,
  { userId }: Session,
  { redacts, content, transaction }: Redaction,
): Promise<Answer | Refusal> {
  const target = room.events.get(redacts);
  // One that did not come here yet is redacted when it does, if it may be.
  const fault = target
    ? redactionFault(server, room, userId, target)
    : unknownTargetFault(server, userId, redacts);
  if (fault) return fault;
  const draft = { type: "m.room.redaction", sender: userId, content, redacts, transaction };
  const event = await sendEvent(server, room, draft);
  return isRefusal(event) ? event : ok({ event_id: event.id });
}

/** What the rules let pass, since one server trusts another with its own users, is decided here. */
function redactionFault(
  server: Server,
  { levels }: Room,
  userId: string,
  { id: event, pdu, rejected }: RoomEvent,
): Refusal | undefined {
  if (rejected) return { code: "room/event-not-found", facts: { event } };
  const isOwn = pdu.sender === userId;
  if (!isOwn && server.accounts.get(userId)?.suspended) return { code: "account/suspended", facts: {} };
  const mayRedact = (isOwn || levels.user(userId) >= levels.redact) && pdu.type !== "m.room.create";
  return mayRedact ? undefined : { code: "room/redaction-needs-power", facts: { event } };
}

function unknownTargetFault(server: Server, userId: string, event: string): Refusal | undefined {
  if (server.rooms.ofEvent(event)) return { code: "room/event-of-other-room", facts: { event } };
  if (!event.startsWith("$")) return { code: "room/event-not-found", facts: { event } };
  return server.accounts.get(userId)?.suspended ? { code: "account/suspended", facts: {} } : undefined;
}

export const roomSendEndpoints = [send, sendOnce, redactEvent, redactOnce];
