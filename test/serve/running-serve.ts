import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/serve/main.ts", import.meta.url));
const running = new Set<ChildProcess>();
const folders: string[] = [];
after(() => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export type Ended = { code: number | null; out: string; err: string };

/** A process of `npm run serve`. */
export type RunningServe = {
  child: ChildProcess;
  /** The first address where it listens, once it does. */
  address: Promise<string>;
  ended: Promise<Ended>;
  /** Ends it as an operator does. */
  stop(): Promise<Ended>;
};

export function serve(...flags: string[]): RunningServe {
  const child = spawn(process.execPath, [main, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let out = "";
  let err = "";
  const { promise: address, resolve, reject } = Promise.withResolvers<string>();
  address.catch(() => undefined);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    const found = / is ready: (\S+)/.exec(out)?.[1];
    if (found) resolve(found);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const ended = once(child, "close").then(([code]) => {
    running.delete(child);
    reject(new Error(`serve ended: ${err}`));
    return { code: code as number | null, out, err };
  });
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { child, address, ended, stop };
}

/** A directory that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-"));
  folders.push(folder);
  return folder;
}

export async function ask(address: string, method: string, path: string, body?: object, token?: string) {
  const response = await fetch(new URL(path, address), {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Makes an account by open registration; resolves to its token. */
export async function register(address: string, username: string): Promise<string> {
  const account = { username, password: "a long password", auth: { type: "m.login.dummy" } };
  const { status, body } = await ask(address, "POST", "/_matrix/client/v3/register", account);
  assert.equal(status, 200, JSON.stringify(body));
  return body.access_token!;
}
