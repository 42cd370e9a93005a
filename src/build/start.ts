import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { build } from "vite";
import { root } from "./install.mjs";
import { serveFolder } from "./static-server.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "4173" }, host: { type: "string", default: "localhost" } },
});

await build({ root, logLevel: "warn" });
const server = await serveFolder(join(root, "dist"), { port: Number(values.port), host: values.host });
console.log(`Homeroom is ready: ${server.address}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => server.close().then(() => process.exit(0)));
}
