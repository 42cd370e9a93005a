import * as v from "valibot";
import { serverOf } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoomVersion, type RoomVersion } from "../../protocol/room-versions.ts";
import { eventSigningBytes, withSignature } from "../../protocol/signatures.ts";
import { type CheckedPdu, checkPdu } from "../federation/check-pdu.ts";
import { isOfRoom, strippedFromPdus } from "../federation/outside-state.ts";
import { receiveEvents } from "../federation/receive-events.ts";
import { ok } from "../http/answer.ts";
import { anyObject } from "../http/validate.ts";
import { mayTakePart } from "../room/server-acl.ts";
import type { Server } from "../server.ts";
import { inviteFault } from "../users/invite-permission.ts";
import { federationEndpoint } from "./federation-endpoint.ts";

/**
 * PUT /_matrix/federation/v2/invite/{roomId}/{eventId}
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2inviteroomideventid
 */
const invite = federationEndpoint({
  method: "PUT",
  path: "/_matrix/federation/v2/invite/{roomId}/{eventId}",
  body: v.looseObject({
    room_version: v.string(),
    event: anyObject,
    invite_room_state: v.optional(v.array(v.any())),
  }),
  async handle({ server, origin, params: { roomId, eventId }, body }) {
    const version = findRoomVersion(body.room_version);
    if (!version) {
      return { code: "federation/incompatible-version", facts: { room_version: body.room_version } };
    }
    const checked = await checkPdu(server.federation.keyring, version, body.event);
    if (isRefusal(checked)) return checked;
    const fault = inviteEventFault(server, checked, { roomId, eventId, origin });
    if (fault) return fault;
    if (
      version.roomId === "create-event" &&
      !(await isOfRoom(server, roomId, version, body.invite_room_state))
    ) {
      return { code: "federation/wrong-event", facts: { field: "invite_room_state" } };
    }
    const signed = await withOwnSignature(server, checked, version);
    const refusal = await takeInvite(server, signed, {
      roomId,
      origin,
      version,
      shown: body.invite_room_state,
    });
    return refusal ?? ok({ event: signed.pdu });
  },
});

function inviteEventFault(
  server: Server,
  { id, pdu }: CheckedPdu,
  expected: { roomId: string; eventId: string; origin: string },
): Refusal | undefined {
  const wrong = (field: string): Refusal => ({ code: "federation/wrong-event", facts: { field } });
  if (id !== expected.eventId) return wrong("event_id");
  if (pdu.room_id !== expected.roomId) return wrong("room_id");
  if (pdu.type !== "m.room.member") return wrong("type");
  if (pdu.content.membership !== "invite") return wrong("membership");
  if (serverOf(pdu.sender) !== expected.origin) return wrong("sender");
  const target = pdu.state_key ?? "";
  if (serverOf(target) !== server.name) return wrong("state_key");
  const room = server.rooms.get(expected.roomId);
  if (room && !mayTakePart(room, expected.origin)) {
    return { code: "federation/denied-by-acl", facts: { server: expected.origin } };
  }
  const account = server.accounts.get(target);
  if (!account || account.deactivated) return { code: "request/not-found", facts: { what: "user" } };
  return inviteFault(server, target);
}

async function withOwnSignature(
  server: Server,
  checked: CheckedPdu,
  version: RoomVersion,
): Promise<CheckedPdu> {
  const { keyId, signature } = await server.signingKeys.sign(eventSigningBytes(checked.pdu, version));
  return { ...checked, pdu: withSignature(checked.pdu, server.name, keyId, signature) };
}

/** Into the room, if this server is in it; else to the user. */
async function takeInvite(
  server: Server,
  { id, pdu }: CheckedPdu,
  about: { roomId: string; origin: string; version: RoomVersion; shown: unknown[] | undefined },
): Promise<Refusal | undefined> {
  const { roomId, origin, version } = about;
  const target = pdu.state_key!;
  const room = server.rooms.get(roomId);
  if (room && room.members.localJoined.size > 0) {
    if (room.members.joined.has(target)) {
      return { code: "auth/invite-to-member", facts: { target, membership: "join" } };
    }
    // It comes in a transaction too, where the room's rules are asked for more than a signature.
    const received = await receiveEvents(server, room, [pdu], { origin, via: "transaction" });
    return received.get(id);
  }
  const shown = strippedFromPdus(about.shown as never);
  server.rooms.outside.set(roomId, { id, pdu }, { version: version.id, shown, servers: [origin] });
  server.rooms.comesBack(target, roomId);
  server.notifier.wake([target]);
  return undefined;
}

export const invitingEndpoints = [invite];
