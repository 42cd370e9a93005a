// Plain JavaScript for Node 20, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Node that package.json pins. */
export const pinnedNode = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether node_modules holds what package-lock.json names. npm writes what it installed into
 * node_modules/.package-lock.json as its last step, so an install that broke off counts as none.
 */
export function isInstalled() {
  const installed = packagesIn("node_modules/.package-lock.json");
  if (!installed || !existsSync(join(root, "node_modules/vite"))) return false;
  return Object.entries(packagesIn("package-lock.json") ?? {}).every(([path, locked]) => {
    if (path === "" || (locked.optional && !installed[path])) return true;
    return installed[path]?.version === locked.version && installed[path]?.integrity === locked.integrity;
  });
}

/** Installs what package-lock.json names, unless it is there. Ends the process where that fails. */
export function installIfNeeded() {
  if (!isInstalled()) {
    console.log("Installing what Homeroom needs. This happens once.");
    // Windows cannot delete a program that runs, and `npm ci` deletes node_modules first.
    const fromInside =
      process.platform === "win32" && process.execPath.startsWith(join(root, "node_modules"));
    npm(fromInside ? "install" : "ci");
  }
  // An npm that is told to run no install scripts leaves the pinned Node out.
  if (!existsSync(pinnedNode)) {
    const folder = join(root, "node_modules/node");
    spawnSync(process.execPath, ["installArchSpecificPackage.js"], { cwd: folder, stdio: "inherit" });
  }
}

/** @param {"ci" | "install"} command */
function npm(command) {
  const args = [command, "--no-audit", "--no-fund", "--loglevel=error"];
  const npmScript = process.env.npm_execpath;
  // `shell` because npm is a .cmd file on Windows, which cannot be started otherwise.
  const done =
    npmScript && existsSync(npmScript)
      ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npmScript, ...args], installOptions)
      : spawnSync(`npm ${args.join(" ")}`, { ...installOptions, shell: true });
  if (done.status !== 0) {
    console.error(`npm ${command} failed. What Homeroom needs could not be installed.`);
    process.exit(1);
  }
}

// NODE_ENV=production would leave the build tools out.
const installOptions = {
  cwd: root,
  stdio: /** @type {const} */ ("inherit"),
  env: { ...process.env, NODE_ENV: "development", npm_config_include: "dev" },
};
