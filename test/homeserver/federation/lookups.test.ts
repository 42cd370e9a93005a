import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { TestUser } from "../test-server.ts";
import { LinkedServers } from "./linked-servers.ts";
import { TestPeer } from "./test-peer.ts";

async function scene() {
  const links = new LinkedServers();
  const [garden, harbor] = [await links.start("garden.example"), await links.start("harbor.example")];
  const [ada, bo] = [await garden.user("ada"), await harbor.user("bo")];
  return { links, garden, harbor, ada, bo };
}

const part = encodeURIComponent;

describe("profiles across servers", () => {
  it("come from the user's own server", async () => {
    const { links, garden, ada, bo } = await scene();
    await bo.done("PUT", `v3/profile/${bo.id}/m.tz`, { "m.tz": "Europe/Berlin" });
    expect(await ada.done("GET", `v3/profile/${bo.id}`)).to.deep.equal({
      displayname: "bo",
      "m.tz": "Europe/Berlin",
    });
    expect(await ada.done("GET", `v3/profile/${bo.id}/displayname`)).to.deep.equal({ displayname: "bo" });
    expect(links.to("harbor.example", "query/profile")[1]!.path).to.match(/field=displayname/);
    const unknown = [`v3/profile/@nobody:harbor.example`, `v3/profile/${bo.id}/avatar_url`];
    for (const path of unknown) expect((await ada.call("GET", path)).body.errcode).to.equal("M_NOT_FOUND");
    const peer = new TestPeer(links, "peer.example");
    const query = (user: string, more = "") =>
      peer.request(garden, "GET", `/_matrix/federation/v1/query/profile?user_id=${part(user)}${more}`);
    expect((await query(bo.id)).body.errcode).to.equal("M_INVALID_PARAM");
    expect((await query(ada.id, "&field=none")).status).to.equal(404);
    expect((await query(ada.id, "&field=displayname")).body).to.deep.equal({ displayname: "ada" });
    peer.answers.set("query/profile", () => ({ displayname: null, avatar_url: "mxc://x/y" }));
    expect(await ada.done("GET", "v3/profile/@di:peer.example")).to.deep.equal({ avatar_url: "mxc://x/y" });
    peer.answers.set("query/profile", () => Response.json({ errcode: "M_FORBIDDEN" }, { status: 403 }));
    expect((await ada.call("GET", "v3/profile/@di:peer.example")).body.errcode).to.equal("M_FORBIDDEN");
    links.away.add("peer.example");
    expect((await ada.call("GET", "v3/profile/@di:peer.example")).status).to.equal(504);
  });
});

describe("addresses of rooms on other servers", () => {
  it("are looked up there", async () => {
    const { links, ada, bo } = await scene();
    const room = await bo.createRoom({ room_alias_name: "茶🍵" });
    const path = `v3/directory/room/${part("#茶🍵:harbor.example")}`;
    const found = { room_id: room, servers: ["harbor.example"] };
    for (const user of [ada, bo]) expect(await user.done("GET", path)).to.deep.equal(found);
    const unknown = await ada.call("GET", `v3/directory/room/${part("#tea:harbor.example")}`);
    expect([unknown.status, unknown.body.errcode]).to.deep.equal([404, "M_NOT_FOUND"]);
    links.away.add("harbor.example");
    expect((await ada.call("GET", path)).status).to.equal(504);
  });
});

describe("directories of other servers", () => {
  it("are asked the same, in pages", async () => {
    const { links, garden, ada, bo } = await scene();
    for (const name of ["tea", "cake", "coffee"]) {
      await bo.createRoom({ name, visibility: "public", preset: "public_chat" });
    }
    const page = await ada.done("GET", "v3/publicRooms?server=harbor.example&limit=2");
    expect(page.chunk).to.have.length(2);
    expect(page.total_room_count_estimate).to.equal(3);
    const rest = await ada.done("GET", `v3/publicRooms?server=harbor.example&since=${page.next_batch}`);
    expect(rest.chunk).to.have.length(1);
    const filter = { generic_search_term: "cake" };
    const found = await ada.done("POST", "v3/publicRooms?server=harbor.example", { filter, limit: 5 });
    expect((found.chunk as JsonObject[]).map(({ name }) => name)).to.deep.equal(["cake"]);
    expect((await ada.call("GET", "v3/publicRooms?server=not%20one")).status).to.equal(400);
    links.away.add("harbor.example");
    expect((await ada.call("GET", "v3/publicRooms?server=harbor.example")).status).to.equal(504);
    const peer = new TestPeer(links, "peer.example");
    peer.answers.set("publicRooms", () => ({ chunk: "none" }));
    expect((await ada.call("GET", "v3/publicRooms?server=peer.example")).status).to.equal(502);
    const all = await peer.request(garden, "GET", "/_matrix/federation/v1/publicRooms?limit=0");
    expect(all.body).to.deep.include({ chunk: [], total_room_count_estimate: 0 });
  });
});

