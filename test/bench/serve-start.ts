import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { root } from "../../src/build/install.mjs";
import type { Figure } from "./figures.ts";

const starts = 7;

/** From the command to the first answer, as `npm run serve` starts it; the quickest of several. */
export async function serveStart(): Promise<Figure[]> {
  const times: number[] = [];
  for (let count = 0; count < starts; count++) times.push(await timeToAnswer());
  return [{ name: "from the start to an answer", value: Math.min(...times), unit: "ms", most: 1000 }];
}

async function timeToAnswer(): Promise<number> {
  const began = performance.now();
  const script = ["src/build/run.mjs", "src/serve/main.ts", "--server-name", "bench.example", "--port", "0"];
  const child = spawn(process.execPath, script, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const address = / is ready: (\S+)/.exec(line)?.[1] ?? "";
  const response = await fetch(new URL("/_matrix/client/versions", address));
  await response.arrayBuffer();
  const took = performance.now() - began;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  return took;
}
