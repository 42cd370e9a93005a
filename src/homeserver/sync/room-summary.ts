import type { JsonObject } from "../../protocol/json.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Room } from "../room/room.ts";
import type { RoomState } from "../room/room-event.ts";

const mostHeroes = 5;

/**
 * The members after whom a room without a name is called: the first who are joined or invited, or else those
 * who are gone. https://spec.matrix.org/v1.19/client-server-api/#calculating-the-display-name-for-a-room
 */
export function heroesOf(room: Room, viewer: string): string[] {
  const heroes: string[] = [];
  const gone: string[] = [];
  for (const [userId] of room.members.entries()) {
    if (userId === viewer) continue;
    const isHere = room.members.joined.has(userId) || room.members.invited.has(userId);
    if (isHere) heroes.push(userId);
    else if (gone.length < mostHeroes) gone.push(userId);
    if (heroes.length === mostHeroes) break;
  }
  return heroes.length > 0 ? heroes : gone;
}

/** Whether a room is called after its members. */
export function needsHeroes(room: Room): boolean {
  return !room.stateText("m.room.name", "name") && !room.stateText("m.room.canonical_alias", "alias");
}

export function summaryOf(room: Room, heroes: readonly string[]): JsonObject {
  return {
    ...(needsHeroes(room) && { "m.heroes": [...heroes] }),
    "m.joined_member_count": room.members.joined.size,
    "m.invited_member_count": room.members.invited.size,
  };
}

/** Whether what a summary says may have changed with the state. */
export function touchesSummary(base: RoomState | undefined, now: RoomState): boolean {
  if (!base) return true;
  for (const [key] of now.differences(base)) {
    if (key.startsWith(memberKeys) || names.has(key)) return true;
  }
  return false;
}

const memberKeys = stateKeyOf("m.room.member", "");
const names = new Set([stateKeyOf("m.room.name", ""), stateKeyOf("m.room.canonical_alias", "")]);
