import { serverOf } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { eventSigningBytes, withSignature } from "../../protocol/signatures.ts";
import type { CheckedPdu } from "../federation/check-pdu.ts";
import { copyForServer } from "../room/erasure.ts";
import { authoriserFor } from "../room/membership.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { federationEndpoint } from "./federation-endpoint.ts";
import {
  inBothVersions,
  receivedMembership,
  roomForTemplate,
  takeMembership,
  template,
} from "./membership-events.ts";
import { wholeRoom } from "./room-of-both.ts";
import { authChain } from "./state.ts";

/**
 * GET /_matrix/federation/v1/make_join/{roomId}/{userId}
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_joinroomiduserid
 */
const makeJoin = federationEndpoint({
  method: "GET",
  path: "/_matrix/federation/v1/make_join/{roomId}/{userId}",
  handle(call) {
    const room = roomForTemplate(call, wholeRoom);
    if (isRefusal(room)) return room;
    const { server, params } = call;
    const { userId } = params;
    const membership = room.members.membership(userId);
    const isIn = membership === "join" || membership === "invite";
    const authoriser = isIn ? undefined : authoriserFor(server, room, userId);
    if (isRefusal(authoriser)) return asFederation(authoriser, userId);
    return template(server, room, userId, {
      membership: "join",
      ...(authoriser !== undefined && { join_authorised_via_users_server: authoriser }),
    });
  },
});

/** Where others may be able to do what this server cannot, it says so. */
function asFederation(refusal: Refusal, user: string): Refusal {
  if (refusal.code === "room/unknown-allowed-room")
    return { code: "federation/cannot-authorise-join", facts: { user } };
  if (refusal.code === "room/nobody-can-authorise")
    return { code: "federation/cannot-grant-join", facts: { user } };
  return refusal;
}

/**
 * PUT /_matrix/federation/v2/send_join/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_joinroomideventid
 */
const sendJoin = inBothVersions("send_join", async (call) => {
  const received = await receivedMembership(call, "join", wholeRoom);
  if (isRefusal(received)) return received;
  const { room, checked } = received;
  const { server, origin } = call;
  const signed = await withOwnSignature(server, room, checked);
  const refusal = await takeMembership(server, room, signed, origin);
  if (refusal) return refusal;
  const event = room.events.get(signed.id)!;
  // Others may have come or spoken since the template was made: who joins would not hear of them.
  for (const id of room.extremities) {
    if (id !== event.id) server.federation.sendEvent(origin, room.events.get(id)!);
  }
  const state = [...event.before.values()];
  return {
    state: state.map((each) => copyForServer(room, origin, each)),
    auth_chain: authChain(room, [...state, event]).map((each) => copyForServer(room, origin, each)),
    event: signed.pdu,
    members_omitted: false,
  };
});

/** Where a user here lets the other one in, this server signs for it. */
async function withOwnSignature(server: Server, room: Room, checked: CheckedPdu): Promise<CheckedPdu> {
  const { pdu, signedBy } = checked;
  const authoriser = pdu.content.join_authorised_via_users_server;
  const isOurs = typeof authoriser === "string" && serverOf(authoriser) === server.name;
  if (!isOurs || room.version.joinRules.restricted.length === 0) return checked;
  const { keyId, signature } = await server.signingKeys.sign(eventSigningBytes(pdu, room.version));
  return {
    ...checked,
    pdu: withSignature(pdu, server.name, keyId, signature),
    signedBy: new Set([...signedBy, server.name]),
  };
}

export const joiningEndpoints = [makeJoin, ...sendJoin];
