import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

type Event = { event_id: string; type: string; sender: string; content: JsonObject; unsigned: JsonObject };
const bodies = (events: unknown) => (events as Event[]).map(({ content }) => content.body ?? "");

async function talk(count: number) {
  const server = await TestServer.start();
  const bo = await server.user("bo");
  const room = await bo.createRoom({ preset: "public_chat" });
  const path = `v3/rooms/${encodeURIComponent(room)}`;
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await bo.send(room, `m${index}`));
  return { server, bo, room, path, ids };
}

async function page(user: TestUser, path: string, query: Record<string, string>) {
  return user.done("GET", `${path}/messages?${new URLSearchParams(query)}`);
}

describe("paging through a room", () => {
  it("goes back to the start and forth to the end, each event once", async () => {
    const { bo, path } = await talk(23);
    const walk = async (dir: string) => {
      const found: Event[] = [];
      let from: string | undefined;
      for (let pages = 0; pages < 20; pages++) {
        const answer = await page(bo, path, { dir, limit: "7", ...(from !== undefined && { from }) });
        found.push(...(answer.chunk as Event[]));
        from = answer.end as string | undefined;
        if (from === undefined) break;
      }
      return found.map(({ event_id }) => event_id);
    };
    const back = await walk("b");
    expect(new Set(back).size).to.equal(back.length);
    expect(back).to.have.length(29);
    expect(await walk("f")).to.deep.equal(back.reverse());
  });

  it("goes on from a sync, up to a token", async () => {
    const { bo, room, path } = await talk(12);
    const filter = JSON.stringify({ room: { timeline: { limit: 3 } } });
    const first = await bo.sync({ filter });
    const joined = (first.rooms as { join: Record<string, { timeline: JsonObject }> }).join[room]!.timeline;
    expect(bodies(joined.events)).to.deep.equal(["m9", "m10", "m11"]);
    expect(joined.limited).to.equal(true);
    const before = await page(bo, path, { dir: "b", limit: "2", from: String(joined.prev_batch) });
    expect(bodies(before.chunk)).to.deep.equal(["m8", "m7"]);
    await bo.send(room, "m12");
    await bo.send(room, "m13");
    const since = await page(bo, path, { dir: "f", from: String(first.next_batch) });
    expect(bodies(since.chunk)).to.deep.equal(["m12", "m13"]);
    const between = await page(bo, path, { dir: "b", to: String(first.next_batch), limit: "100" });
    expect(bodies(between.chunk)).to.deep.equal(["m13", "m12"]);
    expect(between.end).to.equal(undefined);
    bo.server = await bo.server.restarted();
    const later = await page(bo, path, { dir: "b", limit: "2", from: String(joined.prev_batch) });
    expect(bodies(later.chunk)).to.deep.equal(["m8", "m7"]);
  });

  it("filters, and brings the members it takes", async () => {
    const { server, bo, room, path } = await talk(3);
    const ada = await server.user("ada");
    await ada.done("POST", `${path}/join`);
    await ada.send(room, { msgtype: "m.image", body: "cat", url: "mxc://garden.example/cat" });
    const filtered = async (filter: JsonObject) => {
      const answer = await page(bo, path, { dir: "b", limit: "20", filter: JSON.stringify(filter) });
      return { bodies: bodies(answer.chunk), state: answer.state as Event[] | undefined };
    };
    expect((await filtered({ contains_url: true })).bodies).to.deep.equal(["cat"]);
    expect((await filtered({ types: ["m.room.mess*"], not_senders: [ada.id] })).bodies).to.deep.equal([
      "m2",
      "m1",
      "m0",
    ]);
    const lazy = await filtered({ senders: [ada.id], types: ["m.room.message"], lazy_load_members: true });
    expect(lazy.state?.map(({ sender }) => sender)).to.deep.equal([ada.id]);
    expect((await filtered({ limit: 1, types: ["m.room.message"] })).bodies).to.deep.equal(["cat"]);
    const bad = await bo.call("GET", `${path}/messages?dir=b&filter=${encodeURIComponent('{"types":1}')}`);
    expect(bad.body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("refuses tokens and directions that are none", async () => {
    const { bo, path } = await talk(0);
    const errcode = async (query: string) => (await bo.call("GET", `${path}/messages?${query}`)).body.errcode;
    expect(await errcode("")).to.equal("M_MISSING_PARAM");
    expect(await errcode("dir=x")).to.equal("M_INVALID_PARAM");
    expect(await errcode("dir=b&limit=-1")).to.equal("M_INVALID_PARAM");
    expect(await errcode("dir=b&from=yesterday")).to.equal("M_INVALID_PARAM");
  });

  it("shows what stood around an event", async () => {
    const { bo, path, ids } = await talk(9);
    const around = await bo.done("GET", `${path}/context/${encodeURIComponent(ids[4]!)}?limit=4`);
    expect((around.event as Event).content.body).to.equal("m4");
    expect(bodies(around.events_before)).to.deep.equal(["m3", "m2"]);
    expect(bodies(around.events_after)).to.deep.equal(["m5", "m6"]);
    expect((around.state as Event[]).map(({ type }) => type)).to.include("m.room.create");
    const back = await page(bo, path, { dir: "b", limit: "1", from: String(around.start) });
    expect(bodies(back.chunk)).to.deep.equal(["m1"]);
    const forth = await page(bo, path, { dir: "f", limit: "1", from: String(around.end) });
    expect(bodies(forth.chunk)).to.deep.equal(["m7"]);
    const alone = await bo.done("GET", `${path}/context/${encodeURIComponent(ids[4]!)}?limit=0`);
    expect([alone.events_before, alone.events_after]).to.deep.equal([[], []]);
  });

  it("finds what was said at a time", async () => {
    const { server, bo, room, path } = await talk(1);
    server.clock.advance(10_000);
    const late = await bo.send(room, "late");
    const now = server.clock.now();
    const find = async (ts: number, dir: string) =>
      (await bo.call("GET", `${path.replace("v3", "v1")}/timestamp_to_event?ts=${ts}&dir=${dir}`)).body;
    expect(await find(now - 5000, "f")).to.deep.equal({ event_id: late, origin_server_ts: now });
    expect((await find(now - 5000, "b")).origin_server_ts).to.equal(now - 10_000);
    expect((await find(now + 1, "f")).errcode).to.equal("M_NOT_FOUND");
  });

  it("says nothing of those whom one ignores", async () => {
    const { server, bo, room, path } = await talk(1);
    const ada = await server.user("ada");
    await ada.done("POST", `${path}/join`);
    await ada.send(room, "noise");
    const account = `v3/user/${encodeURIComponent(bo.id)}/account_data/m.ignored_user_list`;
    await bo.done("PUT", account, { ignored_users: { [ada.id]: {} } });
    const { chunk } = await page(bo, path, { dir: "b", limit: "2" });
    expect(bodies(chunk)).to.deep.equal(["", "m0"]);
    expect(JSON.stringify(await bo.sync())).not.to.contain("noise");
  });
});
