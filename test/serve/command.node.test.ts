import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { ask, register, serve } from "./running-serve.ts";

describe("npm run serve", () => {
  it("serves a homeserver in which two people talk", async () => {
    const { child, address, ended } = serve(
      "--server-name",
      "garden.example",
      "--port",
      "0",
      "--open-registration",
    );
    const at = await address;
    assert.match(at, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const ada = await register(at, "ada");
    const bo = await register(at, "bo");
    const { body: room } = await ask(
      at,
      "POST",
      "/_matrix/client/v3/createRoom",
      { preset: "public_chat" },
      ada,
    );
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room.room_id!)}`;
    assert.equal((await ask(at, "POST", `${path}/join`, {}, bo)).status, 200);
    const sent = await ask(
      at,
      "PUT",
      `${path}/send/m.room.message/1`,
      { msgtype: "m.text", body: "Hello" },
      ada,
    );
    assert.equal(sent.status, 200);
    const { body: event } = await ask(at, "GET", `${path}/event/${sent.body.event_id}`, undefined, bo);
    assert.equal(event.sender, "@ada:garden.example");
    const { body: mine } = await ask(at, "GET", "/_matrix/client/v3/devices", undefined, ada);
    const [device] = mine.devices as unknown as Record<string, string>[];
    assert.equal(device?.last_seen_ip, "127.0.0.1");
    const whois = `/_matrix/client/v3/admin/whois/${encodeURIComponent("@ada:garden.example")}`;
    const { body: seen } = await ask(at, "GET", whois, undefined, ada);
    assert.match(JSON.stringify(seen), /"ip":"127\.0\.0\.1","user_agent":"node"/);
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
  });

  it("lets nobody register unless told to", async () => {
    const { child, address, ended } = serve("--server-name", "garden.example", "--port", "0");
    const { status, body } = await ask(await address, "POST", "/_matrix/client/v3/register", {
      username: "ada",
      password: "a long password",
    });
    assert.deepEqual([status, body.errcode], [403, "M_FORBIDDEN"]);
    child.kill("SIGTERM");
    await ended;
  });

  it("tells clients and servers where it is, if it is told to", async () => {
    const told = ["--client-url", "https://matrix.garden.example", "--delegate", "matrix.garden.example:443"];
    const { address, stop } = serve("--server-name", "garden.example", "--port", "0", ...told);
    const at = await address;
    const client = await ask(at, "GET", "/.well-known/matrix/client");
    assert.deepEqual(client.body, { "m.homeserver": { base_url: "https://matrix.garden.example" } });
    const server = await ask(at, "GET", "/.well-known/matrix/server");
    assert.deepEqual(server.body, { "m.server": "matrix.garden.example:443" });
    await stop();
  });

  it("ends within two seconds of SIGTERM, long polls and idle connections or not", async () => {
    const { child, address, ended } = serve(
      "--server-name",
      "garden.example",
      "--port",
      "0",
      "--open-registration",
    );
    const at = await address;
    const token = await register(at, "ada");
    const { body } = await ask(at, "GET", "/_matrix/client/v3/sync", undefined, token);
    const poll = fetch(new URL(`/_matrix/client/v3/sync?timeout=30000&since=${body.next_batch}`, at), {
      headers: { authorization: `Bearer ${token}` },
    });
    // Answered by the same process later than the poll came in.
    await ask(at, "GET", "/_matrix/client/versions");
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
    await Promise.allSettled([poll]);
  });

  it("prints a line for each request if told to, without tokens", async () => {
    const { child, address, ended } = serve("--server-name", "garden.example", "--port", "0", "--access-log");
    await fetch(new URL("/_matrix/client/versions?access_token=secret&x=1", await address));
    child.kill("SIGTERM");
    const { out } = await ended;
    assert.match(out, /^\S+Z GET \/_matrix\/client\/versions\?access_token=…&x=1 200 [\d.]+ ms$/m);
    assert.doesNotMatch(out, /secret/);
  });

  it("answers what is no request with 400", async () => {
    const { child, address, ended } = serve("--server-name", "garden.example", "--port", "0");
    const { port } = new URL(await address);
    const { connect } = await import("node:net");
    const socket = connect(Number(port), "127.0.0.1");
    socket.end("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n");
    let text = "";
    for await (const part of socket.setEncoding("utf8")) text += part;
    assert.match(text, /^HTTP\/1\.1 400 /);
    child.kill("SIGTERM");
    await ended;
  });

  const name = ["--server-name", "garden.example"];
  const bad: Record<string, [flags: string[], message: RegExp]> = {
    "no server name": [["--port", "0"], /^--server-name is missing\n/],
    "a server name that is none": [["--server-name", "two words", "--port", "0"], /is not a server name/],
    "no port": [name, /^--port is missing\n/],
    "a port that is no number": [[...name, "--port", "http"], /--port http is not a number from 0 to 65535/],
    "a port that is too large": [[...name, "--port", "65536"], /--port 65536 is not/],
    "a flag that nobody knows": [[...name, "--port", "0", "--fast"], /--fast/],
    "a flag without its value": [[...name, "--port"], /--port/],
    "a word that is no flag": [[...name, "--port", "0", "now"], /now/],
    "an address of another machine": [
      [...name, "--port", "0", "--host", "192.0.2.1"],
      /--host 192\.0\.2\.1 is no address/,
    ],
  };
  for (const [story, [flags, message]] of Object.entries(bad)) {
    it(`refuses ${story} with status 2`, async () => {
      const { code, err, out } = await serve(...flags).ended;
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, message);
    });
  }

  it("says that a port is taken", async (test) => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    test.after(() => other.close());
    const { port } = other.address() as { port: number };
    const { code, err } = await serve(...name, "--port", String(port)).ended;
    assert.equal(code, 1);
    assert.equal(err, `Port ${port} of 127.0.0.1 is taken.\n`);
  });

  it("explains itself", async () => {
    const { code, out } = await serve("--help").ended;
    assert.equal(code, 0);
    assert.match(out, /--open-registration/);
  });
});
