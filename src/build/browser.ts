import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { root } from "./install.mjs";

/** A browser that talks to nobody but the pages that it is told to open. */
const quietFlags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let found: Promise<LaunchOptions> | undefined;

/**
 * How to launch a browser on this machine: the Chromium that package.json names where there is one for it
 * (Linux on x64), else an installed Chrome, Edge or Chromium.
 * @throws where there is none
 */
export function findBrowser(): Promise<LaunchOptions> {
  found ??= (async () => {
    if (process.platform === "linux" && process.arch === "x64") {
      // Its sandbox needs rights that a container does not give.
      return { ...packagedChromium(), args: [...quietFlags, "--no-sandbox"] };
    }
    for (const channel of ["chrome", "msedge", "chromium"]) {
      const options = { channel, args: quietFlags };
      const works = await chromium.launch(options).then(
        (browser) => browser.close().then(() => true),
        () => false,
      );
      if (works) return options;
    }
    throw new Error("No browser was found. Install Chrome, Edge or Chromium to run what needs one.");
  })();
  return found;
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { args = [], ...where } = await findBrowser();
  return chromium.launch({ ...where, ...options, args: [...args, ...(options.args ?? [])] });
}

/** The packaged Chromium, with its own copies of what this machine lacks. */
function packagedChromium(): LaunchOptions {
  const home = unpackChromium();
  const executablePath = join(home, "chromium");
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  if (!existsSync("/etc/fonts")) env.FONTCONFIG_PATH = join(home, "fonts");
  if (spawnSync(executablePath, ["--version"]).status !== 0) env.LD_LIBRARY_PATH = join(home, "al2023/lib");
  return { executablePath, env };
}

/**
 * Unpacks the packaged Chromium once, and returns its folder. The package unpacks into the folder for temporary
 * files and takes whatever lies there already, complete or not: so each unpacking gets a folder of its own,
 * which then takes its final name, with the version in it, in one move.
 */
function unpackChromium(): string {
  const folder = join(root, "node_modules/@sparticuz/chromium");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const home = join(root, "node_modules/.cache", `chromium-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(dirname(home), { recursive: true });
  const stage = mkdtempSync(`${home}-`);
  const script = 'import("@sparticuz/chromium").then((it) => it.default.executablePath())';
  const done = spawnSync(process.execPath, ["-e", script], {
    cwd: root,
    // With this name of a platform it unpacks the libraries that a bare machine lacks, too.
    env: { ...process.env, TMPDIR: stage, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`Chromium could not be unpacked: ${done.stderr}`);
  try {
    renameSync(stage, home);
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(home)) throw error;
  }
  return home;
}
