import { isRefusal } from "../../protocol/refusal.ts";
import { roomStateForOutside } from "../federation/invite-remotely.ts";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import {
  checkedMembership,
  originFault,
  takeMembership,
  template,
  versionFault,
} from "./membership-events.ts";
import { openRoom } from "./room-of-both.ts";

/**
 * GET /_matrix/federation/v1/make_knock/{roomId}/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_knockroomiduserid
 */
const makeKnock = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/make_knock/{roomId}/{userId}",
  handle({ server, origin, params: { roomId, userId }, search }) {
    const fault = originFault(userId, origin);
    if (fault) return fault;
    const room = openRoom(server, roomId, origin);
    if (isRefusal(room)) return room;
    return versionFault(room, search) ?? template(server, room, userId, { membership: "knock" });
  },
});

/**
 * PUT /_matrix/federation/v1/send_knock/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1send_knockroomideventid
 */
const sendKnock = federationEndpoint({
  method: "PUT",
  path: "/_matrix/federation/v1/send_knock/{roomId}/{eventId}",
  body: "object",
  async handle({ server, origin, params: { roomId, eventId }, body }) {
    const room = openRoom(server, roomId, origin);
    if (isRefusal(room)) return room;
    const { version } = room;
    const checked = await checkedMembership(server, body, { version, eventId, origin, membership: "knock" });
    if (isRefusal(checked)) return checked;
    const refusal = await takeMembership(server, room, checked, origin);
    return refusal ?? ok({ knock_room_state: roomStateForOutside(room.current).map(({ pdu }) => pdu) });
  },
});

export const knockingEndpoints = [makeKnock, sendKnock];
