// The first thing that every command runs: node src/build/run.mjs SCRIPT [ARGUMENTS]
// installs what is missing and runs SCRIPT with the Node that package.json pins.
// Plain JavaScript for Node 20, because it runs before anything is installed.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import * as module from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { installIfNeeded, pinnedNode, root } from "./install.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`Homeroom needs Node 20 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error("usage: node src/build/run.mjs SCRIPT [ARGUMENTS]");
  process.exit(2);
}

installIfNeeded();
// What Node compiled is kept for the next start, which then takes a third of the time; on Node 22 or later.
process.env.NODE_COMPILE_CACHE ??= resolve(root, "node_modules/.cache/node");
if (process.env.npm_lifecycle_event) endWithParent();

const stripsTypes = major > 22 || (major === 22 && minor >= 18);
const isPinned = existsSync(pinnedNode) && realpathSync(pinnedNode) === realpathSync(process.execPath);
if (isPinned || (!existsSync(pinnedNode) && stripsTypes)) {
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  process.argv = [process.execPath, resolve(root, script), ...args];
  await import(pathToFileURL(resolve(root, script)).href);
} else if (existsSync(pinnedNode)) {
  const child = spawn(pinnedNode, [resolve(root, script), ...args], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
} else {
  console.error("The Node that Homeroom pins could not be installed. Node 22.18 or later would do instead.");
  process.exit(1);
}

/**
 * npm starts a shell, and the shell this. A signal to npm ends the shell in between, which tells nobody: so this
 * process takes the end of its parent as the signal.
 */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 250).unref();
}
