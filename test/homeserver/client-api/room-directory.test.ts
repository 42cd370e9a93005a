import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

const encoded = encodeURIComponent;
const alias = "#tea:garden.example";
const path = `v3/directory/room/${encoded(alias)}`;

async function scene() {
  const server = await TestServer.start();
  const [bo, cy] = [await server.user("bo"), await server.user("cy")];
  const room = await bo.createRoom({ preset: "public_chat", name: "Tea time", topic: "Mint and more" });
  await cy.done("POST", `v3/join/${encoded(room)}`);
  return { server, bo, cy, room };
}

describe("the room directory", () => {
  it("leads from an alias to its room, for anyone", async () => {
    const { server, bo, room } = await scene();
    expect((await server.call("GET", path)).body.errcode).to.equal("M_NOT_FOUND");
    await bo.done("PUT", path, { room_id: room });
    expect((await server.call("GET", path)).body).to.deep.equal({
      room_id: room,
      servers: ["garden.example"],
    });
    const again = await bo.call("PUT", path, { room_id: room });
    expect(again.status).to.equal(409);
  });

  it("refuses aliases that cannot be, and rooms that one is not in", async () => {
    const { server, bo, room } = await scene();
    const put = async (user: TestUser, name: string) =>
      (await user.call("PUT", `v3/directory/room/${encoded(name)}`, { room_id: room })).body.errcode;
    expect(await put(bo, "tea")).to.equal("M_INVALID_PARAM");
    expect(await put(bo, "#tea:harbor.example")).to.equal("M_INVALID_PARAM");
    expect(await put(await server.user("eve"), alias)).to.equal("M_FORBIDDEN");
  });

  it("lets who made an alias delete it, and who may name the room", async () => {
    const { bo, cy, room } = await scene();
    await bo.done("PUT", path, { room_id: room });
    await bo.setState(room, "m.room.canonical_alias", { alias });
    expect((await cy.call("DELETE", path)).body.errcode).to.equal("M_FORBIDDEN");
    await bo.done("DELETE", path);
    expect((await cy.call("GET", path)).status).to.equal(404);
    const state = `v3/rooms/${encoded(room)}/state/m.room.canonical_alias/`;
    expect(await bo.done("GET", state), "and the room no longer claims it").to.deep.equal({});
    await cy.done("PUT", path, { room_id: room });
    await bo.done("DELETE", path);
  });

  it("lists what was published, by search, type and page", async () => {
    const { server, bo, cy, room } = await scene();
    const space = await cy.createRoom({
      visibility: "public",
      creation_content: { type: "m.space" },
      name: "House",
    });
    const listing = `v3/directory/list/room/${encoded(room)}`;
    expect((await cy.call("PUT", listing, { visibility: "public" })).status).to.equal(403);
    await bo.done("PUT", listing, { visibility: "public" });
    expect((await server.call("GET", listing)).body).to.deep.equal({ visibility: "public" });
    const ids = (body: JsonObject) => (body.chunk as JsonObject[]).map(({ room_id }) => room_id);
    const first = (await server.call("GET", "v3/publicRooms?limit=1")).body;
    expect(ids(first)).to.deep.equal([room]);
    expect(first.total_room_count_estimate).to.equal(2);
    const second = (await server.call("GET", `v3/publicRooms?limit=1&since=${first.next_batch}`)).body;
    expect(ids(second)).to.deep.equal([space]);
    expect(second).to.not.have.property("next_batch");
    const found = async (filter: JsonObject) => ids(await cy.done("POST", "v3/publicRooms", { filter }));
    expect(await found({ generic_search_term: "MINT" })).to.deep.equal([room]);
    expect(await found({ room_types: ["m.space"] })).to.deep.equal([space]);
    expect(await found({ room_types: [null] })).to.deep.equal([room]);
  });
});

describe("search", () => {
  const search = (user: TestUser, criteria: JsonObject, token = "") =>
    user.done("POST", `v3/search${token}`, { search_categories: { room_events: criteria } });
  const resultsOf = (answer: JsonObject) =>
    (answer.search_categories as { room_events: JsonObject & { results: { result: JsonObject }[] } })
      .room_events;
  const bodies = (answer: JsonObject) =>
    resultsOf(answer).results.map(({ result }) => (result.content as JsonObject).body);

  it("finds words in what one may see, the closest or the newest first", async () => {
    const { server, bo, cy, room } = await scene();
    await bo.send(room, "mint tea");
    await cy.send(room, "mint tea, or rather a pot of black tea with milk");
    await bo.send(room, "coffee");
    expect(bodies(await search(cy, { search_term: "TEA mint" }))).to.deep.equal([
      "mint tea",
      "mint tea, or rather a pot of black tea with milk",
    ]);
    const recent = bodies(
      await search(cy, { search_term: "tea", order_by: "recent", keys: ["content.body"] }),
    );
    expect(recent[1]).to.equal("mint tea");
    const stranger = await server.user("eve");
    expect(bodies(await search(stranger, { search_term: "tea" }))).to.deep.equal([]);
  });

  it("shows the surroundings, groups and pages", async () => {
    const { bo, cy, room } = await scene();
    for (const who of [bo, cy, bo]) await who.send(room, "tea");
    const criteria = {
      search_term: "tea",
      keys: ["content.body"],
      filter: { limit: 2 },
      event_context: { before_limit: 1, after_limit: 0, include_profile: true },
      groupings: { group_by: [{ key: "sender" }] },
    };
    const answer = resultsOf(await search(bo, criteria));
    expect(answer.results).to.have.length(2);
    const [{ context }] = answer.results as unknown as [
      { context: JsonObject & { events_before: unknown[] } },
    ];
    expect(context.events_before).to.have.length(1);
    expect(context.profile_info).to.have.property(bo.id);
    expect((answer.groups as JsonObject).sender).to.have.all.keys(bo.id, cy.id);
    const rest = await search(bo, criteria, `?next_batch=${answer.next_batch}`);
    expect(bodies(rest)).to.have.length(1);
    expect(resultsOf(rest)).to.not.have.property("next_batch");
  });
});
