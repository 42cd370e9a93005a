import { expect } from "chai";
import { TestServer } from "../test-server.ts";

describe("registration", () => {
  it("asks for the dummy stage, then makes the account", async () => {
    const server = await TestServer.start();
    const body = { username: "bo", password: "pw" };
    const asked = await server.call("POST", "v3/register", { body });
    expect(asked.status).to.equal(401);
    expect(asked.body.flows).to.deep.equal([{ stages: ["m.login.dummy"] }]);
    const auth = { type: "m.login.dummy", session: asked.body.session! };
    const made = await server.call("POST", "v3/register", { body: { ...body, auth } });
    expect(made.status).to.equal(200);
    expect(made.body.user_id).to.equal("@bo:garden.example");
    const who = await server.call("GET", "v3/account/whoami", { token: String(made.body.access_token) });
    expect(who.body).to.include({ user_id: "@bo:garden.example", device_id: made.body.device_id });
  });

  it("refuses names that are taken or cannot be", async () => {
    const server = await TestServer.start();
    await server.user("bo");
    const name = async (username: string) =>
      (await server.call("POST", "v3/register", { body: { username, password: "pw" } })).body.errcode;
    expect(await name("bo")).to.equal("M_USER_IN_USE");
    expect(await name("Bo"), "capitals become small").to.equal("M_USER_IN_USE");
    expect(await name("bo!")).to.equal("M_INVALID_USERNAME");
    expect(await name("")).to.equal("M_INVALID_USERNAME");
    expect(await name("b".repeat(250))).to.equal("M_INVALID_USERNAME");
  });

  it("asks for a token and the terms in their order", async () => {
    const server = await TestServer.start({
      registration: "token",
      registrationTokens: ["sesame"],
      terms: { privacy: { version: "1", en: { name: "Privacy", url: "https://garden.example/privacy" } } },
    });
    const body = { username: "bo", password: "pw" };
    const call = async (auth?: { type: string; session?: string; token?: string }) =>
      server.call("POST", "v3/register", { body: { ...body, ...(auth && { auth }) } });
    const asked = await call();
    const session = String(asked.body.session);
    expect(asked.body.flows).to.deep.equal([{ stages: ["m.login.registration_token", "m.login.terms"] }]);
    expect((await call({ type: "m.login.terms", session })).status).to.equal(401);
    const wrong = await call({ type: "m.login.registration_token", session, token: "open" });
    expect([wrong.status, wrong.body.errcode]).to.deep.equal([401, "M_FORBIDDEN"]);
    const half = await call({ type: "m.login.registration_token", session, token: "sesame" });
    expect(half.body.completed).to.deep.equal(["m.login.registration_token"]);
    expect((await call({ type: "m.login.terms", session })).status).to.equal(200);
  });
});

describe("signing in", () => {
  it("takes a password, and ends with logout", async () => {
    const server = await TestServer.start();
    const bo = await server.user("bo");
    const again = await bo.secondDevice();
    expect(again.token).not.to.equal(bo.token);
    await again.done("POST", "v3/logout");
    expect((await again.call("GET", "v3/account/whoami")).body.errcode).to.equal("M_UNKNOWN_TOKEN");
    await bo.done("GET", "v3/account/whoami");
    const body = { type: "m.login.password", identifier: { type: "m.id.user", user: "bo" }, password: "no" };
    const wrong = await server.call("POST", "v3/login", { body });
    expect([wrong.status, wrong.body.errcode]).to.deep.equal([403, "M_FORBIDDEN"]);
  });

  it("survives a restart", async () => {
    const bo = await (await TestServer.start()).user("bo");
    bo.server = await bo.server.restarted();
    expect(await bo.done("GET", "v3/account/whoami")).to.include({ user_id: bo.id });
  });

  it("refreshes tokens; a lost answer can be asked for again", async () => {
    const server = await TestServer.start();
    await server.user("bo");
    const login = { type: "m.login.password", user: "bo", password: "bo-secret", refresh_token: true };
    const first = (await server.call("POST", "v3/login", { body: login })).body;
    expect(first).to.include({ user_id: "@bo:garden.example", home_server: "garden.example" });
    expect(first.expires_in_ms).to.equal(3_600_000);
    server.clock.advance(3_600_000);
    const late = await server.call("GET", "v3/account/whoami", { token: String(first.access_token) });
    expect(late.body).to.include({ errcode: "M_UNKNOWN_TOKEN", soft_logout: true });
    const refresh = async (token: unknown) =>
      (await server.call("POST", "v3/refresh", { body: { refresh_token: String(token) } })).body;
    const lost = await refresh(first.refresh_token);
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.to.equal(lost.refresh_token);
    const who = await server.call("GET", "v3/account/whoami", { token: String(second.access_token) });
    expect(who.status).to.equal(200);
    expect((await refresh(first.refresh_token)).errcode).to.equal("M_UNKNOWN_TOKEN");
    expect((await refresh(second.refresh_token)).access_token).to.be.a("string");
  });
});

describe("the HTTP edge", () => {
  it("names what is wrong with a request", async () => {
    const server = await TestServer.start();
    const call = async (method: string, path: string, text?: string) => {
      const request = new Request(`https://garden.example${path}`, {
        method,
        ...(text !== undefined && { body: text }),
      });
      const response = await server.homeserver.fetch(request);
      return [response.status, (await response.json()).errcode];
    };
    expect(await call("GET", "/_matrix/client/v3/nothing")).to.deep.equal([404, "M_UNRECOGNIZED"]);
    expect(await call("DELETE", "/_matrix/client/v3/login")).to.deep.equal([405, "M_UNRECOGNIZED"]);
    expect(await call("POST", "/_matrix/client/v3/login", "{")).to.deep.equal([400, "M_NOT_JSON"]);
    expect(await call("POST", "/_matrix/client/v3/login", "[]")).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await call("POST", "/_matrix/client/v3/login", "{}")).to.deep.equal([400, "M_MISSING_PARAM"]);
    expect(await call("POST", "/_matrix/client/v3/login", '{"type":1}')).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await call("POST", "/_matrix/client/v3/login", `"${"x".repeat(2_000_000)}"`)).to.deep.equal([
      413,
      "M_TOO_LARGE",
    ]);
    expect(
      await call("POST", "/_matrix/client/v3/login", `{"a":${"[".repeat(600)}${"]".repeat(600)}}`),
    ).to.deep.equal([400, "M_BAD_JSON"]);
    expect(await call("GET", "/_matrix/client/v3/account/whoami")).to.deep.equal([401, "M_MISSING_TOKEN"]);
  });

  it("answers a preflight and nothing else", async () => {
    const { homeserver } = await TestServer.start();
    const response = await homeserver.fetch(
      new Request("https://garden.example/_matrix/client/v3/login", { method: "OPTIONS" }),
    );
    expect(response.status).to.equal(204);
    expect(response.headers.get("access-control-allow-origin")).to.equal("*");
  });
});
