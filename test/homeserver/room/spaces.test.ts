import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

async function space() {
  const server = await TestServer.start();
  const [bo, ada] = [await server.user("bo"), await server.user("ada")];
  const make = (name: string, more: JsonObject = {}) =>
    bo.createRoom({ preset: "public_chat", name, ...more });
  const type = { creation_content: { type: "m.space" } };
  const [root, inner] = [await make("root", type), await make("inner", type)];
  const [tea, cake] = [await make("tea"), await make("cake")];
  const secret = await bo.createRoom({ name: "secret" });
  const child = (parent: string, room: string, content: JsonObject = {}) =>
    bo.setState(parent, "m.space.child", { via: ["garden.example"], ...content }, room);
  await child(root, tea, { order: "b", suggested: true });
  await child(root, inner, { order: "a" });
  await child(root, secret);
  await child(inner, cake);
  await child(inner, root);
  return { bo, ada, root, inner, tea, cake, secret };
}

async function names(user: TestUser, root: string, query = "") {
  const answer = await user.done("GET", `v1/rooms/${encodeURIComponent(root)}/hierarchy?${query}`);
  return { names: (answer.rooms as JsonObject[]).map(({ name }) => name), answer };
}

describe("spaces", () => {
  it("show what is in them, each room once, to who may see it", async () => {
    const { bo, ada, root, inner } = await space();
    expect((await names(bo, root)).names).to.deep.equal(["root", "inner", "cake", "tea", "secret"]);
    const { names: seen, answer } = await names(ada, root);
    expect(seen).to.deep.equal(["root", "inner", "cake", "tea"]);
    const [first] = answer.rooms as { room_type: string; children_state: JsonObject[] }[];
    expect(first!.room_type).to.equal("m.space");
    expect(first!.children_state[0]).to.include({ type: "m.space.child", state_key: inner, sender: bo.id });
    expect(first!.children_state[0]!.origin_server_ts).to.be.a("number");
    expect((await names(ada, root, "max_depth=1")).names).to.deep.equal(["root", "inner", "tea"]);
    expect((await names(ada, root, "suggested_only=true")).names).to.deep.equal(["root", "tea"]);
  });

  it("come in pages", async () => {
    const { ada, root } = await space();
    const first = await names(ada, root, "limit=3");
    expect(first.names).to.deep.equal(["root", "inner", "cake"]);
    const second = await names(ada, root, `limit=3&from=${first.answer.next_batch}`);
    expect(second.names).to.deep.equal(["tea"]);
    expect(second.answer.next_batch).to.equal(undefined);
    const changed = await ada.call(
      "GET",
      `v1/rooms/${encodeURIComponent(root)}/hierarchy?max_depth=1&from=${first.answer.next_batch}`,
    );
    expect(changed.body.errcode).to.equal("M_INVALID_PARAM");
  });

  it("hide from who may not look", async () => {
    const { ada, secret } = await space();
    const answer = await ada.call("GET", `v1/rooms/${encodeURIComponent(secret)}/hierarchy`);
    expect([answer.status, answer.body.errcode]).to.deep.equal([403, "M_FORBIDDEN"]);
  });
});

describe("a room's summary", () => {
  it("is for all where the room is open, and else for who is in", async () => {
    const { bo, ada, tea, secret } = await space();
    const path = (room: string) => `v1/room_summary/${encodeURIComponent(room)}`;
    const open = await ada.server.call("GET", path(tea));
    expect(open.body).to.deep.include({
      room_id: tea,
      name: "tea",
      num_joined_members: 1,
      join_rule: "public",
    });
    expect(open.body).not.to.have.property("membership");
    expect((await ada.done("GET", path(tea))).membership).to.equal("leave");
    expect((await ada.call("GET", path(secret))).body.errcode).to.equal("M_NOT_FOUND");
    expect(await bo.done("GET", path(secret))).to.include({
      name: "secret",
      membership: "join",
      room_version: "12",
    });
  });
});
