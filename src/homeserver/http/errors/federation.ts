import type { ErrorRow } from "../errors.ts";

/** Of requests between servers, and of what other servers say. */
export const federationErrors = {
  "x-matrix/": [401, "M_UNAUTHORIZED", "The Authorization header is not right: {code}"],
  "federation/no-signature": [401, "M_UNAUTHORIZED", "The request is not signed"],
  "federation/bad-origin": [401, "M_UNAUTHORIZED", "{origin} is no server name"],
  "federation/wrong-destination": [401, "M_UNAUTHORIZED", "This is not {destination}"],
  "federation/bad-request-signature": [
    401,
    "M_UNAUTHORIZED",
    "The signature of {origin} with {key} is not good",
  ],
  "federation/other-origin": [403, "M_FORBIDDEN", "{user} is not of {origin}"],
  "federation/denied-by-acl": [403, "M_FORBIDDEN", "{server} may not take part in this room"],
  "federation/not-in-room": [403, "M_FORBIDDEN", "{server} is not in this room"],
  "federation/unknown-room": [404, "M_NOT_FOUND", "The room {room} is not known here"],
  "federation/lacking-state": [404, "M_NOT_FOUND", "The state of {room} is not known here as a whole yet"],
  "federation/unknown-event": [404, "M_NOT_FOUND", "The event {event} is not known here"],
  "federation/too-many": [400, "M_INVALID_PARAM", "{name} has {count} entries; {limit} is the most"],
  "federation/wrong-event": [400, "M_INVALID_PARAM", "The event is not what was to be sent here: {field}"],
  "federation/other-room": [400, "M_INVALID_PARAM", "{event} is of another room"],
  "federation/no-key": [
    400,
    "M_INVALID_PARAM",
    "The key of {server} that the event is signed with cannot be had",
  ],
  "federation/bad-signature": [400, "M_INVALID_PARAM", "The event is not signed by {server}"],
  "federation/second-create": [403, "M_FORBIDDEN", "The room is made already, by {event}"],
  "federation/missing-events": [400, "M_INVALID_PARAM", "What {event} follows or cites cannot be found"],
  "federation/incompatible-version": [
    400,
    "M_INCOMPATIBLE_ROOM_VERSION",
    "The room has version {room_version}, which you do not know",
  ],
  "federation/cannot-authorise-join": [
    400,
    "M_UNABLE_TO_AUTHORISE_JOIN",
    "Whether {user} may join is not known here",
  ],
  "federation/cannot-grant-join": [400, "M_UNABLE_TO_GRANT_JOIN", "Nobody here may let {user} in"],
  "federation/unreachable": [504, "M_UNKNOWN", "{server} does not answer"],
  "federation/refused": [502, "M_UNKNOWN", "{server} refuses: {error}"],
  "federation/bad-answer": [502, "M_UNKNOWN", "{server} answers with something else than what was asked"],
  "federation/bad-keys": [502, "M_UNKNOWN", "{server} does not say what its keys are"],
  "federation/own-server": [400, "M_UNKNOWN", "{server} is this server"],
  "federation/no-server": [404, "M_UNKNOWN", "No server is known that is in the room {room}"],
} as const satisfies Record<string, ErrorRow>;
