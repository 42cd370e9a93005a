import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { levelDefaults } from "../../../src/protocol/power-levels.ts";
import type { RoomVersionId } from "../../../src/protocol/room-versions.ts";
import {
  ada,
  bo,
  cy,
  expectAllowed,
  expectRefused,
  RoomStory,
  since,
  until,
  versionIds,
} from "./room-story.ts";

const named = Object.keys(levelDefaults);
const change = (content: JsonObject, sender = bo) => ({
  type: "m.room.power_levels",
  state_key: "",
  sender,
  content,
});

/** Bo, with power 50, may change the levels of this room. */
function bosRoom(id: RoomVersionId, before: JsonObject = {}): RoomStory {
  const users = { [bo]: 50, ...(before.users as JsonObject) };
  const events = { "m.room.power_levels": 50, ...(before.events as JsonObject) };
  return new RoomStory(id).member(bo, "join").powerLevels({ ...before, users, events });
}
const kept = { users: { [bo]: 50 }, events: { "m.room.power_levels": 50 } };

/** The numbers of the rules about changes: the first of them is 9.3, 9.5 or 10.6. */
const step = (n: number, within: number) => ({
  "6": `9.${n + 2}.${within}`,
  "10": `9.${n + 4}.${within}`,
  "12": `10.${n + 5}.${within}`,
});

describe("the first power levels", () => {
  for (const id of versionIds) {
    it(`may be anything that the sender may send in version ${id}`, () => {
      expectAllowed(new RoomStory(id).judge(change({ ban: 1000, users: { [bo]: 2 ** 53 - 1 } }, ada)));
      const refusal = new RoomStory(id).member(bo, "join").judge(change({}));
      expectRefused(refusal, "auth/event-needs-power", id, { "6": "7", "12": "8" });
    });

    it(`name users by their ids, of all times, in version ${id}`, () => {
      const rule = { "6": "9.1", "10": "9.3", "12": "10.3" };
      for (const user of ["bo", "@bo", "#bo:bo.example", "", "@bo:b o"]) {
        const refusal = new RoomStory(id).judge(change({ users: { [user]: 0 } }, ada));
        expectRefused(refusal, "auth/power-levels-not-user", id, rule);
      }
      expectAllowed(new RoomStory(id).judge(change({ users: { "@B Ö:bo.example": 0 } }, ada)));
      for (const users of [[], "x", null, { [bo]: null }, { [bo]: {} }, { [bo]: "x" }, { [bo]: true }]) {
        const refusal = new RoomStory(id).judge(change({ users: users as JsonObject }, ada));
        expectRefused(refusal, "auth/power-levels-not-integer", id, rule);
      }
    });
  }

  for (const id of until("9")) {
    it(`may be texts of integers in version ${id}`, () => {
      const first = new RoomStory(id);
      for (const text of ["100", "000100", "+100", "-100", " 100 ", " +00100 "]) {
        expectAllowed(first.judge(change({ users: { [bo]: text } }, ada)));
      }
      for (const text of ["", " ", "1.0", "1e3", "0x10", "- 1", "+-1", "9007199254740992"]) {
        const refusal = first.judge(change({ users: { [bo]: text } }, ada));
        expectRefused(refusal, "auth/power-levels-not-integer", id, { "6": "9.1" });
      }
      // nothing else is looked at in the first ones
      expectAllowed(first.judge(change({ ban: "x", events: 5 }, ada)));
    });
  }

  for (const id of since("10")) {
    it(`are integers in version ${id}`, () => {
      for (const name of named) {
        for (const odd of ["50", null, {}, [], true]) {
          const refusal = new RoomStory(id).judge(change({ [name]: odd }, ada));
          expectRefused(refusal, "auth/power-levels-not-integer", id, { "10": "9.1", "12": "10.1" });
        }
        expectAllowed(new RoomStory(id).judge(change({ [name]: -5 }, ada)));
      }
      for (const name of ["events", "notifications"]) {
        for (const odd of ["50", null, [], { x: "50" }, { x: null }]) {
          const refusal = new RoomStory(id).judge(change({ [name]: odd }, ada));
          expectRefused(refusal, "auth/power-levels-not-integer", id, { "10": "9.2", "12": "10.2" });
        }
        expectAllowed(new RoomStory(id).judge(change({ [name]: { x: 50 } }, ada)));
      }
    });
  }

  for (const id of since("12")) {
    it(`name no creator in version ${id}`, () => {
      const room = new RoomStory(id, { additional_creators: [bo] });
      for (const user of [ada, bo]) {
        const refusal = room.judge(change({ users: { [user]: 100 } }, ada));
        expectRefused(refusal, "auth/power-levels-creator", id, { "12": "10.4" });
      }
      expectAllowed(room.judge(change({ users: { [cy]: 100 } }, ada)));
    });
  }
});