describe("an OpenID token", () => {
  it("shows another server whose it is", async () => {
    const { garden, ada } = await scene();
    const { access_token: token } = await ada.done("POST", `v3/user/${ada.id}/openid/request_token`, {});
    const path = "/_matrix/federation/v1/openid/userinfo";
    expect((await garden.call("GET", `${path}?access_token=${token}`)).body).to.deep.equal({ sub: ada.id });
    const answers = [await garden.call("GET", `${path}?access_token=x`), await garden.call("GET", path)];
    expect(answers.map(({ status, body }) => [status, body.errcode])).to.deep.equal([
      [401, "M_UNKNOWN_TOKEN"],
      [401, "M_MISSING_TOKEN"],
    ]);
  });
});

/** A space of Ada's at the garden, with rooms and a space of Bo's at the harbor in it. */
async function space() {
  const made = await scene();
  const { ada, bo } = made;
  const child = (user: TestUser, parent: string, id: string, content: JsonObject) =>
    user.setState(parent, "m.space.child", content, id);
  const isSpace = { creation_content: { type: "m.space" } };
  const root = await ada.createRoom({ name: "root", preset: "public_chat", ...isSpace });
  const inner = await bo.createRoom({ name: "inner", preset: "public_chat", ...isSpace });
  const tea = await bo.createRoom({ name: "tea", preset: "public_chat" });
  const secret = await bo.createRoom({ name: "secret" });
  const local = await ada.createRoom({ name: "local", preset: "public_chat" });
  const via = { via: ["harbor.example"] };
  await child(ada, root, inner, { ...via, order: "1" });
  await child(ada, root, secret, { ...via, order: "2" });
  await child(ada, root, local, { via: ["garden.example"], order: "3" });
  await child(bo, inner, tea, { ...via, order: "1", suggested: true });
  await child(bo, inner, secret, { ...via, order: "2" });
  await child(bo, inner, root, { via: ["garden.example"], order: "3" });
  const names = async (query = "") => {
    const { rooms } = await ada.done("GET", `v1/rooms/${part(root)}/hierarchy?${query}`);
    return (rooms as JsonObject[]).map(({ name }) => name);
  };
  return { ...made, root, inner, tea, secret, names };
}

describe("spaces across servers", () => {
  it("show what is elsewhere, as far as one may come in", async () => {
    const { links, names, root } = await space();
    expect(await names()).to.deep.equal(["root", "inner", "tea", "local"]);
    expect(await names("max_depth=1")).to.deep.equal(["root", "inner", "local"]);
    // The inner space's server told of both of its rooms, and was asked but once.
    const asked = links.to("harbor.example", "/hierarchy/");
    expect(
      asked.map(({ path }) => decodeURIComponent(path)).filter((path) => path.includes(root)),
    ).to.deep.equal([]);
    expect(asked.length).to.be.at.most(2);
    const before = asked.length;
    await names();
    expect(links.to("harbor.example", "/hierarchy/")).to.have.length(before);
  });

  it("come in pages, and leave out what cannot be reached", async () => {
    const { links, names } = await space();
    links.away.add("harbor.example");
    expect(await names()).to.deep.equal(["root", "local"]);
    links.away.clear();
    expect(await names("limit=2")).to.deep.equal(["root", "inner"]);
  });

  it("are told to servers that may come in", async () => {
    const { links, harbor, bo, inner, tea, secret } = await space();
    const peer = new TestPeer(links, "peer.example");
    const ask = (room: string, query = "") =>
      peer.request(harbor, "GET", `/_matrix/federation/v1/hierarchy/${part(room)}${query}`);
    const { body } = await ask(inner);
    expect(body.room).to.include({ room_id: inner, name: "inner", room_type: "m.space" });
    expect((body.children as JsonObject[]).map(({ room_id }) => room_id)).to.deep.equal([tea]);
    expect(body.inaccessible_children).to.deep.equal([secret]);
    const suggested = await ask(inner, "?suggested_only=true");
    expect((suggested.body.room as JsonObject).children_state).to.have.length(1);
    expect(suggested.body.inaccessible_children).to.deep.equal([]);
    expect((await ask(secret)).body.errcode).to.equal("M_NOT_FOUND");
    expect((await ask("!nothing:harbor.example")).status).to.equal(404);
    const members = await bo.createRoom({
      initial_state: [
        {
          type: "m.room.join_rules",
          content: { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: tea }] },
        },
      ],
    });
    expect((await ask(members)).status).to.equal(404);
    await peer.join(harbor, "@di:peer.example", tea);
    expect((await ask(members)).status).to.equal(200);
  });

  it("summarise a room that nobody here is in", async () => {
    const { ada, bo, tea, secret } = await space();
    const path = (room: string) => `v1/room_summary/${part(room)}?via=harbor.example`;
    expect(await ada.done("GET", path(tea))).to.include({ room_id: tea, name: "tea", membership: "leave" });
    expect((await ada.call("GET", path(secret))).body.errcode).to.equal("M_NOT_FOUND");
    expect((await ada.call("GET", `v1/room_summary/${part(tea)}`)).status).to.equal(200);
    const alias = "#tea:harbor.example";
    await bo.done("PUT", `v3/directory/room/${part(alias)}`, { room_id: tea });
    const byAlias = await ada.done("GET", `v1/room_summary/${part(alias)}`);
    expect(byAlias).to.include({ room_id: tea, num_joined_members: 1 });
  });
});
