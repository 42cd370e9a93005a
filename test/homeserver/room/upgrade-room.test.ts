import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const state = (user: TestUser, room: string, type: string) =>
  user.call("GET", `v3/rooms/${encodeURIComponent(room)}/state/${type}`).then(({ body }) => body);

async function upgraded(from: string, to: string, body: JsonObject = {}) {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const old = await bo.createRoom({
    room_version: from,
    preset: "public_chat",
    name: "Tea",
    topic: "Leaves",
    room_alias_name: "tea",
    visibility: "public",
    creation_content: { type: "m.space" },
  });
  const path = `v3/rooms/${encodeURIComponent(old)}`;
  await ada.done("POST", `${path}/join`);
  const answer = await bo.done("POST", `${path}/upgrade`, { new_version: to, ...body });
  return { server, bo, ada, old, path, room: String(answer.replacement_room) };
}

describe("upgrading a room", () => {
  for (const [from, to] of [
    ["6", "11"],
    ["9", "12"],
    ["12", "12"],
    ["12", "10"],
  ] as const) {
    it(`puts a room of version ${to} in the place of one of ${from}`, async () => {
      const { server, bo, ada, old, room } = await upgraded(from, to);
      const create = await state(bo, room, "m.room.create");
      expect(create).to.include({ room_version: to, type: "m.space" });
      // The tombstone, which follows, has the new room's id, and that is made of the create event.
      const before = to === "12" ? [] : ["event_id"];
      expect(Object.keys(create.predecessor as JsonObject).sort()).to.deep.equal([...before, "room_id"]);
      expect((create.predecessor as JsonObject).room_id).to.equal(old);
      expect(await state(bo, room, "m.room.name")).to.deep.equal({ name: "Tea" });
      expect((await state(bo, room, "m.room.topic")).topic).to.equal("Leaves");
      expect((await state(bo, old, "m.room.tombstone")).replacement_room).to.equal(room);
      const users = (await state(bo, room, "m.room.power_levels")).users;
      expect(users).to.deep.equal(to === "12" ? {} : { [bo.id]: 100 });
      const joined = await ada.done("POST", "v3/join/%23tea%3Agarden.example");
      expect(joined.room_id).to.equal(room);
      const refused = await ada.call("PUT", `v3/rooms/${encodeURIComponent(old)}/send/m.room.message/x`, {
        body: "",
      });
      expect(refused.body.errcode).to.equal("M_FORBIDDEN");
      await bo.send(room, "new");
      expect(server.ports.facts.filter(({ type }) => type === "request-failed")).to.deep.equal([]);
    });
  }

  it("names the creators it is told to", async () => {
    const { bo, room, ada } = await upgraded("11", "12", { additional_creators: ["@ada:garden.example"] });
    expect((await state(bo, room, "m.room.create")).additional_creators).to.deep.equal([ada.id]);
  });

  it("is refused where it cannot be", async () => {
    const { bo, ada, path } = await upgraded("11", "11");
    const upgrade = async (user: TestUser, body: JsonObject) => {
      const answer = await user.call("POST", `${path}/upgrade`, body);
      return [answer.status, answer.body.errcode];
    };
    expect(await upgrade(bo, { new_version: "99" })).to.deep.equal([400, "M_UNSUPPORTED_ROOM_VERSION"]);
    expect(await upgrade(bo, {})).to.deep.equal([400, "M_MISSING_PARAM"]);
    expect(await upgrade(ada, { new_version: "12" })).to.deep.equal([403, "M_FORBIDDEN"]);
  });

  it("brings along what members had set", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const old = await bo.createRoom({ preset: "public_chat", room_version: "11" });
    const path = `v3/rooms/${encodeURIComponent(old)}`;
    await ada.done("POST", `${path}/join`);
    const tags = (room: string) =>
      `v3/user/${encodeURIComponent(ada.id)}/rooms/${encodeURIComponent(room)}/tags`;
    await ada.done("PUT", `${tags(old)}/u.work`, { order: 0.5 });
    await ada.done("PUT", `v3/pushrules/global/room/${encodeURIComponent(old)}`, { actions: [] });
    const created = await ada.createRoom({ creation_content: { predecessor: { room_id: old } } });
    expect(await ada.done("GET", tags(created))).to.deep.equal({ tags: { "u.work": { order: 0.5 } } });
    const { replacement_room } = await bo.done("POST", `${path}/upgrade`, { new_version: "12" });
    const room = String(replacement_room);
    await ada.done("POST", `v3/rooms/${encodeURIComponent(room)}/join`);
    expect(await ada.done("GET", tags(room))).to.deep.equal({ tags: { "u.work": { order: 0.5 } } });
    expect((await ada.call("GET", `v3/pushrules/global/room/${encodeURIComponent(room)}`)).status).to.equal(
      200,
    );
  });
});