describe("a change of power levels", () => {
  for (const id of versionIds) {
    it(`to what they are is none in version ${id}`, () => {
      const before = { ban: 99, events: { x: 99 }, notifications: { room: 99 }, users: { [cy]: 99 } };
      const after = {
        ...before,
        events: { ...kept.events, ...before.events },
        users: { ...kept.users, ...before.users },
      };
      expectAllowed(bosRoom(id, before).judge(change(after)));
    });

    it(`of a named level stays within one's own in version ${id}`, () => {
      for (const name of named) {
        expectAllowed(bosRoom(id).judge(change({ ...kept, [name]: 50 })));
        expectAllowed(bosRoom(id, { [name]: 50 }).judge(change({ ...kept, [name]: 0 })));
        const raised = bosRoom(id).judge(change({ ...kept, [name]: 51 }));
        expectRefused(raised, "auth/power-levels-too-high-then", id, step(1, 2));
        for (const after of [{}, { [name]: 0 }]) {
          const lowered = bosRoom(id, { [name]: 51 }).judge(change({ ...kept, ...after }));
          expectRefused(lowered, "auth/power-levels-too-high-now", id, step(1, 1));
        }
      }
    });

    for (const map of ["events", "notifications"]) {
      it(`of ${map} stays within one's own level in version ${id}`, () => {
        const entry = (level: number) => ({ [map]: { x: level } });
        const after = (content: JsonObject) => {
          const events = { ...kept.events, ...(content.events as JsonObject) };
          return change({ ...kept, ...content, events });
        };
        expectAllowed(bosRoom(id).judge(after(entry(50))));
        expectAllowed(bosRoom(id, entry(50)).judge(after(entry(-1))));
        expectAllowed(bosRoom(id, entry(50)).judge(after({})));
        const removed = bosRoom(id, entry(51)).judge(after({}));
        expectRefused(removed, "auth/power-levels-too-high-now", id, step(2, 1));
        const lowered = bosRoom(id, entry(51)).judge(after(entry(0)));
        expectRefused(lowered, "auth/power-levels-too-high-now", id, step(2, 1));
        const added = bosRoom(id).judge(after(entry(51)));
        expectRefused(added, "auth/power-levels-too-high-then", id, step(3, 1));
        const raised = bosRoom(id, entry(5)).judge(after(entry(51)));
        expectRefused(raised, "auth/power-levels-too-high-then", id, step(3, 1));
      });
    }

    it(`of users reaches those below, and oneself, in version ${id}`, () => {
      const withCy = (level: number) => bosRoom(id, { users: { [cy]: level } });
      const cysLevel = (level: number) => change({ ...kept, users: { ...kept.users, [cy]: level } });
      expectAllowed(bosRoom(id).judge(cysLevel(50)));
      expectAllowed(withCy(49).judge(cysLevel(50)));
      expectAllowed(withCy(49).judge(change(kept)));
      for (const after of [change(kept), cysLevel(0), cysLevel(51)]) {
        const refusal = withCy(50).judge(after);
        expectRefused(refusal, "auth/power-levels-user-too-high", id, step(4, 1));
      }
      expectRefused(withCy(49).judge(cysLevel(51)), "auth/power-levels-too-high-then", id, step(5, 1));
      // Bo steps down, and cannot step up
      expectAllowed(bosRoom(id).judge(change({ ...kept, users: { [bo]: 0 } })));
      expectAllowed(bosRoom(id).judge(change({ ...kept, users: {} })));
      const up = bosRoom(id).judge(change({ ...kept, users: { [bo]: 51 } }));
      expectRefused(up, "auth/power-levels-too-high-then", id, step(5, 1));
    });
  }

  for (const id of until("9")) {
    it(`from an integer to its text is none in version ${id}`, () => {
      const before = { ban: 99, users: { [cy]: "99" } };
      const after = { ...kept, ban: "99", users: { ...kept.users, [cy]: 99 } };
      expectAllowed(bosRoom(id, before).judge(change(after)));
    });

    it(`to what is no level is refused in version ${id}`, () => {
      const refusal = bosRoom(id).judge(change({ ...kept, ban: "x" }));
      expectRefused(refusal, "auth/power-levels-not-integer", id, { "6": "9.3.2" });
    });
  }

  it("has no bounds for creators since version 12", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const before = { ban: most, users: { [cy]: most }, events: { "m.room.power_levels": most } };
    expectAllowed(new RoomStory("12").powerLevels(before).judge(change({ kick: most }, ada)));
    const refusal = new RoomStory("11").powerLevels(before).judge(change({ kick: most }, ada));
    expect(refusal?.code).to.equal("auth/event-needs-power");
  });
});
