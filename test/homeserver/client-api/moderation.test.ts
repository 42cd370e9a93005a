import { expect } from "chai";
import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import { TestServer } from "../test-server.ts";

async function scene() {
  const server = await TestServer.start({ admins: ["@root:garden.example", "@other:garden.example"] });
  const [root, ada, bo] = [await server.user("root"), await server.user("ada"), await server.user("bo")];
  await server.user("other");
  const room = await bo.createRoom({ preset: "public_chat" });
  return { server, root, ada, bo, room };
}

describe("moderation of accounts", () => {
  it("is for administrators, and not about them", async () => {
    const { root, ada, bo } = await scene();
    for (const act of ["lock", "suspend"]) {
      const state = act === "lock" ? "locked" : "suspended";
      const path = (user: string) => `v1/admin/${act}/${encodeURIComponent(user)}`;
      const put = (user: string, value: Json = true) => root.call("PUT", path(user), { [state]: value });
      const codes = [
        await bo.call("GET", path("@nobody:garden.example")),
        await put("@bo:harbor.example"),
        await put("@nobody:garden.example"),
        await put(root.id),
        await put("@other:garden.example"),
        await put(ada.id, "yes"),
      ].map(({ status, body }) => [status, body.errcode]);
      expect(codes).to.deep.equal([
        [403, "M_FORBIDDEN"],
        [400, "M_INVALID_PARAM"],
        [404, "M_NOT_FOUND"],
        [403, "M_FORBIDDEN"],
        [403, "M_FORBIDDEN"],
        [400, "M_BAD_JSON"],
      ]);
      expect(await root.done("GET", path(ada.id))).to.deep.equal({ [state]: false });
      expect((await put(ada.id)).body).to.deep.equal({ [state]: true });
      expect(await root.done("GET", path(ada.id))).to.deep.equal({ [state]: true });
    }
    const { capabilities } = await root.done("GET", "v3/capabilities");
    expect(capabilities).to.deep.include({ "m.account_moderation": { suspend: true, lock: true } });
  });

  it("locks out of everything but signing out, until it is undone", async () => {
    const { server, root, ada } = await scene();
    const path = `v1/admin/lock/${ada.id}`;
    const { next_batch } = await ada.sync();
    const polled = ada.call("GET", `v3/sync?since=${next_batch}&timeout=30000`);
    await root.done("PUT", path, { locked: true });
    const login = {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: "ada" },
      password: "ada-secret",
    };
    const locked = [
      await polled,
      await ada.call("GET", "v3/account/whoami"),
      await server.call("POST", "v3/login", { body: login }),
    ];
    for (const { status, body } of locked) {
      expect([status, body.errcode, body.soft_logout]).to.deep.equal([401, "M_USER_LOCKED", true]);
    }
    await root.done("PUT", path, { locked: false });
    await ada.done("GET", "v3/account/whoami");
    await root.done("PUT", path, { locked: true });
    await ada.done("POST", "v3/logout");
  });

  it("suspends from saying anything", async () => {
    const { root, ada, bo, room } = await scene();
    await ada.done("POST", `v3/join/${room}`);
    const own = await ada.send(room, "hello");
    const others = await bo.send(room, "hello Ada");
    await root.done("PUT", `v1/admin/suspend/${ada.id}`, { suspended: true });
    const refused: [string, string, Json][] = [
      ["POST", "v3/createRoom", {}],
      ["POST", `v3/join/${room}`, {}],
      ["POST", `v3/rooms/${room}/invite`, { user_id: root.id }],
      ["PUT", `v3/rooms/${room}/send/m.room.message/1`, { body: "x", msgtype: "m.text" }],
      ["PUT", `v3/rooms/${room}/state/m.room.topic`, { topic: "x" }],
      ["PUT", `v3/profile/${ada.id}/displayname`, { displayname: "x" }],
      ["PUT", `v3/rooms/${room}/redact/${others}/2`, {}],
    ];
    for (const [method, path, body] of refused) {
      const answer = await ada.call(method, path, body);
      expect([answer.status, answer.body.errcode], path).to.deep.equal([403, "M_USER_SUSPENDED"]);
    }
    await ada.sync();
    await ada.done("PUT", `v3/rooms/${room}/redact/${own}/3`, {});
    await ada.done("POST", `v3/rooms/${room}/leave`);
  });

  it("looks at devices of others only as an administrator", async () => {
    const { root, ada, bo } = await scene();
    for (const asker of [root, ada]) {
      const { user_id, devices } = await asker.done("GET", `v3/admin/whois/${ada.id}`);
      expect(user_id).to.equal(ada.id);
      const { sessions } = (devices as Record<string, JsonObject>)[ada.deviceId]!;
      expect(sessions).to.have.nested.property("[0].connections[0].last_seen");
    }
    expect((await bo.call("GET", `v3/admin/whois/${ada.id}`)).status).to.equal(403);
  });
});

