import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { memoryPorts } from "../memory-ports.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const at = (room: string) => `v3/rooms/${encodeURIComponent(room)}`;

async function two(settings: JsonObject = { preset: "public_chat" }) {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  return { server, bo, ada, room: await bo.createRoom(settings) };
}

async function errcode(user: TestUser, method: string, path: string, body?: JsonObject) {
  const answer = await user.call(method, path, body);
  return [answer.status, answer.body.errcode];
}

describe("what other servers do too", () => {
  it("is to send and redact without a transaction id", async () => {
    const { bo, room } = await two();
    const content = { msgtype: "m.text", body: "by hand" };
    const ids = [0, 1].map(
      async () => (await bo.done("POST", `${at(room)}/send/m.room.message`, content)).event_id,
    );
    const [first, second] = (await Promise.all(ids)) as [string, string];
    expect(first).not.to.equal(second);
    await bo.done("POST", `${at(room)}/redact/${encodeURIComponent(first)}`, { reason: "twice" });
    const read = async (id: string) =>
      (await bo.done("GET", `${at(room)}/event/${encodeURIComponent(id)}`)).content;
    expect([await read(first), await read(second)]).to.deep.equal([{}, content]);
  });

  it("is to refuse filters with what is no room and no user", async () => {
    const { bo } = await two();
    const define = (filter: JsonObject) => errcode(bo, "POST", `v3/user/${bo.id}/filter`, filter);
    for (const part of [{ rooms: ["pond"] }, { not_senders: ["ada"] }]) {
      expect(await define({ room: { timeline: part } })).to.deep.equal([400, "M_INVALID_PARAM"]);
    }
    const good = { room: { rooms: ["!a:b"], timeline: { senders: ["@a:b"] } } };
    expect(await define(good)).to.deep.equal([200, undefined]);
  });

  it("is to give a token after a full page of results, and none after the empty one", async () => {
    const { bo, room } = await two();
    for (const text of ["tea one", "tea two"]) await bo.send(room, text);
    const page = async (query: string) => {
      const wanted = { search_term: "tea", filter: { limit: 1 }, order_by: "recent" };
      const body = { search_categories: { room_events: wanted } };
      const answer = await bo.done("POST", `v3/search${query}`, body);
      return (answer.search_categories as JsonObject).room_events as JsonObject;
    };
    const counts: number[] = [];
    let found = await page("");
    for (; found.next_batch !== undefined; found = await page(`?next_batch=${found.next_batch}`))
      counts.push((found.results as JsonObject[]).length);
    expect([...counts, (found.results as JsonObject[]).length]).to.deep.equal([1, 1, 0]);
  });

  it("is to call what no room may begin with or say malformed", async () => {
    const { bo, room } = await two({ room_version: "12" });
    const set = (type: string, content: JsonObject) =>
      errcode(bo, "PUT", `${at(room)}/state/${type}/`, content);
    expect(await set("m.room.create", {})).to.deep.equal([400, "M_BAD_JSON"]);
    for (const users of [{ [bo.id]: 100 }, { ada: 50 }, { "@ada:garden.example": "50" }])
      expect(await set("m.room.power_levels", { users })).to.deep.equal([400, "M_BAD_JSON"]);
  });

  it("is to take null for no page of the directory", async () => {
    const { bo } = await two();
    const asked = { token: bo.token, body: { since: null }, odd: true };
    expect((await bo.server.call("POST", "v3/publicRooms", asked)).body.chunk).to.deep.equal([]);
  });

  it("is to name the members as they were when the start of a room was told", async () => {
    const { bo, ada, room } = await two();
    const { rooms } = await bo.sync();
    const told = (rooms as { join: Record<string, { timeline: JsonObject }> }).join[room]!.timeline;
    await ada.done("POST", `v3/join/${encodeURIComponent(room)}`, {});
    const { chunk } = await bo.done("GET", `${at(room)}/members?at=${told.prev_batch}`);
    expect((chunk as JsonObject[]).map(({ state_key }) => state_key)).to.deep.equal([bo.id]);
    const earlier = await bo.done("GET", `${at(room)}/messages?dir=b&from=${told.prev_batch}`);
    expect(earlier.chunk).to.deep.equal([]);
  });

  it("is to say that there is more of a room than a filter lets one who has just come see", async () => {
    const { bo, ada, room } = await two();
    await bo.send(room, "hello");
    const since = String((await ada.sync()).next_batch);
    await ada.done("POST", `v3/join/${encodeURIComponent(room)}`, {});
    const limited = async (timeline: JsonObject) => {
      const filter = JSON.stringify({ room: { timeline } });
      const { rooms } = await ada.sync({ since, filter });
      return (rooms as { join: Record<string, { timeline: JsonObject }> }).join[room]!.timeline.limited;
    };
    expect(await limited({ types: ["m.room.message"] })).to.equal(true);
    expect(await limited({ limit: 100 })).to.equal(false);
  });

  it("is to tell of who is away, too, when one meets them", async () => {
    const { bo, ada, room } = await two();
    const since = String((await ada.sync({ set_presence: "offline" })).next_batch);
    await ada.done("POST", `v3/join/${encodeURIComponent(room)}`, {});
    const { presence } = await ada.sync({ since, set_presence: "offline" });
    const events = (presence as { events: JsonObject[] }).events;
    expect(events.find(({ sender }) => sender === bo.id)?.content).to.deep.equal({ presence: "offline" });
  });

  it("is to list the rules of one kind", async () => {
    const { bo } = await two();
    await bo.done("PUT", "v3/pushrules/global/room/!x:y", { actions: [] });
    const { list } = await bo.done("GET", "v3/pushrules/global/room/");
    expect((list as JsonObject[]).map(({ rule_id }) => rule_id)).to.deep.equal(["!x:y"]);
  });

  it("is to find people in rooms for everyone, and not those of rooms that all here have left", async () => {
    const { bo, ada, room } = await two();
    await ada.done("PUT", `v3/profile/${ada.id}/displayname`, { displayname: "Wren" });
    const found = async (user: TestUser) =>
      ((await user.done("POST", "v3/user_directory/search", { search_term: "wren" })).results as JsonObject[])
        .length;
    expect([await found(ada), await found(bo)]).to.deep.equal([0, 0]);
    await ada.done("POST", `v3/join/${encodeURIComponent(room)}`, {});
    expect([await found(ada), await found(bo)]).to.deep.equal([1, 1]);
    await bo.setState(room, "m.room.join_rules", { join_rule: "invite" });
    expect([await found(ada), await found(bo)]).to.deep.equal([0, 1]);
  });
});

describe("an answer to a registration that was lost", () => {
  it("is given again, for the same account and device, to who knows the password", async () => {
    const server = await TestServer.start({}, memoryPorts());
    const register = (body: JsonObject) => server.call("POST", "v3/register", { body });
    const asked = { username: "bo", password: "a long secret" };
    const { session } = (await register(asked)).body;
    const auth = { type: "m.login.dummy", session: session! };
    const first = await register({ ...asked, auth });
    const again = await register({ ...asked, auth });
    expect([first.status, again.status]).to.deep.equal([200, 200]);
    for (const name of ["user_id", "device_id"]) expect(again.body[name]).to.equal(first.body[name]);
    const whoAmI = async (token: unknown) =>
      (await server.call("GET", "v3/account/whoami", { token: String(token) })).status;
    expect(await whoAmI(again.body.access_token)).to.equal(200);
    expect(await whoAmI(first.body.access_token)).to.equal(401);
    const other = await register({ ...asked, password: "a guess", auth });
    expect(other.body.errcode).to.equal("M_USER_IN_USE");
  });
});
