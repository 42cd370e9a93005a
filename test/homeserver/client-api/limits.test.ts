import { expect } from "chai";
import { TestServer } from "../test-server.ts";

describe("limits of rate", () => {
  it("are off unless they are set", async () => {
    const bo = await (await TestServer.start()).user("bo");
    const room = await bo.createRoom();
    for (let index = 0; index < 30; index++) await bo.send(room, "again");
  });

  it("say when to come again", async () => {
    const server = await TestServer.start({ rateLimits: { message: { perSecond: 0.5, burst: 2 } } });
    const [bo, ada] = [await server.user("bo"), await server.user("ada")];
    const room = await bo.createRoom({ preset: "public_chat" });
    const path = `v3/rooms/${encodeURIComponent(room)}`;
    await ada.done("POST", `${path}/join`);
    await bo.send(room, "one");
    await bo.send(room, "two");
    const refused = await bo.call("PUT", `${path}/send/m.room.message/three`, {
      msgtype: "m.text",
      body: "three",
    });
    expect([refused.status, refused.body.errcode]).to.deep.equal([429, "M_LIMIT_EXCEEDED"]);
    expect(refused.body.retry_after_ms).to.equal(2000);
    expect(refused.headers.get("retry-after")).to.equal("2");
    await ada.send(room, "somebody else");
    server.clock.advance(2000);
    await bo.send(room, "three");
  });
});

describe("the web page of a stage", () => {
  it("does what a client cannot", async () => {
    const server = await TestServer.start({
      registration: "token",
      registrationTokens: ["sesame"],
      terms: {
        privacy: { version: "1", en: { name: "Privacy <&>", url: "https://garden.example/privacy" } },
      },
    });
    const body = { username: "bo", password: "pw" };
    const { session } = (await server.call("POST", "v3/register", { body })).body;
    const page = async (stage: string, method = "GET", form = "", id = session) => {
      const url = `https://garden.example/_matrix/client/v3/auth/${stage}/fallback/web?session=${id}`;
      const init = method === "GET" ? {} : { method, body: form };
      return server.homeserver.fetch(new Request(url, init));
    };
    const terms = await (await page("m.login.terms")).text();
    expect(terms).to.contain("Privacy &#60;&#38;&#62;");
    expect(await (await page("m.login.registration_token", "POST", "token=open")).text()).to.contain(
      "not good",
    );
    const done = await page("m.login.registration_token", "POST", "token=sesame");
    expect(await done.text()).to.contain("onAuthDone");
    expect(done.headers.get("content-security-policy")).to.match(/script-src 'nonce-/);
    await page("m.login.terms", "POST");
    const auth = { session: session! };
    expect((await server.call("POST", "v3/register", { body: { auth } })).body.user_id).to.equal(
      "@bo:garden.example",
    );
    expect((await page("m.login.recaptcha")).status).to.equal(404);
    expect((await page("m.login.terms", "GET", "", "nothing")).status).to.equal(400);
  });
});

describe("stopping", () => {
  it("leaves no timer behind", async () => {
    const server = await TestServer.start();
    const bo = await server.user("bo");
    const room = await bo.createRoom();
    const path = `v3/rooms/${encodeURIComponent(room)}/typing/${encodeURIComponent(bo.id)}`;
    await bo.done("PUT", path, { typing: true });
    await bo.sync();
    expect(server.clock.waiting).to.be.greaterThan(0);
    await server.homeserver.stop();
    expect(server.clock.waiting).to.equal(0);
  });
});
