import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

type RoomInfo = JsonObject & { room_id: string; membership: string; messages: { chunk: JsonObject[] } };

async function initialSync(user: TestUser, query = "") {
  const { rooms, end, ...rest } = await user.done("GET", `v3/initialSync${query}`);
  return { rooms: rooms as RoomInfo[], end: String(end), rest };
}

const bodies = (chunk: unknown) =>
  (chunk as { type: string; content: JsonObject }[])
    .filter(({ type }) => type === "m.room.message")
    .map(({ content }) => content.body);

describe("how clients followed their rooms before /sync", () => {
  it("shows all rooms at the start, with what was left only to who asks for it", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const [pond, hedge] = [await bo.createRoom({ preset: "public_chat" }), await bo.createRoom()];
    for (const text of ["one", "two"]) await bo.send(pond, text);
    await ada.done("POST", `v3/join/${encodeURIComponent(pond)}`, {});
    await bo.done("POST", `v3/rooms/${encodeURIComponent(hedge)}/invite`, { user_id: ada.id });
    await ada.done("PUT", `v3/user/${ada.id}/account_data/x`, { a: 1 });

    const { rooms, rest } = await initialSync(ada, "?limit=2");
    expect(rest.account_data).to.deep.include({ type: "x", content: { a: 1 } });
    expect(rest.presence).to.be.an("array");
    const [first, second] = rooms as [RoomInfo, RoomInfo];
    expect([first.room_id, first.membership, bodies(first.messages.chunk)]).to.deep.equal([
      pond,
      "join",
      ["two"],
    ]);
    expect((first.state as JsonObject[]).map(({ type }) => type)).to.include("m.room.power_levels");
    expect([second.room_id, second.membership]).to.deep.equal([hedge, "invite"]);
    expect(second.invite).to.include({ type: "m.room.member", sender: bo.id, room_id: hedge });

    await ada.done("POST", `v3/rooms/${encodeURIComponent(pond)}/leave`, {});
    const places = async (query: string) =>
      (await initialSync(ada, query)).rooms.map(({ membership }) => membership);
    expect(await places("")).to.deep.equal(["invite"]);
    expect(await places("?archived=true")).to.deep.equal(["leave", "invite"]);
  });

  it("tells what came to any of them since, and waits for it", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const rooms = [await ada.createRoom({ invite: [bo.id] }), await ada.createRoom({ invite: [bo.id] })];
    for (const room of rooms) await bo.done("POST", `v3/join/${encodeURIComponent(room)}`, {});
    const { end } = await initialSync(ada);
    const waiting = ada.done("GET", `v3/events?from=${end}&timeout=30000`);
    await bo.send(rooms[1]!, "here");
    const news = await waiting;
    expect([news.start, bodies(news.chunk)]).to.deep.equal([end, ["here"]]);
    await bo.send(rooms[0]!, "and there");
    const hedge = await bo.createRoom({ invite: [ada.id] });
    await bo.send(hedge, "not for ada yet");
    const later = await ada.done("GET", `v3/events?from=${news.end}&timeout=30000`);
    expect(bodies(later.chunk)).to.deep.equal(["and there"]);
    expect((later.chunk as JsonObject[]).at(-1)).to.include({ room_id: hedge, state_key: ada.id });
    expect((await ada.done("GET", `v3/events?from=${later.end}`)).chunk).to.deep.equal([]);
  });

  it("gives out one event, to who may see it", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const id = await bo.send(await bo.createRoom(), "mine");
    expect(await bo.done("GET", `v3/events/${encodeURIComponent(id)}`)).to.include({ event_id: id });
    expect((await ada.call("GET", `v3/events/${encodeURIComponent(id)}`)).body.errcode).to.equal(
      "M_NOT_FOUND",
    );
  });
});
