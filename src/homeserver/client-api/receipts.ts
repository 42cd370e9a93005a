import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { integer } from "../http/validate.ts";
import { threadOf } from "../push/unread.ts";
import { type ReceiptType, receiptTypes } from "../room/receipts.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom } from "./room-access.ts";

/** Longest and usual time that one counts as typing, milliseconds. */
const longestTyping = 120_000;
const usualTyping = 30_000;

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidtypinguserid
 */
const typing = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/typing/{userId}",
  body: v.looseObject({ typing: v.boolean(), timeout: v.optional(integer) }),
  handle({ server, session, params, body }) {
    if (params.userId !== session.userId) return { code: "request/forbidden", facts: {} };
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const timeout = Math.min(body.timeout ?? usualTyping, longestTyping);
    if (body.typing && timeout > 0) server.typing.start(room, session.userId, timeout);
    else server.typing.stop(room, session.userId);
    server.presence.active(session.userId);
    return ok({});
  },
});

/**
 * POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreceiptreceipttypeeventid
 */
const receipt = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}",
  body: "object",
  bodyMayBeEmpty: true,
  handle({ server, session, params, body }) {
    const { receiptType: type, eventId } = params;
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const thread = body.thread_id;
    if (type === "m.fully_read") {
      if (thread !== undefined) return badThread(thread);
      return setMarker(server, room, session.userId, eventId) ?? ok({});
    }
    if (!isReceiptType(type)) {
      const facts = { name: "receiptType", expected: receiptTypes.join(" or "), found: type };
      return { code: "request/invalid-param", facts };
    }
    const event = room.events.get(eventId);
    if (!event) return { code: "room/event-not-found", facts: { event: eventId } };
    if (thread !== undefined && !isThreadOf(room, event, thread)) return badThread(thread);
    const ts = server.ports.clock.now();
    server.receipts.set(room, session.userId, {
      type,
      event: eventId,
      thread: thread as string | undefined,
      ts,
    });
    server.presence.active(session.userId);
    return ok({});
  },
});

function isReceiptType(type: string): type is ReceiptType {
  return (receiptTypes as readonly string[]).includes(type);
}

/** The root of a thread counts as read in the main timeline, and in its own thread too. */
function isThreadOf(room: Room, event: RoomEvent, thread: unknown): boolean {
  return thread === event.id || threadOf(room, event) === thread;
}

function badThread(thread: unknown): Refusal {
  const facts = { name: "thread_id", expected: "the event's thread", found: String(thread) };
  return { code: "request/invalid-param", facts };
}

/**
 * POST /_matrix/client/v3/rooms/{roomId}/read_markers
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidread_markers
 */
const readMarkers = endpoint({
  method: "POST",
  path: "/_matrix/client/v3/rooms/{roomId}/read_markers",
  body: v.looseObject({
    "m.fully_read": v.optional(v.string()),
    "m.read": v.optional(v.string()),
    "m.read.private": v.optional(v.string()),
  }),
  bodyMayBeEmpty: true,
  handle({ server, session, params, body }) {
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const marker = body["m.fully_read"];
    const fault = marker === undefined ? undefined : setMarker(server, room, session.userId, marker);
    if (fault) return fault;
    for (const type of receiptTypes) {
      const event = body[type];
      if (event === undefined) continue;
      if (!room.events.has(event)) return { code: "room/event-not-found", facts: { event } };
      server.receipts.set(room, session.userId, { type, event, ts: server.ports.clock.now() });
    }
    return ok({});
  },
});

/** Sets the marker of what was read in full, which only goes forward. */
function setMarker(server: Server, room: Room, userId: string, eventId: string): Refusal | undefined {
  const event = room.events.get(eventId);
  if (!event) return { code: "room/event-not-found", facts: { event: eventId } };
  const before = server.accountData.get(userId, room.id, "m.fully_read")?.event_id;
  const known = typeof before === "string" ? room.events.get(before) : undefined;
  if (!known || known.stream < event.stream) {
    server.accountData.set(userId, room.id, "m.fully_read", { event_id: eventId });
  }
  return undefined;
}

export const receiptsEndpoints = [typing, receipt, readMarkers];
