import type { JsonObject } from "../../protocol/json.ts";
import type { UnsignedPdu } from "../../protocol/pdu.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { roomVersions } from "../../protocol/room-versions.ts";
import type { OutsideMembership } from "../room/outside-memberships.ts";
import { signPdu } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { firstToAgree, signedMembership } from "./membership-template.ts";

/**
 * Declines an invite to a room that this server is not in, or takes a knock back. Where no server of the room
 * takes part, it is so only here.
 * https://spec.matrix.org/v1.19/server-server-api/#leaving-rooms-rejecting-invites
 */
export async function leaveRemotely(
  server: Server,
  { event, outside }: OutsideMembership,
  content: JsonObject,
): Promise<Refusal | undefined> {
  const { roomId } = event;
  const userId = event.pdu.state_key!;
  const left = await firstToAgree(outside.servers, roomId, async (destination) => {
    const signed = await signedMembership(server, destination, {
      roomId,
      userId,
      membership: "leave",
      content,
    });
    if (isRefusal(signed)) return signed;
    const answer = await server.federation.request(destination, {
      method: "PUT",
      path: `/_matrix/federation/v2/send_leave/${encodeURIComponent(roomId)}/${encodeURIComponent(signed.id)}`,
      body: signed.pdu,
    });
    return isRefusal(answer) ? answer : { id: signed.id, pdu: signed.pdu };
  });
  const own = isRefusal(left) ? await ownLeave(server, event.pdu, content, outside.version) : left;
  if (isRefusal(own)) return own;
  // An invite may have come again meanwhile.
  if (server.rooms.outside.get(userId, roomId)?.event.id !== event.id) return undefined;
  server.rooms.outside.set(roomId, own, outside);
  server.notifier.wake([userId]);
  return undefined;
}

/** The same event without a place in the room, for the user's clients. */
function ownLeave(
  server: Server,
  { state_key: userId = "", room_id, depth }: UnsignedPdu,
  content: JsonObject,
  version: keyof typeof roomVersions,
) {
  const unsigned: UnsignedPdu = {
    type: "m.room.member",
    sender: userId,
    state_key: userId,
    ...(room_id !== undefined && { room_id }),
    content: { ...content, membership: "leave" },
    origin_server_ts: server.ports.clock.now(),
    depth: depth + 1,
    prev_events: [],
    auth_events: [],
  };
  return signPdu(server, unsigned, roomVersions[version]);
}
