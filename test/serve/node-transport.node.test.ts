import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { nodeTransport } from "../../src/serve/node-transport.ts";
import { isPrivateAddress } from "../../src/serve/private-addresses.ts";
import { temporaryFolder } from "./running-serve.ts";
import { type TestCertificates, testCertificates } from "./test-authority.ts";

let files: TestCertificates;
let port = 0;
let tlsPort = 0;
const heard: IncomingMessage[] = [];
const servers: ReturnType<typeof createServer>[] = [];

before(async () => {
  files = await testCertificates(temporaryFolder());
  const identity = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
  const answer = (incoming: IncomingMessage, outgoing: import("node:http").ServerResponse) => {
    heard.push(incoming);
    incoming.resume();
    if (incoming.url === "/moved") outgoing.writeHead(302, { location: "/elsewhere" }).end();
    else outgoing.writeHead(200, { "content-type": "text/plain" }).end("here");
  };
  servers.push(createServer(answer), createTlsServer(identity, answer));
  for (const server of servers) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  [port, tlsPort] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number];
});
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe("the way out", () => {
  const guarded = nodeTransport({});
  const open = () => nodeTransport({ authorities: [readFileSync(files.ca, "utf8")], privateAddresses: true });

  it("leads to no private address: by number, by name, by another way to write it, by what stands for a server", async () => {
    const asked = heard.length;
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://127.1:${port}/`,
      `http://0x7f000001:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://0.0.0.0:${port}/`,
      `https://localhost:${tlsPort}/`,
    ]) {
      await assert.rejects(guarded.fetch(new Request(url)), { name: "PrivateAddressError" }, url);
    }
    for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
      const fetched = guarded.fetch(new Request("https://matrix.example/"), { host, port: tlsPort });
      await assert.rejects(fetched, { name: "PrivateAddressError" }, host);
    }
    assert.equal(heard.length, asked);
  });

  it("keeps the name of the address in Host and certificate when it connects elsewhere", async () => {
    const elsewhere = { host: "127.0.0.1", port: tlsPort };
    const response = await open().fetch(new Request("https://localhost/path?query=1"), elsewhere);
    assert.deepEqual([response.status, await response.text()], [200, "here"]);
    const { headers, url } = heard.at(-1)!;
    assert.deepEqual([headers.host, url], ["localhost", "/path?query=1"]);
    await assert.rejects(open().fetch(new Request("https://garden.example/"), elsewhere), {
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });

  it("takes certificates for addresses, and none by an authority that it was not told of", async () => {
    const request = () => new Request(`https://127.0.0.1:${tlsPort}/`);
    assert.equal((await open().fetch(request())).status, 200);
    await assert.rejects(nodeTransport({ privateAddresses: true }).fetch(request()), /certificate/);
  });

  it("sends bodies, follows no redirect, and stops when nobody waits", async () => {
    const body = JSON.stringify({ hello: "there" });
    const sent = await open().fetch(new Request(`http://127.0.0.1:${port}/`, { method: "PUT", body }));
    assert.deepEqual([sent.status, heard.at(-1)!.headers["content-length"]], [200, String(body.length)]);
    const moved = await open().fetch(new Request(`http://127.0.0.1:${port}/moved`));
    assert.deepEqual([moved.status, moved.headers.get("location")], [302, "/elsewhere"]);
    const signal = AbortSignal.abort();
    await assert.rejects(open().fetch(new Request(`http://127.0.0.1:${port}/`, { signal })), {
      name: "AbortError",
    });
  });

  it("knows which addresses are private", () => {
    const priv = [
      "10.0.0.1",
      "100.64.0.1",
      "169.254.169.254",
      "172.31.0.1",
      "192.168.1.1",
      "::",
      "fe80::1",
      "fd00::1",
    ];
    const mapped = ["::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "not an address"];
    for (const address of [...priv, ...mapped]) assert.equal(isPrivateAddress(address), true, address);
    for (const address of ["8.8.8.8", "172.32.0.1", "2606:4700::1111"]) {
      assert.equal(isPrivateAddress(address), false, address);
    }
  });
});