describe("who wants no invites", () => {
  it("gets none", async () => {
    const { ada, bo, room } = await scene();
    const before = await bo.createRoom();
    await bo.done("POST", `v3/rooms/${before}/invite`, { user_id: ada.id });
    const path = `v3/user/${ada.id}/account_data/m.invite_permission_config`;
    await ada.done("PUT", path, { default_action: "block" });
    const refused: [string, string, Json][] = [
      ["POST", `v3/rooms/${room}/invite`, { user_id: ada.id }],
      ["POST", "v3/createRoom", { invite: [ada.id] }],
      ["PUT", `v3/rooms/${room}/state/m.room.member/${ada.id}`, { membership: "invite" }],
    ];
    for (const [method, url, body] of refused) {
      const answer = await bo.call(method, url, body);
      expect([answer.status, answer.body.errcode], url).to.deep.equal([403, "M_INVITE_BLOCKED"]);
    }
    expect(await ada.sync()).not.to.have.property("rooms");
    await ada.done("PUT", path, {});
    expect((await ada.sync()).rooms)
      .to.have.nested.property("invite")
      .with.property(before);
    await bo.done("POST", `v3/rooms/${room}/invite`, { user_id: ada.id });
  });
});

describe("rooms in common", () => {
  it("are those that both have joined", async () => {
    const { ada, bo, room } = await scene();
    await ada.done("POST", `v3/join/${room}`);
    await bo.createRoom({ invite: [ada.id] });
    const path = (user: string, more = "") => `v1/mutual_rooms?user_id=${encodeURIComponent(user)}${more}`;
    expect(await ada.done("GET", path(bo.id))).to.deep.equal({ joined: [room], count: 1 });
    expect(await ada.done("GET", path("@nobody:garden.example"))).to.deep.equal({ joined: [], count: 0 });
    for (const wrong of [path(ada.id), path("bo"), path(bo.id, "&from=x")]) {
      const answer = await ada.call("GET", wrong);
      expect([answer.status, answer.body.errcode]).to.deep.equal([400, "M_INVALID_PARAM"]);
    }
    expect((await ada.call("GET", "v1/mutual_rooms")).status).to.equal(400);
  });
});

describe("a login token", () => {
  it("signs a device in, once and soon", async () => {
    const { server, ada } = await scene();
    expect((await ada.call("POST", "v1/login/get_token")).status).to.equal(401);
    const auth = { type: "m.login.password", user: "ada", password: "ada-secret" };
    const issued = await ada.done("POST", "v1/login/get_token", { auth });
    const login = (token: Json) =>
      server.call("POST", "v3/login", { body: { type: "m.login.token", token } });
    expect((await login(issued.login_token!)).body.user_id).to.equal(ada.id);
    expect((await login(issued.login_token!)).body.errcode).to.equal("M_FORBIDDEN");
    const late = await ada.done("POST", "v1/login/get_token", { auth });
    server.clock.advance(Number(late.expires_in_ms));
    expect((await login(late.login_token!)).status).to.equal(403);
  });
});

describe("addresses of other networks", () => {
  it("are not taken", async () => {
    const { server, ada } = await scene();
    const body = { client_secret: "secret", email: "ada@example.org", send_attempt: 1 };
    for (const [purpose, status, errcode] of [
      ["register/email", 403, "M_THREEPID_DENIED"],
      ["account/password/msisdn", 403, "M_THREEPID_DENIED"],
      ["account/3pid/email", 400, "M_THREEPID_MEDIUM_NOT_SUPPORTED"],
    ] as const) {
      const answer = await server.call("POST", `v3/${purpose}/requestToken`, { body });
      expect([answer.status, answer.body.errcode], purpose).to.deep.equal([status, errcode]);
    }
    expect(await ada.done("GET", "v3/account/3pid")).to.deep.equal({ threepids: [] });
    const added = await ada.call("POST", "v3/account/3pid/add", { client_secret: "s", sid: "1" });
    expect(added.body.errcode).to.equal("M_THREEPID_AUTH_FAILED");
    const gone = await ada.done("POST", "v3/account/3pid/delete", { medium: "email", address: "a@b.c" });
    expect(gone.id_server_unbind_result).to.equal("success");
  });
});
