import type { MatrixClient, Room } from "matrix-js-sdk";
import type { RoomSummary, ShownEvent, ShownMember } from "./client-fact.ts";
import { isMarkedUnread } from "./marked-unread.ts";

const memberships = new Set(["join", "invite", "knock", "leave", "ban"]);

function membershipOf(text: string | undefined): RoomSummary["membership"] {
  return memberships.has(text ?? "") ? (text as RoomSummary["membership"]) : "leave";
}

function stateContent(room: Room, type: string): Record<string, unknown> {
  return room.currentState.getStateEvents(type, "")?.getContent() ?? {};
}

function textIn(content: Record<string, unknown>, key: string): string | undefined {
  const value = content[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Rooms that the account's `m.direct` names. */
export function directRooms(client: MatrixClient): Set<string> {
  const content = client.getAccountData("m.direct" as never)?.getContent() ?? {};
  return new Set(Object.values(content).flatMap((rooms) => (Array.isArray(rooms) ? rooms : [])));
}

/** A room's line in the list, as the SDK would have it shown. */
export function roomSummary(client: MatrixClient, room: Room, newest: ShownEvent | undefined): RoomSummary {
  const me = client.getSafeUserId();
  const state = room.currentState;
  const membership = membershipOf(room.getMyMembership());
  const joined = membership === "join";
  const summary: RoomSummary = {
    id: room.roomId,
    name: room.name,
    membership,
    direct: directRooms(client).has(room.roomId) || room.getDMInviter() !== undefined,
    joined: room.getJoinedMemberCount(),
    invited: room.getInvitedMemberCount(),
    unread: room.getUnreadNotificationCount(),
    highlights: room.getUnreadNotificationCount("highlight" as never),
    encrypted: room.hasEncryptionStateEvent(),
    may: {
      send: joined && state.maySendMessage(me),
      invite: joined && room.canInvite(me),
      redact: joined && state.hasSufficientPowerLevelFor("redact", room.getMember(me)?.powerLevel ?? 0),
      changeName: joined && state.maySendStateEvent("m.room.name", me),
    },
  };
  const topic = textIn(stateContent(room, "m.room.topic"), "topic");
  const alias = room.getCanonicalAlias();
  const avatar = textIn(stateContent(room, "m.room.avatar"), "url");
  const inviter = membership === "invite" ? room.getMember(me)?.events.member?.getSender() : undefined;
  if (isMarkedUnread(room)) summary.markedUnread = true;
  if (topic !== undefined) summary.topic = topic;
  if (alias !== null) summary.alias = alias;
  if (avatar !== undefined) summary.avatar = avatar;
  if (inviter !== undefined) summary.inviter = inviter;
  if (state.getStateEvents("m.room.create", "")) summary.roomVersion = room.getVersion();
  const body = newest && textIn(newest.content, "body");
  if (newest && body !== undefined) {
    summary.latest = { sender: newest.senderName, text: body.slice(0, 120), at: newest.at };
  }
  return summary;
}

export function shownMembers(room: Room): ShownMember[] {
  return room.currentState.getMembers().map((member) => ({
    user: member.userId,
    name: member.name,
    membership: membershipOf(member.membership),
    // Creators of rooms of version 12 have power without bound, which plain data cannot say.
    power: Number.isFinite(member.powerLevel) ? member.powerLevel : Number.MAX_SAFE_INTEGER,
  }));
}
