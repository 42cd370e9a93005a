import { isJsonObject, type JsonObject } from "./json.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import type { RoomVersion } from "./room-versions.ts";

/**
 * Which parts of a room's state an event cites as its `auth_events`, where they exist, as pairs of type and
 * state key. https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection
 */
export function authEventKeys(
  pdu: Pick<UnsignedPdu | Pdu, "type" | "sender" | "state_key" | "content">,
  version: RoomVersion,
): [type: string, stateKey: string][] {
  // The auth_events for the m.room.create event in a room is empty.
  if (pdu.type === "m.room.create") return [];
  const keys: [string, string][] = [];
  // Depending on the room version, the m.room.create event.
  if (version.authEventsCiteCreate) keys.push(["m.room.create", ""]);
  // The current m.room.power_levels event, if any.
  keys.push(["m.room.power_levels", ""]);
  // The sender's current m.room.member event, if any.
  keys.push(["m.room.member", pdu.sender]);
  // If type is m.room.member:
  if (pdu.type === "m.room.member") keys.push(...keysForMember(pdu, version));
  return keys;
}

function keysForMember(
  pdu: Pick<UnsignedPdu, "sender" | "state_key" | "content">,
  version: RoomVersion,
): [string, string][] {
  const keys: [string, string][] = [];
  const { membership, join_authorised_via_users_server: authoriser } = pdu.content;
  // The target's current m.room.member event, if any.
  const target = pdu.state_key;
  if (target !== undefined && target !== pdu.sender) keys.push(["m.room.member", target]);
  // If membership is join, invite or knock, the current m.room.join_rules event, if any.
  if (membership === "join" || membership === "invite" || membership === "knock") {
    keys.push(["m.room.join_rules", ""]);
  }
  // If membership is invite and content contains a third_party_invite property, the current
  // m.room.third_party_invite event with state_key matching content.third_party_invite.signed.token, if any.
  if (membership === "invite") {
    const token = thirdPartyInviteToken(pdu.content);
    if (token !== undefined) keys.push(["m.room.third_party_invite", token]);
  }
  // If membership is join, content.join_authorised_via_users_server is present, and the room version supports
  // restricted rooms, then the m.room.member event with state_key matching it.
  const restricted = version.joinRules.restricted.length > 0;
  if (membership === "join" && restricted && typeof authoriser === "string") {
    if (authoriser !== pdu.sender && authoriser !== target) keys.push(["m.room.member", authoriser]);
  }
  return keys;
}

/** `third_party_invite.signed.token` of an invite's content, if it is there. */
export function thirdPartyInviteToken(content: JsonObject): string | undefined {
  const invite = content.third_party_invite;
  const signed = isJsonObject(invite) ? invite.signed : undefined;
  const token = isJsonObject(signed) ? signed.token : undefined;
  return typeof token === "string" ? token : undefined;
}
