import { expect } from "chai";
import { isStory, isStoryAnswer, trafficOf } from "../../src/simulation/traffic.ts";

const garden = "https://garden.example/_matrix";

describe("Traffic", () => {
  const kinds: [method: string, path: string, story: boolean, name: string][] = [
    ["PUT", "/client/v3/rooms/!a%3Agarden.example/send/m.room.message/1?x=y", true, "send"],
    ["POST", "/client/v3/register", true, "register"],
    ["GET", "/client/v3/sync?timeout=30000", false, "sync"],
    ["GET", "/client/versions", false, "versions"],
    ["POST", "/client/v3/keys/claim", true, "claim-keys"],
    ["PUT", "/client/v3/room_keys/keys?version=1", true, "fill-backup"],
    ["POST", "/client/v3/keys/query", false, "query-keys"],
    ["GET", "/client/v3/pushrules/", false, "push-rules"],
    ["PUT", "/client/r0/rooms/!a/state/m.room.name/", true, "set-state"],
    ["GET", "/client/unstable/org.matrix.msc4143/rtc/transports", false, "unstable"],
    ["GET", "/client/v3/no/such/thing", true, "unknown"],
    ["PUT", "/federation/v1/send/17", true, "transaction"],
    ["GET", "/federation/v1/query/profile?user_id=@a:b", true, "server-profile"],
    ["GET", "/key/v2/server", false, "server-key"],
  ];
  for (const [method, path, story, name] of kinds) {
    it(`${method} ${path} is ${story ? "story" : "quiet"}`, () => {
      expect(trafficOf(method, garden + path)).to.include({ story, name });
    });
  }

  it("tells a poll that brings something from one that does not", () => {
    const answer = (body: object) => ({ status: 200, headers: [], body: JSON.stringify(body) });
    const poll = `${garden}/client/v3/sync`;
    expect(isStory("GET", poll)).to.equal(false);
    expect(isStoryAnswer("GET", poll, answer({ next_batch: "1" }))).to.equal(false);
    const events = (list: object[]) =>
      answer({ rooms: { join: { "!a": { timeline: { limited: false, events: list } } } } });
    expect(isStoryAnswer("GET", poll, events([]))).to.equal(false);
    expect(isStoryAnswer("GET", poll, events([{ type: "m.room.message" }]))).to.equal(true);
    expect(isStoryAnswer("GET", poll, answer({ rooms: { invite: { "!a": {} } } }))).to.equal(true);
  });
});
