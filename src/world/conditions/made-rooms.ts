import { joinRuleOf } from "../../client/room-state.ts";
import type { Condition } from "../condition.ts";
import type { Seen } from "../observation.ts";
import { type SeenRoom, stateOf } from "../observing/observe-rooms.ts";
import type { Known } from "./known.ts";
import type { RoomMade } from "./room-condition.ts";

export type MadeRoom = { id: string; sequence: number };

/**
 * The rooms that somebody made and that are as is wanted, each with when it became so. Where they are to have a role,
 * those that have another one already are left out.
 */
export function madeRooms(
  { person, as: role, space, direct, joinRule }: RoomMade,
  { observation, bindings }: Pick<Known, "observation" | "bindings">,
): MadeRoom[] {
  const user = bindings.people[person]?.user ?? person;
  const roles = Object.entries(bindings.rooms);
  const hasOther = (id: string): boolean => roles.some(([other, room]) => room === id && other !== role);
  return Object.entries(observation.rooms).flatMap(([id, room]): MadeRoom[] => {
    const { made } = room;
    if (made?.by !== user || (role !== undefined && hasOther(id))) return [];
    if (space !== undefined && made.space !== space) return [];
    const times = [made, direct === undefined ? made : directness(room, direct), ruleOf(room, joinRule)];
    return times.every((seen) => seen !== undefined)
      ? [{ id, sequence: Math.max(...times.map(({ sequence }) => sequence)) }]
      : [];
  });
}

/** What says that the room is a chat with one person, or is none: that, once all of it is there. */
function directness(room: SeenRoom, direct: boolean): Seen<object> | undefined {
  if (direct) return room.direct;
  return room.direct ? undefined : room.complete;
}

/** The join rules, if they are as is wanted. Until they are there a room is on its way to what it is to be. */
function ruleOf(room: SeenRoom, wanted: RoomMade["joinRule"]): Seen<object> | undefined {
  if (wanted === undefined) return room.made;
  const isWanted = [wanted].flat().some((rule) => rule === joinRuleOf(stateOf(room)));
  return isWanted ? stateOf(room)("m.room.join_rules") : undefined;
}

/** The role that a goal gives to a room, and the newest room that is as the goal wants it. */
export function roomGivenRole(
  condition: Condition,
  known: Known,
): { role: string; room: string } | undefined {
  if (condition.type === "all" || condition.type === "any" || condition.type === "inOrder") {
    for (const part of condition.of) {
      const given = roomGivenRole(part, known);
      if (given) return given;
    }
    return undefined;
  }
  if (condition.type !== "roomMade" || condition.as === undefined) return undefined;
  const after = condition.since === "step" ? known.since.step : 0;
  const [newest] = madeRooms(condition, known)
    .filter(({ sequence }) => sequence >= after)
    .sort((one, other) => other.sequence - one.sequence);
  return newest && { role: condition.as, room: newest.id };
}
