import * as v from "valibot";
import { canonicalFault, numberFormFault } from "../../protocol/canonical-json.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { type Answer, ok } from "../http/answer.ts";
import { canonicalAliasFault } from "../room/canonical-alias.ts";
import { clientEvent } from "../room/client-event.ts";
import { copyFor } from "../room/erasure.ts";
import { membershipOf } from "../room/members.ts";
import { joinAnyRoom, withoutAuthoriser } from "../room/membership.ts";
import type { RoomState } from "../room/room-event.ts";
import { sendEvent } from "../room/send-event.ts";
import type { Reading } from "../room/visibility.ts";
import type { Server } from "../server.ts";
import { inviteFault } from "../users/invite-permission.ts";
import { endpoint } from "./endpoint.ts";
import { joinedRoom, readableRoom } from "./room-access.ts";
import { parseToken } from "./tokens.ts";

/**
 * GET /_matrix/client/v3/rooms/{roomId}/state
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstate
 */
const getAll = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/state",
  handle({ server, session, params }) {
    const reading = readableRoom(server, params.roomId, session.userId);
    if (isRefusal(reading)) return reading;
    const style = { room: reading.room, viewer: session, now: server.ports.clock.now() };
    const events = [...reading.state.values()].sort((a, b) => a.stream - b.stream);
    return ok(events.map((event) => clientEvent(event, style)));
  },
});

const formatQuery = v.object({ format: v.optional(v.picklist(["content", "event"])) });

/**
 * GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstateeventtypestatekey
 */
const getOne = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
  query: formatQuery,
  handle: ({ server, session, params, query }) => stateEvent(server, session.userId, params, query.format),
});

/** The same with an empty state key, with and without the slash before it. */
const getOneWithoutKey = ["", "/"].map((end) =>
  endpoint({
    method: "GET",
    path: `/_matrix/client/v3/rooms/{roomId}/state/{eventType}${end}`,
    query: formatQuery,
    handle: ({ server, session, params, query }) =>
      stateEvent(server, session.userId, { ...params, stateKey: "" }, query.format),
  }),
);

type Place = { roomId: string; eventType: string; stateKey: string };

function stateEvent(
  server: Server,
  userId: string,
  { roomId, eventType, stateKey }: Place,
  format: "content" | "event" = "content",
): Answer | Refusal {
  const reading = readableRoom(server, roomId, userId);
  if (isRefusal(reading)) return reading;
  const event = reading.state.get(stateKeyOf(eventType, stateKey));
  if (!event) return { code: "room/state-not-found", facts: { type: eventType, stateKey } };
  if (format === "content") return ok(copyFor(reading.room, userId, event).content);
  return ok(clientEvent(event, { room: reading.room, viewer: { userId }, now: server.ports.clock.now() }));
}

/**
 * PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}
 * https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey
 */
const put = endpoint({
  method: "PUT",
  path: "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
  body: "object",
  handle: ({ server, session, params, body, text }) => setState(server, session.userId, params, body, text),
});

/** The same with an empty state key, with and without the slash before it. */
const putWithoutKey = ["", "/"].map((end) =>
  endpoint({
    method: "PUT",
    path: `/_matrix/client/v3/rooms/{roomId}/state/{eventType}${end}`,
    body: "object",
    handle: ({ server, session, params, body, text }) =>
      setState(server, session.userId, { ...params, stateKey: "" }, body, text),
  }),
);

async function setState(
  server: Server,
  sender: string,
  { roomId, eventType: type, stateKey }: Place,
  content: JsonObject,
  text: string,
): Promise<Answer | Refusal> {
  const fault = numberFormFault(text) ?? canonicalFault(content);
  if (fault) return fault;
  const isMember = type === "m.room.member";
  const isOwnMember = isMember && stateKey === sender;
  // To leave is all that a suspended user may do by this way.
  if (server.accounts.get(sender)?.suspended && !(isOwnMember && content.membership === "leave")) {
    return { code: "account/suspended", facts: {} };
  }
  const blocked = isMember && content.membership === "invite" ? inviteFault(server, stateKey) : undefined;
  if (blocked) return blocked;
  // One may come by this way too.
  const room = isOwnMember ? server.rooms.get(roomId) : joinedRoom(server, roomId, sender);
  if (!room) return { code: "room/not-joined", facts: { room: roomId } };
  if (isRefusal(room)) return room;
  const aliasFault =
    type === "m.room.canonical_alias" ? canonicalAliasFault(server, room, content) : undefined;
  if (aliasFault) return aliasFault;
  const isJoin = isOwnMember && content.membership === "join" && !room.members.joined.has(sender);
  if (isJoin) {
    const joined = await joinAnyRoom(server, roomId, sender, {
      content: withoutAuthoriser(content),
      servers: [...room.members.servers.keys()],
    });
    return isRefusal(joined) ? joined : ok({ event_id: joined.members.get(sender)!.id });
  }
  const sent = isMember ? withoutAuthoriser(content) : content;
  const event = await sendEvent(server, room, { type, sender, stateKey, content: sent });
  return isRefusal(event) ? event : ok({ event_id: event.id });
}

/**
 * GET /_matrix/client/v3/rooms/{roomId}/members
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmembers
 */
const members = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/members",
  query: v.object({
    at: v.optional(v.string()),
    membership: v.optional(v.picklist(["join", "invite", "knock", "leave", "ban"])),
    not_membership: v.optional(v.picklist(["join", "invite", "knock", "leave", "ban"])),
  }),
  handle({ server, session, params, query }) {
    const reading = readableRoom(server, params.roomId, session.userId);
    if (isRefusal(reading)) return reading;
    const state = stateAt(reading, query.at);
    if (isRefusal(state)) return state;
    const style = { room: reading.room, viewer: session, now: server.ports.clock.now() };
    const chunk: JsonObject[] = [];
    for (const event of state.values()) {
      if (event.pdu.type !== "m.room.member") continue;
      const membership = membershipOf(event);
      if (query.membership !== undefined && membership !== query.membership) continue;
      if (membership === query.not_membership) continue;
      chunk.push(clientEvent(event, style));
    }
    return ok({ chunk });
  },
});

/** The state that a reader may look at, at the moment of a token, if one is given. */
function stateAt({ room, state, left }: Reading, token: string | undefined): RoomState | Refusal {
  if (token === undefined) return state;
  const place = parseToken(room, token);
  if (isRefusal(place)) return place;
  const { live, ordered } = room.timeline;
  const last =
    "position" in place
      ? live[room.timeline.liveCount(place.position) - 1]
      : ordered[room.timeline.indexAfter(place.place) - 1];
  if (!last || (left && last.stream > left.stream)) return state;
  return last.current;
}

/**
 * GET /_matrix/client/v3/rooms/{roomId}/joined_members
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidjoined_members
 */
const joinedMembers = endpoint({
  method: "GET",
  path: "/_matrix/client/v3/rooms/{roomId}/joined_members",
  handle({ server, session, params }) {
    const room = joinedRoom(server, params.roomId, session.userId);
    if (isRefusal(room)) return room;
    const joined: Record<string, JsonObject> = {};
    for (const userId of room.members.joined) {
      const { displayname, avatar_url } = room.members.get(userId)!.pdu.content;
      joined[userId] = {
        ...(typeof displayname === "string" && { display_name: displayname }),
        ...(typeof avatar_url === "string" && { avatar_url }),
      };
    }
    return ok({ joined });
  },
});

export const roomStateEndpoints = [
  ...[getAll, getOne, ...getOneWithoutKey, put, ...putWithoutKey, members, joinedMembers],
];
