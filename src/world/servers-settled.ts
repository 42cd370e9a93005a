import { areQuiet } from "./log-readings.ts";
import type { Log } from "./world.ts";

/** Servers are quiet where nothing goes between them at so many looks in a row, so many milliseconds apart. */
const quietLooks = 4;
const betweenLooks = 20;
const mostLooks = 200;

/** Resolves when what was done is at every server, or after `mostLooks`. */
export async function serversSettled(log: Log, servers: readonly string[]): Promise<void> {
  if (servers.length < 2) return;
  let quiet = 0;
  for (let looked = 0; quiet < quietLooks && looked < mostLooks; looked++) {
    await new Promise((resolve) => setTimeout(resolve, betweenLooks));
    quiet = areQuiet(log, servers) ? quiet + 1 : 0;
  }
}
