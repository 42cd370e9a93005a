import { notServed } from "./not-served.ts";

/** What a request has that is not as it should be, as the walk names it. */
type Probe = string;

/**
 * Where the specification wants something else than the rule: operation → probe → the answers that are right, each a
 * status with its errcode. `200 undefined` may also write.
 */
const others: Record<string, Record<Probe, string[]>> = {
  // The definition knows no operation without a token here, its text does: public rooms are for everyone to see.
  getRoomSummary: { "no token": ["404 M_NOT_FOUND"] },
  // A token tells apart what a server tries out with some users. None is tried out here.
  getVersions: { "bad token": ["200 undefined"] },
  // The rest of the body may have come with an earlier request of the same authentication session.
  changePassword: { "no new_password": ["401 undefined"] },
  // Whether it is the user's own device is said after the password only.
  deleteDevice: { deviceId: ["401 undefined"] },
  // What everybody may know of others.
  getRoomVisibilityOnDirectory: { "roomId of another": ["200 undefined"] },
  getUserProfile: { "userId of another": ["200 undefined"] },
  getProfileField: { "userId of another": ["200 undefined"] },
  // The same path without the room tells of all rooms.
  peekEvents: { "no ?room_id": ["200 undefined"] },
  // The event may still be on its way here.
  redactEvent: { eventId: ["200 undefined", "404 M_NOT_FOUND", "400 M_INVALID_PARAM"] },
  // What is not there is gone already.
  deleteProfileField: { keyName: ["200 undefined"] },
  // A field's body names the field.
  setProfileField: { keyName: ["400 M_MISSING_PARAM"] },
  // https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreceiptreceipttypeeventid
  postReceipt: { "wrong thread_id": ["400 M_INVALID_PARAM"] },
  // One need not be in a room to report it; and whether somebody is here is nobody's business.
  reportRoom: { "roomId of another": ["200 undefined"] },
  reportUser: { userId: ["200 undefined"] },
  // Notes on a room may come before the join, and outlive it.
  setAccountDataPerRoom: { roomId: ["200 undefined", "400 M_INVALID_PARAM"] },
  setRoomTag: { roomId: ["200 undefined", "400 M_INVALID_PARAM"] },
  getRoomTags: { roomId: ["200 undefined", "400 M_INVALID_PARAM"] },
  deleteRoomTag: { roomId: ["200 undefined", "400 M_INVALID_PARAM"] },
};

/** Operations that answer the same to whatever comes. */
const always: Record<string, string> = {
  // Frozen since v1.12: they give out no media but that of before, and here there was none.
  getContent: "404 M_NOT_FOUND",
  getContentOverrideName: "404 M_NOT_FOUND",
  getContentThumbnail: "404 M_NOT_FOUND",
  // Whoever wants to add or bind one has proven nothing before.
  post3PIDs: "400 M_THREEPID_AUTH_FAILED",
  add3PID: "400 M_THREEPID_AUTH_FAILED",
  bind3PID: "400 M_THREEPID_AUTH_FAILED",
  // No message goes to an e-mail address or a telephone.
  requestTokenTo3PIDEmail: "400 M_THREEPID_MEDIUM_NOT_SUPPORTED",
  requestTokenTo3PIDMSISDN: "400 M_THREEPID_MEDIUM_NOT_SUPPORTED",
  requestTokenToResetPasswordEmail: "403 M_THREEPID_DENIED",
  requestTokenToResetPasswordMSISDN: "403 M_THREEPID_DENIED",
  requestTokenToRegisterEmail: "403 M_THREEPID_DENIED",
  requestTokenToRegisterMSISDN: "403 M_THREEPID_DENIED",
};

/** What an operation answers to every request, if it is always the same. */
export function alwaysAnswers(operation: string): string | undefined {
  return notServed.has(operation) ? "404 M_UNRECOGNIZED" : always[operation];
}

/** The right answers to a probe of an operation, where they are not those of the rule. */
export function otherAnswers(operation: string, probe: Probe): readonly string[] | undefined {
  const table = others[operation] ?? {};
  const found = Object.keys(table).find((known) => probe === known || probe.startsWith(`${known} `));
  return found === undefined ? undefined : table[found];
}
