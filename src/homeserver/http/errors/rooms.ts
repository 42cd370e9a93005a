import type { ErrorRow } from "../errors.ts";

/** Of rooms and their events. */
export const roomErrors = {
  "auth/": [403, "M_FORBIDDEN", "The rules of the room refuse this: {code}"],
  "pdu/": [400, "M_BAD_JSON", "This cannot be an event: {code}"],
  "pdu/too-large": [413, "M_TOO_LARGE", "The event has {bytes} bytes; {limit} is the most"],
  "pdu/too-long": [400, "M_INVALID_PARAM", "{key} has {bytes} bytes; {limit} is the most"],
  "room/unsupported-version": [400, "M_UNSUPPORTED_ROOM_VERSION", "Room version {version} is not known here"],
  "room/invalid-initial-state": [400, "M_INVALID_ROOM_STATE", "The room cannot begin like this: {reason}"],
  "room/alias-in-use": [400, "M_ROOM_IN_USE", "The alias {alias} is taken"],
  "room/alias-of-other-server": [400, "M_INVALID_PARAM", "The alias {alias} is not of this server"],
  "room/bad-alias": [400, "M_BAD_ALIAS", "The alias {alias} does not lead to this room"],
  "room/unknown": [404, "M_NOT_FOUND", "The room {room} is not known here"],
  "room/not-joined": [403, "M_FORBIDDEN", "You are not in this room"],
  "room/not-readable": [403, "M_FORBIDDEN", "You are not, and were not, in this room"],
  "room/not-in-allowed-room": [403, "M_FORBIDDEN", "You are in none of the rooms whose members may join"],
  "room/nobody-can-authorise": [403, "M_FORBIDDEN", "Nobody here may let you in"],
  "room/target-not-in-room": [403, "M_FORBIDDEN", "{target} is not in the room"],
  "room/target-not-banned": [403, "M_FORBIDDEN", "{target} is not banned"],
  "room/still-in-room": [400, "M_UNKNOWN", "Leave the room before you forget it"],
  "room/no-third-party-invites": [403, "M_THREEPID_DENIED", "Nobody is invited by an e-mail address here"],
  "room/event-not-found": [404, "M_NOT_FOUND", "There is no such event, or it is not for you"],
  "room/state-not-found": [404, "M_NOT_FOUND", "There is no such state"],
  "room/redaction-needs-power": [403, "M_FORBIDDEN", "This event is not yours to redact"],
  "room/duplicate-annotation": [400, "M_DUPLICATE_ANNOTATION", "You have said that of the event already"],
  "room/bad-token": [400, "M_INVALID_PARAM", "{token} is no token of this server"],
  "room/bad-filter": [400, "M_INVALID_PARAM", "The filter is not valid: {fault}"],
} as const satisfies Record<string, ErrorRow>;
