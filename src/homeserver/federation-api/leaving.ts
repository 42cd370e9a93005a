import { isRefusal } from "../../protocol/refusal.ts";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import { checkedMembership, originFault, takeMembership, template } from "./membership-events.ts";
import { openRoom } from "./room-of-both.ts";

/**
 * GET /_matrix/federation/v1/make_leave/{roomId}/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_leaveroomiduserid
 */
const makeLeave = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/make_leave/{roomId}/{userId}",
  handle({ server, origin, params: { roomId, userId } }) {
    const fault = originFault(userId, origin);
    if (fault) return fault;
    const room = openRoom(server, roomId, origin);
    return isRefusal(room) ? room : template(server, room, userId, { membership: "leave" });
  },
});

/**
 * PUT /_matrix/federation/v2/send_leave/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_leaveroomideventid
 */
const sendLeave = federationEndpoint({
  method: "PUT",
  path: "/_matrix/federation/v2/send_leave/{roomId}/{eventId}",
  body: "object",
  async handle({ server, origin, params: { roomId, eventId }, body }) {
    const room = openRoom(server, roomId, origin);
    if (isRefusal(room)) return room;
    const { version } = room;
    const checked = await checkedMembership(server, body, { version, eventId, origin, membership: "leave" });
    if (isRefusal(checked)) return checked;
    return (await takeMembership(server, room, checked, origin)) ?? ok({});
  },
});

export const leavingEndpoints = [makeLeave, sendLeave];
