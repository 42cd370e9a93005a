import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { membershipOf } from "../room/members.ts";
import type { Room } from "../room/room.ts";
import type { RoomState } from "../room/room-event.ts";
import { StateTrie } from "../room/state-trie.ts";
import type { Server } from "../server.ts";

/** Whose devices a client has to ask for again, and whose it need not follow any more. */
export type DeviceListNews = { changed: string[]; left: string[] };

/**
 * What happened to the device lists that a user follows: those of all who share a room with them.
 * https://spec.matrix.org/v1.19/client-server-api/#tracking-the-device-list-for-a-user
 */
export function deviceListNews(server: Server, userId: string, since: number): DeviceListNews {
  const { lists } = server.keys;
  const changed = new Set(lists.verifiedSince(userId, since));
  for (const other of lists.changedSince(since)) {
    if (other === userId || server.rooms.sharesRoom(userId, other)) changed.add(other);
  }
  const left: string[] = [];
  const { moved, metAgain } = movedSince(server, userId, since);
  for (const other of metAgain) changed.add(other);
  for (const other of moved) {
    const shares = server.rooms.sharesRoom(userId, other);
    if (shares === sharedAt(server, userId, other, since)) continue;
    if (shares) changed.add(other);
    else left.push(other);
  }
  return { changed: [...changed], left };
}

const memberKeys = stateKeyOf("m.room.member", "");

function isJoinedIn(state: RoomState | undefined, userId: string): boolean {
  return membershipOf(state?.get(`${memberKeys}${userId}`)) === "join";
}

/**
 * All others who may have begun or ceased to share a room with a user, and those whom the user left and has come back to:
 * of what they changed meanwhile nobody told.
 */
function movedSince(
  server: Server,
  userId: string,
  since: number,
): { moved: Set<string>; metAgain: Set<string> } {
  const moved = new Set<string>();
  const metAgain = new Set<string>();
  for (const [roomId, { membership }] of server.rooms.roomsOf(userId)) {
    const room = server.rooms.get(roomId);
    if (!room || room.newest <= since) continue;
    const before = room.timeline.stateAt(since);
    const [wasIn, isIn] = [isJoinedIn(before, userId), membership === "join"];
    if (wasIn && isIn && wasOutSince(room, userId, since)) {
      for (const other of room.members.joined) if (other !== userId) metAgain.add(other);
    }
    if (wasIn && isIn) {
      for (const [key, event] of room.current.differences(before ?? StateTrie.empty())) {
        if (!key.startsWith(memberKeys)) continue;
        const other = key.slice(memberKeys.length);
        if (isJoinedIn(before, other) !== (membershipOf(event) === "join")) moved.add(other);
      }
    } else if (isIn) {
      for (const other of room.members.joined) moved.add(other);
    } else if (wasIn) {
      for (const [key, event] of before!.differences(StateTrie.empty())) {
        if (key.startsWith(memberKeys) && membershipOf(event) === "join")
          moved.add(key.slice(memberKeys.length));
      }
    }
  }
  moved.delete(userId);
  return { moved, metAgain };
}

function wasOutSince({ timeline }: Room, userId: string, since: number): boolean {
  return timeline.live.slice(timeline.liveCount(since)).some((event) => {
    const { type, state_key: stateKey } = event.pdu;
    return type === "m.room.member" && stateKey === userId && membershipOf(event) !== "join";
  });
}

function sharedAt(server: Server, userId: string, other: string, position: number): boolean {
  for (const roomId of server.rooms.roomsOf(userId).keys()) {
    const room = server.rooms.get(roomId);
    const state = room?.timeline.stateAt(position);
    if (isJoinedIn(state, userId) && isJoinedIn(state, other)) return true;
  }
  return false;
}
