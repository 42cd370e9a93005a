import type { RoomCondition } from "./condition.ts";
import { type Holds, of } from "./known.ts";

export const roomHolds: Holds<RoomCondition> = {
  member({ observation, bindings }, { of: ref, person, membership }) {
    const room = bindings.rooms[ref] ?? ref;
    const user = bindings.people[person]?.user ?? person;
    const member = observation.members[room]?.[user];
    return member && [membership].flat().includes(member.membership) ? of(member) : [];
  },
};
