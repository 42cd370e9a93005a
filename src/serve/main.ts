import process from "node:process";
import { usage } from "./flags.ts";
import { readServeSettings } from "./serve-settings.ts";
import { startServing } from "./start-serving.ts";

const settings = await readServeSettings(process.argv.slice(2));
if (settings === "help") {
  console.log(usage);
  process.exit(0);
}
if ("fault" in settings) {
  console.error(`${settings.fault}\n\nnpm run serve -- --help says what can be set.`);
  process.exit(2);
}

const serving = await startServing(settings);
if ("fault" in serving) {
  console.error(serving.fault);
  process.exit(serving.status);
}
console.log(`${settings.serverName} is ready: ${serving.addresses.join(" ")}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => serving.stop().then(() => process.exit(0)));
}
