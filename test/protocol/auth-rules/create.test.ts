import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import { ada, bo, expectAllowed, expectRefused, RoomStory, since, until, versionIds } from "./room-story.ts";

function without(key: string, content: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));
}

describe("the first event of a room", () => {
  for (const id of versionIds) {
    const room = new RoomStory(id);

    it(`is allowed in version ${id}`, () => {
      expectAllowed(room.judgeCreate());
    });

    it(`has no parents in version ${id}`, () => {
      const refusal = room.judgeCreate({ prev_events: ["$a"] });
      expectRefused(refusal, "auth/create-has-parents", id, { "6": "1.1" });
    });

    it(`names a version that is known, or none, in version ${id}`, () => {
      for (const unknown of ["1", "99", "", "constructor", 6, null] as Json[]) {
        const refusal = new RoomStory(id, { room_version: unknown }).judgeCreate();
        expectRefused(refusal, "auth/unknown-room-version", id, { "6": "1.3" });
      }
      expectAllowed(room.judgeCreate({ content: without("room_version", room.create.content) }));
    });
  }

  for (const id of until("10")) {
    it(`names its creator in version ${id}`, () => {
      const { create } = new RoomStory(id);
      const refusal = new RoomStory(id).judgeCreate({ content: without("creator", create.content) });
      expectRefused(refusal, "auth/create-without-creator", id, { "6": "1.4" });
    });
  }

  for (const id of until("11")) {
    it(`is of its sender's server in version ${id}`, () => {
      const refusal = new RoomStory(id).judgeCreate({ sender: bo });
      expectRefused(refusal, "auth/create-of-another-server", id, { "6": "1.2" });
    });

    it(`may have anything as additional creators in version ${id}`, () => {
      expectAllowed(new RoomStory(id, { additional_creators: 1 }).judgeCreate());
    });
  }

  for (const id of since("12")) {
    it(`has no room id in version ${id}`, () => {
      const room = new RoomStory(id);
      const refusal = room.judgeCreate({ room_id: room.roomId });
      expectRefused(refusal, "auth/create-has-room-id", id, { "12": "1.2" });
    });

    it(`has a list of user ids, of all times, as additional creators in version ${id}`, () => {
      for (const additional of [bo, [1], ["bo"], ["@bo"], [bo, null], {}, null] as Json[]) {
        const refusal = new RoomStory(id, { additional_creators: additional }).judgeCreate();
        expectRefused(refusal, "auth/additional-creators", id, { "12": "1.4" });
      }
      expectAllowed(new RoomStory(id, { additional_creators: [] }).judgeCreate());
      expectAllowed(new RoomStory(id, { additional_creators: [bo, "@Ö:x", ada] }).judgeCreate());
    });
  }
});
