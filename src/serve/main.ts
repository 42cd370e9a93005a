import process from "node:process";
import { createHomeserver } from "../homeserver/homeserver.ts";
import { withAccessLog } from "./access-log.ts";
import { readFlags, usage } from "./flags.ts";
import { type HttpServer, serveHttp } from "./http-server.ts";
import { nodePorts } from "./node-ports.ts";
import { systemChance } from "./system-chance.ts";

const flags = readFlags(process.argv.slice(2));
if (flags === "help") {
  console.log(usage);
  process.exit(0);
}
if ("fault" in flags) {
  console.error(`${flags.fault}\n\n${usage}`);
  process.exit(2);
}

const homeserver = await createHomeserver(
  {
    name: flags.serverName,
    signingKeySeed: systemChance.bytes(32),
    keyId: "ed25519:1",
    registration: flags.openRegistration ? "open" : "closed",
  },
  nodePorts(),
);
const fetch = (request: Request) => homeserver.fetch(request);

let server: HttpServer;
try {
  server = await serveHttp(flags.accessLog ? withAccessLog(fetch, console.log) : fetch, flags);
} catch (error) {
  console.error(listenFault((error as NodeJS.ErrnoException).code ?? String(error), flags));
  process.exit((error as NodeJS.ErrnoException).code === "EADDRINUSE" ? 1 : 2);
}
console.log(`${flags.serverName} is ready: ${server.address}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => Promise.all([homeserver.stop(), server.close()]).then(() => process.exit(0)));
}

function listenFault(code: string, { host, port }: { host: string; port: number }): string {
  if (code === "EADDRINUSE") return `Port ${port} of ${host} is taken.`;
  if (code === "EACCES")
    return `Port ${port} of ${host} may not be used: ports below 1024 need special rights.`;
  return `--host ${host} is no address of this machine (${code}).`;
}
