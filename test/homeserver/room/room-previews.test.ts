import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const world = [{ type: "m.room.history_visibility", content: { history_visibility: "world_readable" } }];

/** Bo's room, into which Ada looks from outside. */
async function outside(settings: JsonObject = { initial_state: world }) {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const room = await bo.createRoom({ preset: "public_chat", ...settings });
  const path = `v3/rooms/${encodeURIComponent(room)}`;
  const watch = (from: string, timeout = 30_000) =>
    ada.done("GET", `v3/events?room_id=${encodeURIComponent(room)}&from=${from}&timeout=${timeout}`);
  return { server, bo, ada, room, path, watch };
}

async function look(user: TestUser, path: string) {
  const { messages, state, ...rest } = await user.done("GET", `${path}/initialSync?limit=2`);
  return {
    rest,
    state: state as JsonObject[],
    messages: messages as { start: string; end: string; chunk: JsonObject[] },
  };
}

const bodies = (chunk: unknown) => (chunk as { content: JsonObject }[]).map(({ content }) => content.body);

describe("a room that is open to the world", () => {
  it("shows its state and last messages, and what comes, to who is not in it", async () => {
    const { bo, ada, room, path, watch } = await outside();
    for (const text of ["one", "two", "three"]) await bo.send(room, text);
    const { rest, state, messages } = await look(ada, path);
    expect(rest).to.deep.equal({ room_id: room, visibility: "private", account_data: [] });
    expect(state.map(({ type }) => type)).to.include("m.room.power_levels");
    expect(bodies(messages.chunk)).to.deep.equal(["two", "three"]);
    const before = await ada.done("GET", `${path}/messages?dir=b&from=${messages.start}&limit=1`);
    expect(bodies(before.chunk)).to.deep.equal(["one"]);

    const waiting = watch(messages.end);
    await bo.send(room, "four");
    const news = await waiting;
    expect([news.start, bodies(news.chunk)]).to.deep.equal([messages.end, ["four"]]);
    expect((await watch(String(news.end), 0)).chunk).to.deep.equal([]);
    expect(bodies((await watch(messages.end)).chunk)).to.deep.equal(["four"]);
  });

  it("ends a watch that nothing came to, and shows no more once it is closed", async () => {
    const { server, bo, room, path, watch, ada } = await outside();
    const { messages } = await look(ada, path);
    const idle = watch(messages.end);
    // Gives the request its turn, so that it waits.
    await bo.done("GET", "v3/account/whoami");
    server.clock.advance(30_000);
    expect((await idle).chunk).to.deep.equal([]);
    await bo.done("PUT", `${path}/state/m.room.history_visibility`, { history_visibility: "joined" });
    await bo.send(room, "among us");
    expect((await ada.call("GET", `${path}/initialSync`)).body.errcode).to.equal("M_FORBIDDEN");
    const events = `v3/events?room_id=${encodeURIComponent(room)}`;
    expect((await ada.call("GET", `${events}&from=${messages.end}`)).body.errcode).to.equal("M_FORBIDDEN");
    expect((await bo.call("GET", `${events}&from=yesterday`)).body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("is one among others to who is in it, and closed ones stay so", async () => {
    const { bo, ada, room, path } = await outside({});
    await bo.done("PUT", `v3/user/${bo.id}/rooms/${encodeURIComponent(room)}/account_data/x`, { a: 1 });
    const { rest } = await look(bo, path);
    const account_data = [{ type: "x", content: { a: 1 } }];
    const { presence, ...others } = rest;
    expect(others).to.deep.equal({ room_id: room, membership: "join", visibility: "private", account_data });
    expect(presence).to.have.nested.property("[0].sender", bo.id);
    expect((await ada.call("GET", `${path}/initialSync`)).status).to.equal(403);
    expect((await ada.call("GET", `v3/events?room_id=${encodeURIComponent(room)}`)).status).to.equal(403);
  });
});
