// A process of its own that serves, and says on request what CPU time (microseconds) and memory (bytes) it uses.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { createHomeserver } from "../../src/homeserver/homeserver.ts";
import { openDataDirectory } from "../../src/serve/data-directory.ts";
import { serveHttp } from "../../src/serve/http-server.ts";
import { nodePorts } from "../../src/serve/node-ports.ts";
import { cheapCost } from "../../src/serve/scrypt-passwords.ts";
import { systemChance } from "../../src/serve/system-chance.ts";

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, memory: process.memoryUsage().rss });
});
process.on("disconnect", () => process.exit(0));

process.send?.({
  address: process.argv[2] === "bare" ? await serveBare() : await serveHomeserver(process.argv[3]),
});

/** Answers every request with the same few bytes, as soon as it has come in whole. */
async function serveBare(): Promise<string> {
  const answer = JSON.stringify({ event_id: "$0123456789012345678901234567890123456789012" });
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on("end", () => {
      outgoing.writeHead(200, { "content-type": "application/json" });
      outgoing.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** In memory, or with its data in a directory. */
async function serveHomeserver(directory: string | undefined): Promise<string> {
  const key = { keyId: "ed25519:1", seed: systemChance.bytes(32) };
  const data = directory === undefined ? undefined : openDataDirectory(directory, "bench.example", () => key);
  if (data && "fault" in data) throw new Error(data.fault);
  const homeserver = await createHomeserver(
    {
      name: "bench.example",
      signingKeySeed: key.seed,
      keyId: key.keyId,
      registration: "open",
    },
    nodePorts({ passwordCost: cheapCost, ...(data && { data }) }),
  );
  const { address } = await serveHttp((request) => homeserver.fetch(request), { host: "127.0.0.1", port: 0 });
  return address;
}
