import { parseUserId, serverOf } from "../identifiers.ts";
import { isRefusal } from "../refusal.ts";
import { findRoomVersion, type RoomVersion } from "../room-versions.ts";
import { allow, type Rule, refuse, type Step } from "./rule.ts";

/** The codes of these rules. */
export const refusalCodes = [
  "auth/additional-creators",
  "auth/create-has-parents",
  "auth/create-has-room-id",
  "auth/create-without-creator",
  "auth/create-of-another-server",
  "auth/unknown-room-version",
] as const;

/** If type is m.room.create: */
export function createRule(version: RoomVersion): Rule {
  return {
    when: ({ event }) => event.type === "m.room.create",
    steps: [
      hasParents,
      version.roomId === "create-event" ? hasRoomId : isOfAnotherServer,
      hasUnknownVersion,
      ...(version.creator === "content" ? [hasNoCreator] : []),
      ...(version.creatorsAreUnbounded ? [hasBadAdditionalCreators] : []),
      // Otherwise, allow.
      allow,
    ],
  };
}

/** If it has any prev_events, reject. */
const hasParents: Step = ({ event }) => {
  const count = event.prev_events.length;
  return count > 0 ? refuse("auth/create-has-parents", { count }) : undefined;
};

/** If the domain of the room_id does not match the domain of the sender, reject. */
const isOfAnotherServer: Step = ({ event }) => {
  const roomServer = serverOf(event.room_id ?? "") ?? "";
  const senderServer = serverOf(event.sender) ?? "";
  return roomServer === senderServer
    ? undefined
    : refuse("auth/create-of-another-server", { roomServer, senderServer });
};

/** If the event has a room_id, reject. */
const hasRoomId: Step = ({ event }) =>
  event.room_id === undefined ? undefined : refuse("auth/create-has-room-id", { roomId: event.room_id });

/** If content.room_version is present and is not a recognised version, reject. */
const hasUnknownVersion: Step = ({ event }) => {
  const named = event.content.room_version;
  if (named === undefined) return undefined;
  if (typeof named === "string" && findRoomVersion(named)) return undefined;
  return refuse("auth/unknown-room-version", { version: typeof named === "string" ? named : typeof named });
};

/** If content has no creator property, reject. */
const hasNoCreator: Step = ({ event }) =>
  event.content.creator === undefined ? refuse("auth/create-without-creator") : undefined;

/**
 * If additional_creators is present in content and is not an array of strings where each string passes the
 * same user ID validation applied to sender, reject.
 */
const hasBadAdditionalCreators: Step = ({ event }) => {
  const additional = event.content.additional_creators;
  if (additional === undefined) return undefined;
  if (!Array.isArray(additional)) return refuse("auth/additional-creators", { found: typeof additional });
  for (const user of additional) {
    if (typeof user !== "string") return refuse("auth/additional-creators", { found: typeof user });
    const fault = parseUserId(user, { historical: true });
    if (isRefusal(fault)) return refuse("auth/additional-creators", { found: user, because: fault.code });
  }
  return undefined;
};
