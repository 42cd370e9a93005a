import { isRefusal } from "../../protocol/refusal.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import {
  inBothVersions,
  receivedMembership,
  roomForTemplate,
  takeMembership,
  template,
} from "./membership-events.ts";
import { openRoom } from "./room-of-both.ts";

/**
 * GET /_matrix/federation/v1/make_leave/{roomId}/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_leaveroomiduserid
 */
const makeLeave = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/make_leave/{roomId}/{userId}",
  handle({ server, origin, params }) {
    const room = roomForTemplate({ server, origin, params }, openRoom);
    return isRefusal(room) ? room : template(server, room, params.userId, { membership: "leave" });
  },
});

/**
 * PUT /_matrix/federation/v2/send_leave/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_leaveroomideventid
 */
const sendLeave = inBothVersions("send_leave", async (call) => {
  const received = await receivedMembership(call, "leave", openRoom);
  if (isRefusal(received)) return received;
  const { room, checked } = received;
  return (await takeMembership(call.server, room, checked, call.origin)) ?? {};
});

export const leavingEndpoints = [makeLeave, ...sendLeave];
