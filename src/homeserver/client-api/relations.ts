import * as v from "valibot";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Session } from "../accounts/sessions.ts";
import { type Answer, ok } from "../http/answer.ts";
import { booleanText, countText } from "../http/validate.ts";
import { isErasedFor } from "../room/erasure.ts";
import { relationOf } from "../room/relations.ts";
import { compareTopologically, placeBefore, placeOf, type RoomEvent } from "../room/room-event.ts";
import { isReadable, type Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { endpoint } from "./endpoint.ts";
import { readableEvent, readableRoom } from "./room-access.ts";
import { eventWriter } from "./room-events.ts";
import { parseSyncToken, parseToken, placeToken, syncToken } from "./tokens.ts";

const query = v.object({
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  limit: v.optional(countText, "20"),
  dir: v.optional(v.picklist(["b", "f"]), "b"),
  recurse: v.optional(booleanText),
});

const path = "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}";

/**
 * GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventid
 */
const relations = endpoint({
  method: "GET",
  path,
  query,
  handle: ({ server, session, params, query }) => related(server, session, params, query),
});

/**
 * GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventidreltype
 */
const relationsOfType = endpoint({
  method: "GET",
  path: `${path}/{relType}`,
  query,
  handle: ({ server, session, params, query }) => related(server, session, params, query),
});

/**
 * GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventidreltypeeventtype
 */
const relationsOfEventType = endpoint({
  method: "GET",
  path: `${path}/{relType}/{eventType}`,
  query,
  handle: ({ server, session, params, query }) => related(server, session, params, query),
});

type Wanted = { roomId: string; eventId: string; relType?: string; eventType?: string };

/** How many relations of relations are followed. */
const deepest = 3;

function related(
  server: Server,
  session: Session,
  { roomId, eventId, relType, eventType }: Wanted,
  { from, to, limit, dir, recurse }: v.InferOutput<typeof query>,
): Answer | Refusal {
  const found = readableEvent(server, roomId, session.userId, eventId);
  if (isRefusal(found)) return { code: "room/event-not-found", facts: { event: eventId } };
  const { reading, event } = found;
  const [begin, end] = [from, to].map((token) =>
    token === undefined ? undefined : parseToken(reading.room, token),
  );
  if (isRefusal(begin)) return begin;
  if (isRefusal(end)) return end;
  const backwards = dir === "b";
  const isBeyond = (child: RoomEvent) => {
    const place = placeOf(child);
    const [low, high] = backwards ? [end?.place, begin?.place] : [begin?.place, end?.place];
    return (low && compareTopologically(place, low) <= 0) || (high && compareTopologically(place, high) > 0);
  };
  const children = descendants(reading, event, recurse ? deepest : 1).filter((child) => {
    if (relType !== undefined && relationOf(child.pdu.content)?.type !== relType) return false;
    return (eventType === undefined || child.pdu.type === eventType) && !isBeyond(child);
  });
  children.sort((a, b) => compareTopologically(placeOf(a), placeOf(b)));
  if (backwards) children.reverse();
  const most = Math.max(1, Math.min(limit, server.settings.limits.pageSize));
  const chunk = children.slice(0, most);
  const last = chunk.at(-1);
  const isMore = children.length > chunk.length && last !== undefined;
  return ok({
    chunk: chunk.map(eventWriter(server, session, reading.room)),
    ...(isMore && { next_batch: placeToken(backwards ? placeBefore(last) : placeOf(last)) }),
    ...(from !== undefined && { prev_batch: from }),
    ...(recurse !== undefined && { recursion_depth: recurse ? deepest : 1 }),
  });
}

/** Whether the reader may know that an event relates to another: a redacted copy relates to nothing. */
function isRelated(reading: Reading, child: RoomEvent): boolean {
  return isReadable(reading, child) && !isErasedFor(reading.room, reading.userId, child);
}

/** The events that relate to one, directly or by others between. */
function descendants(reading: Reading, event: RoomEvent, levels: number): RoomEvent[] {
  const seen = new Set<RoomEvent>([event]);
  let level = [event];
  for (let count = 0; count < levels; count++) {
    level = level
      .flatMap(({ id }) => reading.room.relations.childrenOf(id))
      .filter((child) => !seen.has(child) && isRelated(reading, child));
    for (const child of level) seen.add(child);
  }
  seen.delete(event);
  return [...seen];
}

/**
 * GET /_matrix/client/v1/rooms/{roomId}/threads
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidthreads
 */
const threads = endpoint({
  method: "GET",
  path: "/_matrix/client/v1/rooms/{roomId}/threads",
  query: v.object({
    include: v.optional(v.picklist(["all", "participated"])),
    limit: v.optional(countText, "20"),
    from: v.optional(v.string()),
  }),
  handle({ server, session, params, query }) {
    const reading = readableRoom(server, params.roomId, session.userId);
    if (isRefusal(reading)) return reading;
    const from = query.from === undefined ? undefined : parseSyncToken(query.from);
    if (isRefusal(from)) return from;
    const roots = threadRoots(reading, query.include === "participated").filter(
      ({ latest }) => !from || latest.stream < from.position,
    );
    const most = Math.max(1, Math.min(query.limit, server.settings.limits.pageSize));
    const chunk = roots.slice(0, most);
    const last = chunk.at(-1)?.latest.stream;
    return ok({
      chunk: chunk.map(({ root }) => eventWriter(server, session, reading.room)(root)),
      ...(roots.length > chunk.length &&
        last !== undefined && { next_batch: syncToken({ position: last, messages: last }) }),
    });
  },
});

/** The one whose thread was last written in comes first. */
function threadRoots(reading: Reading, participated: boolean): { root: RoomEvent; latest: RoomEvent }[] {
  const { room, userId } = reading;
  const roots = room.relations.parentsBy("m.thread").flatMap((rootId) => {
    const root = room.events.get(rootId);
    if (!root || !isReadable(reading, root)) return [];
    const replies = room.relations
      .childrenOf(rootId, "m.thread")
      .filter((reply) => isRelated(reading, reply));
    const latest = replies.at(-1);
    if (!latest) return [];
    const isIn = root.pdu.sender === userId || replies.some(({ pdu }) => pdu.sender === userId);
    return participated && !isIn ? [] : [{ root, latest }];
  });
  return roots.sort((a, b) => b.latest.stream - a.latest.stream);
}

export const relationsEndpoints = [relations, relationsOfType, relationsOfEventType, threads];
