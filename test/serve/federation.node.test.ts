import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { readServeSettings } from "../../src/serve/serve-settings.ts";
import { ask, type RunningServe, register, serve, temporaryFolder } from "./running-serve.ts";
import { type TestCertificates, testCertificates } from "./test-authority.ts";

let files: TestCertificates;
before(async () => {
  files = await testCertificates(temporaryFolder());
});

/** A port that nobody has, and that no connection is given by chance while its server is away. */
async function freePort(host = "127.0.0.1"): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = createServer().listen(port, host);
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

type Peer = { name: string; start(): RunningServe };

/** A server whose name says where it is. */
async function peer(host: string, data: string, ...more: string[]): Promise<Peer> {
  const port = await freePort();
  const name = `${host}:${port}`;
  const tls = [
    "--tls-port",
    String(port),
    "--tls-cert",
    files.cert,
    "--tls-key",
    files.key,
    "--ca",
    files.ca,
  ];
  const flags = [
    "--server-name",
    name,
    "--port",
    "0",
    "--open-registration",
    "--data",
    data,
    ...tls,
    ...more,
  ];
  return { name, start: () => serve(...flags) };
}

describe("two servers over TLS", () => {
  it("federate by address and by name, and lose nothing when one is killed, paused, or away", async () => {
    const [one, two] = await Promise.all([
      peer("127.0.0.1", temporaryFolder(), "--lab"),
      peer("localhost", temporaryFolder(), "--lab"),
    ]);
    const [first, second] = [one.start(), two.start()];
    const at = await first.address;
    let other = await second.address;
    const ada = await register(at, "ada");
    const bo = await register(other, "bo");
    const wishes = { preset: "public_chat", room_alias_name: "garden" };
    const { body: room } = await ask(at, "POST", "/_matrix/client/v3/createRoom", wishes, ada);
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room.room_id!)}`;
    const alias = encodeURIComponent(`#garden:${one.name}`);
    const joined = await ask(other, "POST", `/_matrix/client/v3/join/${alias}?via=${one.name}`, {}, bo);
    assert.equal(joined.status, 200, JSON.stringify(joined.body));
    const bodies: string[] = [];
    let transaction = 0;
    const say = async (address: string, token: string, body: string) => {
      const content = { msgtype: "m.text", body };
      const sent = await ask(address, "PUT", `${path}/send/m.room.message/t${transaction++}`, content, token);
      assert.equal(sent.status, 200, JSON.stringify(sent.body));
      bodies.push(body);
    };
    await say(at, ada, "over TLS");
    await arrived(other, path, bo, bodies);
    await say(other, bo, "and back");
    await arrived(at, path, ada, bodies);

    second.child.kill("SIGKILL");
    await second.ended;
    for (let count = 0; count < 5; count++) await say(at, ada, `while killed ${count}`);
    const back = two.start();
    other = await back.address;
    await arrived(other, path, bo, bodies);

    back.child.kill("SIGSTOP");
    for (let count = 0; count < 5; count++) await say(at, ada, `while paused ${count}`);
    back.child.kill("SIGCONT");
    await arrived(other, path, bo, bodies);
    await say(other, bo, "after all");
    await arrived(at, path, ada, bodies);
    assert.deepEqual([(await first.stop()).code, (await back.stop()).code], [0, 0]);
  });

  it("do not trust an authority that nobody told them of", async () => {
    const one = await peer("127.0.0.1", temporaryFolder(), "--lab");
    const first = one.start();
    await first.address;
    const stranger = serve(
      "--server-name",
      "stranger.example",
      "--port",
      "0",
      "--open-registration",
      "--lab",
    );
    const token = await register(await stranger.address, "mallory");
    const profile = `/_matrix/client/v3/profile/${encodeURIComponent(`@ada:${one.name}`)}`;
    const { status } = await ask(await stranger.address, "GET", profile, undefined, token);
    assert.ok([404, 502, 504].includes(status), String(status));
    await Promise.all([first.stop(), stranger.stop()]);
  });
});

/** Resolves once all messages are there, once each and in their order. */
async function arrived(address: string, path: string, token: string, bodies: string[]): Promise<void> {
  const end = performance.now() + 120_000;
  let found: string[] = [];
  while (performance.now() < end) {
    const { body } = await ask(address, "GET", `${path}/messages?dir=b&limit=100`, undefined, token);
    const chunk = body.chunk as unknown as { type: string; content: { body: string } }[];
    found = chunk.filter(({ type }) => type === "m.room.message").map(({ content }) => content.body);
    if (found.length >= bodies.length) break;
  }
  assert.deepEqual(found.reverse(), bodies);
}

describe("serve --host", () => {
  it("binds that address and no other: servers share a port", async () => {
    const port = await freePort("127.0.0.2");
    const flags = ["--port", String(port), "--server-name", "garden.example"];
    const [one, two] = [serve("--host", "127.0.0.2", ...flags), serve("--host", "127.0.0.3", ...flags)];
    assert.equal(await one.address, `http://127.0.0.2:${port}/`);
    assert.equal(await two.address, `http://127.0.0.3:${port}/`);
    const socket = connect(port, "127.0.0.4");
    const [error] = await once(socket, "error").catch((failure) => [failure]);
    assert.equal(error.code, "ECONNREFUSED");
    await Promise.all([one.stop(), two.stop()]);
  });
});

describe("certificates", () => {
  it("that do not fit are named, with why, and status 2", async () => {
    const folder = temporaryFolder();
    const other = await testCertificates(temporaryFolder());
    const text = join(folder, "text.pem");
    writeFileSync(text, "no certificate");
    const broken = join(folder, "broken.pem");
    writeFileSync(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const { cert, key, ca } = files;
    const tls = (certificate: string, itsKey: string) => [
      ...["--tls-port", "0", "--tls-cert", certificate, "--tls-key", itsKey],
    ];
    const cases: [flags: string[], message: string][] = [
      [["--tls-port", "0"], "--tls-port, --tls-cert and --tls-key go together"],
      [tls(join(folder, "none.pem"), key), `--tls-cert ${join(folder, "none.pem")} cannot be read (ENOENT)`],
      [tls(text, key), `--tls-cert ${text} holds no certificate in PEM`],
      [tls(broken, key), `--tls-cert ${broken} holds no valid certificate`],
      [tls(cert, text), `--tls-key ${text} holds no private key in PEM`],
      [tls(cert, other.key), `--tls-key ${other.key} is not the key of the first certificate in ${cert}`],
      [["--ca", text], `--ca ${text} holds no certificate in PEM`],
      [["--ca", ca, "--ca", broken], `--ca ${broken} holds no valid certificate`],
    ];
    for (const [flags, message] of cases) {
      const settings = await readServeSettings(["--server-name", "garden.example", "--port", "0", ...flags]);
      assert.ok(typeof settings === "object" && "fault" in settings, `${message} was not said`);
      assert.ok(settings.fault.startsWith(message), settings.fault);
    }
    const { code, err, out } = await serve("--server-name", "garden.example", ...tls(cert, text)).ended;
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^--tls-key /);
  });
});
