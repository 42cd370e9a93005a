import { isRefusal } from "../../protocol/refusal.ts";
import { roomStateForOutside } from "../federation/invite-remotely.ts";
import { ok } from "../http/answer.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import { receivedMembership, roomForTemplate, takeMembership, template } from "./membership-events.ts";
import { openRoom } from "./room-of-both.ts";

/**
 * GET /_matrix/federation/v1/make_knock/{roomId}/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_knockroomiduserid
 */
const makeKnock = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/make_knock/{roomId}/{userId}",
  handle(call) {
    const room = roomForTemplate(call, openRoom);
    return isRefusal(room) ? room : template(call.server, room, call.params.userId, { membership: "knock" });
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
  async handle(call) {
    const received = await receivedMembership(call, "knock", openRoom);
    if (isRefusal(received)) return received;
    const { room, checked } = received;
    const refusal = await takeMembership(call.server, room, checked, call.origin);
    return refusal ?? ok({ knock_room_state: roomStateForOutside(room.current).map(({ pdu }) => pdu) });
  },
});

export const knockingEndpoints = [makeKnock, sendKnock];
