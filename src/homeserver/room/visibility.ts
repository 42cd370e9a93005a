import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { membershipOf } from "./members.ts";
import type { Room } from "./room.ts";
import { compareTopologically, placeOf, type RoomEvent, type RoomState } from "./room-event.ts";

/** From the most open to the most closed. https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility */
const visibilities = ["world_readable", "shared", "invited", "joined"];
const visibilityKey = stateKeyOf("m.room.history_visibility", "");

/** Whether a user may see an event of a room, by what held at that event. */
export function maySee(room: Room, userId: string, event: RoomEvent): boolean {
  const isOwnMember = event.pdu.type === "m.room.member" && event.pdu.state_key === userId;
  const memberKey = stateKeyOf("m.room.member", userId);
  const memberships = [membershipOf(event.after.get(memberKey))];
  // One sees oneself come and go.
  if (isOwnMember) memberships.push(membershipOf(event.before.get(memberKey)));
  // 1. If the history_visibility was set to world_readable, allow.
  const visibility = visibilityAt(event);
  if (visibility === "world_readable") return true;
  // 2. If the user's membership was join, allow.
  if (memberships.includes("join")) return true;
  // 3. If history_visibility was set to shared, and the user joined the room at any point after the event was
  // sent, allow.
  if (visibility === "shared" && joinedAfter(room, userId, event)) return true;
  // 4. If the user's membership was invite, and the history_visibility was set to invited, allow.
  if (memberships.includes("invite") && (visibility === "invited" || isOwnMember)) return true;
  // 5. Otherwise, deny; but what becomes of oneself is no secret.
  return isOwnMember;
}

/** At a change of the visibility the more open one counts. */
function visibilityAt(event: RoomEvent): string {
  const after = visibilityOf(event.after);
  if (event.pdu.type !== "m.room.history_visibility") return after;
  const before = visibilityOf(event.before);
  return visibilities.indexOf(before) < visibilities.indexOf(after) ? before : after;
}

/** `shared` unless the state says otherwise in a way that is known. */
export function visibilityOf(state: RoomState): string {
  const value = state.get(visibilityKey)?.pdu.content.history_visibility;
  return typeof value === "string" && visibilities.includes(value) ? value : "shared";
}

function joinedAfter(room: Room, userId: string, event: RoomEvent): boolean {
  if (room.members.joined.has(userId)) return true;
  const lastJoin = room.lastJoins.get(userId);
  return lastJoin !== undefined && compareTopologically(placeOf(event), placeOf(lastJoin)) < 0;
}

/** How somebody reads a room. */
export type Reading = {
  room: Room;
  userId: string;
  /** The state that they may look at: the current one, or that with which they left. */
  state: RoomState;
  /** The member event with which they left; nothing after it is theirs. */
  left?: RoomEvent;
};

/**
 * Whether a user may read a room at all: who is in it, who was in it up to the end of that, and everybody
 * where the history is open to the world.
 */
export function readingOf(room: Room, userId: string, hasForgotten: boolean): Reading | undefined {
  const { members } = room;
  if (members.joined.has(userId)) return { room, userId, state: room.current };
  if (visibilityOf(room.current) === "world_readable") return { room, userId, state: room.current };
  const member = members.get(userId);
  if (hasForgotten || !member) return undefined;
  const membership = membershipOf(member);
  if (membership !== "leave" && membership !== "ban") return undefined;
  return formerReading(room, userId);
}

/** What remains to who was in the room once. */
export function formerReading(room: Room, userId: string): Reading | undefined {
  const left = room.lastEnds.get(userId);
  return left && { room, userId, state: left.after, left };
}

/** Whether the reader may see an event of the room. */
export function isReadable({ room, userId, left }: Reading, event: RoomEvent): boolean {
  if (!event.shown) return false;
  const isOwnMember = event.pdu.type === "m.room.member" && event.pdu.state_key === userId;
  if (left && event.stream > left.stream && !isOwnMember) return false;
  return maySee(room, userId, event);
}
