import {
  historyOf,
  isChild,
  joinRuleOf,
  powersOf,
  type StateOf,
  successorOf,
  textOf,
} from "../../client/room-state.ts";
import type { Json } from "../../protocol/json.ts";
import { type SeenRoom, stateOf } from "../observing/observe-rooms.ts";
import { type Holds, isHost, isIn, type Known, of } from "./known.ts";
import { madeRooms } from "./made-rooms.ts";
import type { RoomCondition } from "./room-condition.ts";

export const roomHolds: Holds<RoomCondition> = {
  member({ observation, bindings }, { of: ref, person, membership }) {
    const user = bindings.people[person]?.user ?? person;
    const member = observation.members[bindings.rooms[ref] ?? ref]?.[user];
    return member && [membership].flat().includes(member.membership) ? of(member) : [];
  },

  roomMade: (known, condition) => of(...madeRooms(condition, known)),

  roomName: textHolds("m.room.name", "name"),
  roomTopic: textHolds("m.room.topic", "topic"),
  roomAlias: textHolds("m.room.canonical_alias", "alias"),

  joinRule: (known, { of: ref, is }) =>
    when(known, ref, "m.room.join_rules", (state) => [is].flat().some((rule) => rule === joinRuleOf(state))),

  historyVisibility: (known, { of: ref, is }) =>
    when(known, ref, "m.room.history_visibility", (state) => [is].flat().includes(historyOf(state))),

  published(known, { of: ref, is }) {
    const room = seenRoom(known, ref);
    const { published = false, sequence = room?.made?.sequence } = room?.published ?? {};
    return published === is && sequence !== undefined ? [sequence] : [];
  },

  powerLevel(known, { of: ref, person, atLeast, atMost }) {
    const user = known.bindings.people[person]?.user ?? person;
    return when(known, ref, "m.room.power_levels", (state) => {
      const level = powersOf(state)?.user(user);
      if (level === undefined) return false;
      return (atLeast === undefined || level >= atLeast) && (atMost === undefined || level <= atMost);
    });
  },

  inSpace(known, { of: ref, space }) {
    const child = stateOf(seenRoom(known, space))("m.space.child", known.bindings.rooms[ref] ?? ref);
    return child && isChild(child) ? of(child) : [];
  },

  upgraded: (known, { of: ref }) =>
    when(known, ref, "m.room.tombstone", (state) => successorOf(state) !== undefined),

  found({ observation, bindings }, { of: ref, person, by }) {
    const id = bindings.rooms[ref] ?? ref;
    const finds = observation.foundRooms.filter(
      (find) => find.room === id && isHost(find.host, person) && (by === undefined || find.by === by),
    );
    return of(...finds);
  },
};

function seenRoom({ observation, bindings }: Known, ref: string): SeenRoom | undefined {
  return observation.rooms[bindings.rooms[ref] ?? ref];
}

/** Where the state of this type was set, if what the room holds now passes the test. */
function when(known: Known, ref: string, type: string, test: (state: StateOf) => boolean): number[] {
  const room = seenRoom(known, ref);
  const state = stateOf(room);
  // What was never set is as it was from the beginning.
  const at = state(type) ?? room?.made;
  return at && test(state) ? of(at) : [];
}

/** A text of the room's state; without `is` any that is not empty. */
function textHolds(type: string, key: string) {
  return (known: Known, { of: ref, is }: { of: string; is?: string }): number[] =>
    when(known, ref, type, (state) => {
      const text = textOf(state(type)?.content[key] as Json | undefined);
      return text !== undefined && isIn(text, is);
    });
}
