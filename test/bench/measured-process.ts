import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a process has used since it began: CPU time, microseconds, and its memory now, bytes. */
export type Usage = { cpu: number; memory: number };

/** A server in a process of its own. */
export type MeasuredProcess = {
  address: string;
  usage(): Promise<Usage>;
  end(): Promise<void>;
};

/** A Node server that only answers. */
export function startBareServer(): Promise<MeasuredProcess> {
  return start(new URL("bare-server.ts", import.meta.url), []);
}

/** `npm run serve`, for anybody to sign up. */
export function startServe(...flags: string[]): Promise<MeasuredProcess> {
  const main = new URL("../../src/serve/main.ts", import.meta.url);
  return start(main, [
    "--server-name",
    "bench.example",
    "--port",
    "0",
    "--lab",
    "--open-registration",
    ...flags,
  ]);
}

async function start(script: URL, args: string[]): Promise<MeasuredProcess> {
  const child = fork(fileURLToPath(script), args, {
    execArgv: ["--import", new URL("tell-usage.ts", import.meta.url).href],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const [line] = (await once(child.stdout!.setEncoding("utf8"), "data")) as [string];
  return {
    address: / is ready: (\S+)/.exec(line)?.[1] ?? "",
    usage: () => usageOf(child),
    async end() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [usage] = (await once(child, "message")) as [Usage];
  return usage;
}
