import { expect } from "chai";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { TestServer, type TestUser } from "../test-server.ts";

async function people() {
  const server = await TestServer.start();
  return { server, bo: await server.user("bo"), ada: await server.user("ada"), cy: await server.user("cy") };
}

async function act(user: TestUser, room: string, act: string, body: JsonObject = {}) {
  const { status, body: answer } = await user.call(
    "POST",
    `v3/rooms/${encodeURIComponent(room)}/${act}`,
    body,
  );
  return status === 200 ? "done" : answer.errcode;
}

async function membership(viewer: TestUser, room: string, user: TestUser) {
  const path = `v3/rooms/${encodeURIComponent(room)}/state/m.room.member/${encodeURIComponent(user.id)}`;
  return (await viewer.call("GET", path)).body.membership;
}

describe("membership", () => {
  it("goes by invitation in a private room", async () => {
    const { bo, ada, cy } = await people();
    const room = await bo.createRoom();
    expect(await act(ada, room, "join")).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "invite", { user_id: ada.id, reason: "tea" })).to.equal("done");
    expect(await act(cy, room, "invite", { user_id: cy.id })).to.equal("M_FORBIDDEN");
    expect(await act(ada, room, "join")).to.equal("done");
    expect(await act(ada, room, "join")).to.equal("done");
    expect(await act(bo, room, "invite", { user_id: ada.id })).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "invite", {})).to.equal("M_MISSING_PARAM");
    expect(await act(bo, room, "invite", { user_id: "ada" })).to.equal("M_INVALID_PARAM");
    expect(
      await act(bo, room, "invite", {
        medium: "email",
        address: "a@b.example",
        id_server: "id.example",
        id_access_token: "x",
      }),
    ).to.equal("M_THREEPID_DENIED");
    expect(await act(ada, room, "leave")).to.equal("done");
    expect(await act(ada, room, "leave")).to.equal("done");
    expect(await act(cy, room, "leave")).to.equal("M_FORBIDDEN");
    expect(await act(ada, "!no:where.example", "leave")).to.equal("M_NOT_FOUND");
  });

  it("lets those in power kick, ban and unban", async () => {
    const { bo, ada, cy } = await people();
    const room = await bo.createRoom({ preset: "public_chat" });
    await act(ada, room, "join");
    expect(await act(ada, room, "kick", { user_id: bo.id })).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "kick", { user_id: cy.id })).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "kick", { user_id: ada.id, reason: "rest" })).to.equal("done");
    expect(await membership(bo, room, ada)).to.equal("leave");
    expect(await act(bo, room, "unban", { user_id: ada.id })).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "ban", { user_id: ada.id })).to.equal("done");
    expect(await act(ada, room, "join")).to.equal("M_FORBIDDEN");
    expect(await act(bo, room, "kick", { user_id: ada.id })).to.equal("M_FORBIDDEN");
    expect(await membership(bo, room, ada)).to.equal("ban");
    expect(await act(bo, room, "unban", { user_id: ada.id })).to.equal("done");
    expect(await act(ada, room, "join")).to.equal("done");
  });

  it("takes a reason that is null for none, as bots send it that have no reason", async () => {
    const { bo, ada } = await people();
    const room = await bo.createRoom({ preset: "public_chat" });
    const path = (act: string) => `v3/rooms/${encodeURIComponent(room)}/${act}`;
    const ban = { token: bo.token, body: { user_id: ada.id, reason: null }, odd: true };
    expect((await bo.server.call("POST", path("ban"), ban)).status).to.equal(200);
    expect(await membership(bo, room, ada)).to.equal("ban");
    expect(await act(bo, room, "unban", { user_id: ada.id })).to.equal("done");
    const join = { token: ada.token, body: { reason: null }, odd: true };
    expect((await ada.server.call("POST", path("join"), join)).status).to.equal(200);
    expect(await membership(bo, room, ada)).to.equal("join");
  });

  it("is asked for by knocking", async () => {
    const { bo, ada } = await people();
    const room = await bo.createRoom({
      name: "Tea",
      initial_state: [{ type: "m.room.join_rules", content: { join_rule: "knock" } }],
    });
    const knock = `v3/knock/${encodeURIComponent(room)}`;
    expect((await ada.done("POST", knock, { reason: "please" })).room_id).to.equal(room);
    const rooms = (await ada.sync()).rooms as {
      knock: Record<string, { knock_state: { events: JsonObject[] } }>;
    };
    const shown = rooms.knock[room]!.knock_state.events.map(({ type }) => type);
    expect(shown).to.include.members(["m.room.create", "m.room.name", "m.room.member"]);
    expect(await act(bo, room, "invite", { user_id: ada.id })).to.equal("done");
    expect(await act(ada, room, "join")).to.equal("done");
    const closed = await bo.createRoom();
    expect((await ada.call("POST", `v3/knock/${encodeURIComponent(closed)}`)).body.errcode).to.equal(
      "M_FORBIDDEN",
    );
  });

  it("comes from another room where the rules say so", async () => {
    const { bo, ada, cy } = await people();
    const club = await bo.createRoom({ preset: "public_chat" });
    await act(ada, club, "join");
    for (const version of ["8", "10", "12"]) {
      const room = await bo.createRoom({
        room_version: version,
        initial_state: [
          {
            type: "m.room.join_rules",
            content: { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: club }] },
          },
        ],
      });
      expect(await act(cy, room, "join")).to.equal("M_FORBIDDEN");
      expect(await act(ada, room, "join")).to.equal("done");
      const path = `v3/rooms/${encodeURIComponent(room)}/state/m.room.member/${encodeURIComponent(ada.id)}`;
      expect((await ada.done("GET", path)).join_authorised_via_users_server).to.equal(bo.id);
      const renamed = { membership: "join", displayname: "A.", join_authorised_via_users_server: "anybody" };
      await ada.setState(room, "m.room.member", renamed, ada.id);
      expect(await ada.done("GET", path)).to.deep.equal({ membership: "join", displayname: "A." });
    }
  });

  it("is forgotten when one wishes", async () => {
    const { bo, ada } = await people();
    const room = await bo.createRoom({ preset: "public_chat" });
    await act(ada, room, "join");
    expect(await act(ada, room, "forget")).to.equal("M_UNKNOWN");
    await act(ada, room, "leave");
    const messages = `v3/rooms/${encodeURIComponent(room)}/messages?dir=b`;
    expect((await ada.call("GET", messages)).status).to.equal(200);
    expect(await act(ada, room, "forget")).to.equal("done");
    expect((await ada.call("GET", messages)).body.errcode).to.equal("M_FORBIDDEN");
    const filter = JSON.stringify({ room: { include_leave: true } });
    expect((await ada.sync({ filter })).rooms).to.equal(undefined);
    ada.server = await ada.server.restarted();
    expect((await ada.call("GET", messages)).body.errcode).to.equal("M_FORBIDDEN");
    await act(ada, room, "join");
    expect((await ada.call("GET", messages)).status).to.equal(200);
  });
});
