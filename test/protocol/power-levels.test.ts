import { expect } from "chai";
import type { JsonObject } from "../../src/protocol/json.ts";
import { powerLevels } from "../../src/protocol/power-levels.ts";
import { type RoomVersionId, roomVersions } from "../../src/protocol/room-versions.ts";
import { ada, bo, cy, RoomStory, since, until, versionIds } from "./auth-rules/room-story.ts";

function levelsOf(id: RoomVersionId, content?: JsonObject, createContent: JsonObject = {}) {
  const room = new RoomStory(id, createContent);
  const event = content && room.event({ type: "m.room.power_levels", state_key: "", content });
  return powerLevels(room.create, event, roomVersions[id]);
}

describe("power levels", () => {
  for (const id of until("11")) {
    it(`are 100 for the creator of version ${id} until they are set`, () => {
      expect(levelsOf(id).user(ada)).to.equal(100);
      expect(levelsOf(id).user(bo)).to.equal(0);
      expect(levelsOf(id, {}).user(ada)).to.equal(0);
      expect(levelsOf(id, { users_default: 7 }).user(ada)).to.equal(7);
    });
  }

  for (const id of since("12")) {
    it(`are without bound for all creators of version ${id}, whatever is set`, () => {
      const levels = levelsOf(id, { users: { [ada]: 1, [cy]: 2 } }, { additional_creators: [bo] });
      expect(levels.user(ada)).to.equal(Number.POSITIVE_INFINITY);
      expect(levels.user(bo)).to.equal(Number.POSITIVE_INFINITY);
      expect(levels.user(cy)).to.equal(2);
      expect(levelsOf(id).user(ada)).to.equal(Number.POSITIVE_INFINITY);
    });
  }

  it("know the creator by the content of the first event up to version 10, by its sender since", () => {
    expect(levelsOf("10", undefined, { creator: bo }).user(bo)).to.equal(100);
    expect(levelsOf("10", undefined, { creator: bo }).user(ada)).to.equal(0);
    expect(levelsOf("11", undefined, { creator: bo }).user(bo)).to.equal(0);
    expect(levelsOf("11", undefined, { additional_creators: [bo] }).user(bo)).to.equal(0);
  });

  for (const id of versionIds) {
    it(`have their defaults in version ${id}`, () => {
      for (const levels of [levelsOf(id), levelsOf(id, {})]) {
        expect(levels).to.include({ invite: 0, kick: 50, ban: 50, redact: 50 });
        expect(levels.notifications("room")).to.equal(50);
        expect(levels.send("m.room.message", false)).to.equal(0);
        expect(levels.send("m.room.topic", true)).to.equal(50);
      }
    });

    it(`are as they are set in version ${id}`, () => {
      const levels = levelsOf(id, {
        ban: 1,
        kick: 2,
        redact: 3,
        invite: -4,
        events_default: 5,
        state_default: 6,
        users_default: 7,
        users: { [bo]: 8 },
        events: { "m.room.topic": 9 },
        notifications: { room: 10 },
      });
      expect(levels).to.include({ ban: 1, kick: 2, redact: 3, invite: -4 });
      expect(levels.user(bo)).to.equal(8);
      expect(levels.user(cy)).to.equal(7);
      expect(levels.send("m.room.topic", true)).to.equal(9);
      expect(levels.send("m.room.topic", false)).to.equal(9);
      expect(levels.send("x", false)).to.equal(5);
      expect(levels.send("x", true)).to.equal(6);
      expect(levels.send("constructor", true)).to.equal(6);
      expect(levels.notifications("room")).to.equal(10);
      expect(levels.notifications("toString")).to.equal(50);
    });

    it(`are ${Number(id) < 10 ? "read from" : "not read from"} texts in version ${id}`, () => {
      const levels = levelsOf(id, { ban: " +07 ", kick: "-0", users: { [bo]: "x" }, events: "x" });
      expect(levels.ban).to.equal(Number(id) < 10 ? 7 : 50);
      expect(Object.is(levels.kick, Number(id) < 10 ? 0 : 50)).to.equal(true);
      expect(levels.user(bo)).to.equal(0);
      expect(levels.send("x", false)).to.equal(0);
    });
  }
});
