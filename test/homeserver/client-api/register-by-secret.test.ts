import { expect } from "chai";
import type { Json } from "../../../src/protocol/json.ts";
import { TestServer } from "../test-server.ts";

const path = "/_synapse/admin/v1/register";
const secret = "garden secret";

/** As a client does it, by the browser's own cryptography. */
async function macOf(...parts: string[]): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, bytes.encode(parts.join("\u0000")));
  return [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function nonceOf(server: TestServer): Promise<string> {
  return String((await server.call("GET", path)).body.nonce);
}

describe("registration by a shared secret", () => {
  const start = () => TestServer.start({ registration: "closed", registrationSharedSecret: secret });

  it("makes accounts for who knows the secret", async () => {
    const server = await start();
    const nonce = await nonceOf(server);
    const mac = await macOf(nonce, "Ada", "pass word", "notadmin");
    const body = {
      nonce,
      username: "Ada",
      password: "pass word",
      mac,
      displayname: "Ada L.",
      device_id: "LAPTOP",
    };
    const answer = await server.call("POST", path, { body });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({
      user_id: "@ada:garden.example",
      home_server: "garden.example",
      device_id: "LAPTOP",
    });
    const token = String(answer.body.access_token);
    const whoami = await server.call("GET", "v3/account/whoami", { token });
    expect(whoami.body.user_id).to.equal("@ada:garden.example");
    const profile = await server.call("GET", "v3/profile/@ada:garden.example");
    expect(profile.body.displayname).to.equal("Ada L.");
    const login = {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: "ada" },
      password: "pass word",
    };
    expect((await server.call("POST", "v3/login", { body: login })).status).to.equal(200);
  });

  it("makes administrators and users of a type, each by their own code", async () => {
    const server = await start();
    const nonce = await nonceOf(server);
    const mac = await macOf(nonce, "root", "p", "admin", "bot");
    const body = {
      nonce,
      username: "root",
      password: "p",
      admin: true,
      user_type: "bot",
      mac,
      inhibit_login: true,
    };
    const answer = await server.call("POST", path, { body });
    expect(answer).to.deep.include({
      status: 200,
      body: { user_id: "@root:garden.example", home_server: "garden.example" },
    });
  });

  const cases: Record<
    string,
    [change: Record<string, Json | undefined>, status: number, errcode: string, error?: string]
  > = {
    "no nonce": [{ nonce: undefined }, 400, "M_BAD_JSON", "nonce must be specified"],
    "a nonce that was never given out": [{ nonce: "abcd" }, 400, "M_UNKNOWN"],
    "no username": [{ username: undefined }, 400, "M_BAD_JSON", "username must be specified"],
    "no password": [{ password: undefined }, 400, "M_BAD_JSON", "password must be specified"],
    "a password that is none": [{ password: 7 }, 400, "M_UNKNOWN"],
    "a username with NUL": [{ username: "a\u0000b" }, 400, "M_UNKNOWN"],
    "no mac": [{ mac: undefined }, 400, "M_BAD_JSON", "mac must be specified"],
    "another's mac": [{ mac: "0".repeat(40) }, 403, "M_UNKNOWN", "HMAC incorrect"],
    "a mac that is no text": [{ mac: 1 }, 403, "M_UNKNOWN"],
    "a claim to be an administrator that the mac does not cover": [{ admin: true }, 403, "M_UNKNOWN"],
    "a type of user that nobody knows": [{ user_type: "king" }, 400, "M_UNKNOWN"],
  };
  for (const [story, [change, status, errcode, error]] of Object.entries(cases)) {
    it(`refuses ${story}`, async () => {
      const server = await start();
      const nonce = await nonceOf(server);
      const mac = await macOf(nonce, "ada", "p", "notadmin");
      const changed = Object.entries({ nonce, username: "ada", password: "p", mac, ...change });
      const body = Object.fromEntries(
        changed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      const answer = await server.call("POST", path, { body });
      expect([answer.status, answer.body.errcode]).to.deep.equal([status, errcode]);
      if (error !== undefined) expect(answer.body.error).to.equal(error);
    });
  }

  it("takes a nonce once, and for a minute", async () => {
    const server = await start();
    const nonce = await nonceOf(server);
    const body = { nonce, username: "ada", password: "p", mac: await macOf(nonce, "ada", "p", "notadmin") };
    expect((await server.call("POST", path, { body: { ...body, mac: "0".repeat(40) } })).status).to.equal(
      403,
    );
    expect((await server.call("POST", path, { body })).status).to.equal(400);
    const late = await nonceOf(server);
    server.clock.time += 61_000;
    const lateBody = { ...body, nonce: late, mac: await macOf(late, "ada", "p", "notadmin") };
    expect((await server.call("POST", path, { body: lateBody })).status).to.equal(400);
  });

  it("says a name is taken, and that there is no secret", async () => {
    const server = await start();
    for (const [status, errcode] of [[200], [400, "M_USER_IN_USE"]]) {
      const nonce = await nonceOf(server);
      const body = { nonce, username: "ada", password: "p", mac: await macOf(nonce, "ada", "p", "notadmin") };
      const answer = await server.call("POST", path, { body });
      expect([answer.status, answer.body.errcode]).to.deep.equal([status, errcode]);
    }
    const without = await TestServer.start({ registration: "closed" });
    const nonce = await nonceOf(without);
    const answer = await without.call("POST", path, { body: { nonce } });
    expect([answer.status, answer.body.error]).to.deep.equal([
      400,
      "Shared secret registration is not enabled",
    ]);
  });
});
