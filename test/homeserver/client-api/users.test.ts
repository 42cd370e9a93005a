import { expect } from "chai";
import { TestServer, type TestUser } from "../test-server.ts";

const memberContent = (reader: TestUser, room: string, userId: string) =>
  reader.done("GET", `v3/rooms/${encodeURIComponent(room)}/state/m.room.member/${userId}`);

async function twoInARoom() {
  const server = await TestServer.start();
  const [bo, cy] = [await server.user("bo"), await server.user("cy")];
  const room = await bo.createRoom({ preset: "private_chat", invite: [cy.id] });
  await cy.done("POST", `v3/join/${encodeURIComponent(room)}`);
  return { server, bo, cy, room };
}

describe("a profile", () => {
  it("follows its user into their rooms", async () => {
    const { bo, cy, room } = await twoInARoom();
    await cy.done("PUT", `v3/profile/${cy.id}/displayname`, { displayname: "Cy the Brave" });
    expect(await memberContent(bo, room, cy.id)).to.include({
      membership: "join",
      displayname: "Cy the Brave",
    });
    await cy.done("DELETE", `v3/profile/${cy.id}/displayname`);
    expect(await memberContent(bo, room, cy.id)).to.not.have.property("displayname");
  });
});

describe("the user directory", () => {
  it("finds by name and id who shares a room, and nobody else", async () => {
    const { server, bo, cy } = await twoInARoom();
    await server.user("cyrano");
    await cy.done("PUT", `v3/profile/${cy.id}/displayname`, { displayname: "Cécile" });
    const search = (term: string) => bo.done("POST", "v3/user_directory/search", { search_term: term });
    const found = [{ user_id: cy.id, display_name: "Cécile" }];
    expect(await search("CY")).to.deep.equal({ results: found, limited: false });
    expect((await search("céc")).results).to.deep.equal(found);
    await cy.createRoom({ preset: "public_chat" });
    expect((await search("zz")).results).to.deep.equal([]);
  });
});

describe("deactivation", () => {
  it("ends sessions and memberships, and leaves no way back", async () => {
    const { server, bo, cy, room } = await twoInARoom();
    const auth = {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: "cy" },
      password: "cy-secret",
    };
    const done = await cy.done("POST", "v3/account/deactivate", { auth, erase: true });
    expect(done).to.deep.equal({ id_server_unbind_result: "success" });
    expect((await cy.call("GET", "v3/account/whoami")).body.errcode).to.equal("M_UNKNOWN_TOKEN");
    expect((await memberContent(bo, room, cy.id)).membership).to.equal("leave");
    expect((await server.call("GET", `v3/profile/${cy.id}`)).status).to.equal(404);
    const again = await server.call("POST", "v3/login", { body: auth });
    expect(again.body.errcode).to.equal("M_USER_DEACTIVATED");
    const taken = await server.call("GET", "v3/register/available?username=cy");
    expect(taken.body.errcode).to.equal("M_USER_IN_USE");
  });
});

describe("presence", () => {
  it("is told to those who share a room, and set by its user alone", async () => {
    const { server, bo, cy } = await twoInARoom();
    const path = `v3/presence/${cy.id}/status`;
    await cy.done("PUT", path, { presence: "unavailable", status_msg: "at tea" });
    expect(await bo.done("GET", path)).to.include({ presence: "unavailable", status_msg: "at tea" });
    expect((await bo.call("PUT", path, { presence: "online" })).status).to.equal(403);
    expect((await (await server.user("eve")).call("GET", path)).status).to.equal(404);
    expect((await cy.call("PUT", path, { presence: "asleep" })).body.errcode).to.equal("M_INVALID_PARAM");
  });
});

describe("pushers", () => {
  const pusher = {
    app_id: "org.example.app",
    pushkey: "key",
    kind: "http",
    app_display_name: "App",
    device_display_name: "Phone",
    lang: "en",
    data: { url: "https://push.example/_matrix/push/v1/notify" },
  };

  it("are set, listed, taken over and deleted", async () => {
    const { bo, cy } = await twoInARoom();
    await bo.done("POST", "v3/pushers/set", pusher);
    expect(await bo.done("GET", "v3/pushers")).to.deep.equal({ pushers: [pusher] });
    await cy.done("POST", "v3/pushers/set", { ...pusher, append: false });
    expect(await bo.done("GET", "v3/pushers")).to.deep.equal({ pushers: [] });
    await cy.done("POST", "v3/pushers/set", { ...pusher, kind: null });
    expect(await cy.done("GET", "v3/pushers")).to.deep.equal({ pushers: [] });
  });

  it("have to say where to", async () => {
    const { bo } = await twoInARoom();
    const set = async (change: object) =>
      (await bo.call("POST", "v3/pushers/set", { ...pusher, ...change } as never)).body.errcode;
    expect(await set({ data: {} })).to.equal("M_MISSING_PARAM");
    expect(await set({ data: { url: "https://push.example/elsewhere" } })).to.equal("M_INVALID_PARAM");
    expect(await set({ pushkey: "k".repeat(513) })).to.be.oneOf(["M_INVALID_PARAM", "M_BAD_JSON"]);
  });
});

describe("OpenID tokens", () => {
  it("are for oneself", async () => {
    const { bo, cy } = await twoInARoom();
    const token = await bo.done("POST", `v3/user/${bo.id}/openid/request_token`, {});
    expect(token).to.include({
      token_type: "Bearer",
      matrix_server_name: "garden.example",
      expires_in: 3600,
    });
    expect((await cy.call("POST", `v3/user/${bo.id}/openid/request_token`, {})).status).to.equal(403);
  });
});
