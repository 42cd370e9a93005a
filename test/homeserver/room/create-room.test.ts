import { expect } from "chai";
import { isJsonObject, type JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

async function stateOf(user: TestUser, room: string): Promise<Map<string, JsonObject>> {
  const { list } = await user.done("GET", `v3/rooms/${encodeURIComponent(room)}/state`);
  return new Map((list as JsonObject[]).map((event) => [`${event.type} ${event.state_key}`, event]));
}

function content(state: Map<string, JsonObject>, key: string): JsonObject {
  const found = state.get(key)?.content;
  return isJsonObject(found) ? found : {};
}

describe("creating a room", () => {
  for (const version of ["6", "7", "8", "9", "10", "11", "12"]) {
    it(`begins as its preset says, in version ${version}`, async () => {
      const server = await TestServer.start();
      const [bo, ada] = [await server.user("bo"), await server.user("ada")];
      const room = await bo.createRoom({
        room_version: version,
        preset: "public_chat",
        room_alias_name: "tea",
        name: "Tea",
        topic: "Leaves",
        invite: [ada.id],
      });
      expect(room).to.match(version === "12" ? /^![\w-]{43}$/ : /^!\w+:garden\.example$/);
      const state = await stateOf(bo, room);
      const create = content(state, "m.room.create ");
      expect(create.room_version).to.equal(version);
      expect(create.creator).to.equal(Number(version) < 11 ? bo.id : undefined);
      expect(content(state, "m.room.join_rules ")).to.deep.equal({ join_rule: "public" });
      expect(content(state, "m.room.name ")).to.deep.equal({ name: "Tea" });
      expect(content(state, "m.room.topic ").topic).to.equal("Leaves");
      expect(content(state, "m.room.canonical_alias ")).to.deep.equal({ alias: "#tea:garden.example" });
      expect(content(state, `m.room.member ${ada.id}`).membership).to.equal("invite");
      const users = content(state, "m.room.power_levels ").users;
      expect(users).to.deep.equal(version === "12" ? {} : { [bo.id]: 100 });
      const joined = await ada.done("POST", "v3/join/%23tea%3Agarden.example");
      expect(joined.room_id).to.equal(room);
    });
  }

  it("makes the invited equals in a trusted private chat", async () => {
    const server = await TestServer.start();
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const wishes = { preset: "trusted_private_chat", invite: [ada.id], is_direct: true };
    const new12 = await stateOf(bo, await bo.createRoom(wishes));
    expect(content(new12, "m.room.create ").additional_creators).to.deep.equal([ada.id]);
    expect(content(new12, `m.room.member ${ada.id}`).is_direct).to.equal(true);
    const old11 = await stateOf(bo, await bo.createRoom({ ...wishes, room_version: "11" }));
    expect(content(old11, "m.room.power_levels ").users).to.deep.equal({ [bo.id]: 100, [ada.id]: 100 });
  });

  it("lets initial state stand for the preset's", async () => {
    const bo = await (await TestServer.start()).user("bo");
    const room = await bo.createRoom({
      initial_state: [{ type: "m.room.history_visibility", content: { history_visibility: "joined" } }],
      power_level_content_override: { events_default: 50 },
    });
    const state = await stateOf(bo, room);
    expect(content(state, "m.room.history_visibility ")).to.deep.equal({ history_visibility: "joined" });
    expect(content(state, "m.room.power_levels ").events_default).to.equal(50);
  });

  it("makes two rooms of the same wishes at the same time", async () => {
    const bo = await (await TestServer.start()).user("bo");
    expect(await bo.createRoom()).not.to.equal(await bo.createRoom());
  });

  it("writes nothing when it refuses", async () => {
    const server = await TestServer.start();
    const bo = await server.user("bo");
    await bo.createRoom({ room_alias_name: "tea" });
    const before = server.ports.journal.records.length;
    const refused = async (body: JsonObject) => {
      const answer = await bo.call("POST", "v3/createRoom", body);
      return [answer.status, answer.body.errcode];
    };
    expect(await refused({ room_version: "99" })).to.deep.equal([400, "M_UNSUPPORTED_ROOM_VERSION"]);
    expect(await refused({ room_alias_name: "tea" })).to.deep.equal([400, "M_ROOM_IN_USE"]);
    expect(await refused({ preset: "party" })).to.deep.equal([400, "M_INVALID_PARAM"]);
    expect(await refused({ name: 7 })).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await refused({ name: "x".repeat(70_000) })).to.deep.equal([400, "M_INVALID_ROOM_STATE"]);
    expect(await refused({ invite: ["ada"] })).to.deep.equal([400, "M_INVALID_PARAM"]);
    const mail = { medium: "email", address: "a@b.example", id_server: "id.example", id_access_token: "t" };
    expect(await refused({ invite_3pid: [mail] })).to.deep.equal([403, "M_THREEPID_DENIED"]);
    expect(await refused({ creation_content: { size: 1.5 } })).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await refused({ creation_content: { additional_creators: "ada" } })).to.deep.equal([
      400,
      "M_INVALID_ROOM_STATE",
    ]);
    expect(await refused({ power_level_content_override: { users: { [bo.id]: 100 } } })).to.deep.equal([
      400,
      "M_INVALID_ROOM_STATE",
    ]);
    expect(server.ports.journal.records.length).to.equal(before);
    expect((await bo.done("GET", "v3/joined_rooms")).joined_rooms).to.have.length(1);
  });
});
