import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "../../src/build/install.mjs";

const synapse = "matrix-synapse==1.163.2";

/** The first Python of this machine that Synapse runs on; `undefined` where there is none. */
export function findPython(): string | undefined {
  const names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  const check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
  return names.find((name) => spawnSync(name, ["-c", check]).status === 0);
}

/**
 * Installs Synapse into a virtual environment that is kept between runs.
 * @returns the Python of that environment, or `undefined` where the installation failed
 */
export function prepareSynapse(python: string): string | undefined {
  const folder = join(root, "node_modules/.cache/synapse");
  const [binaries, suffix] = process.platform === "win32" ? ["Scripts", ".exe"] : ["bin", ""];
  const own = join(folder, binaries!, `python${suffix}`);
  const mark = join(folder, "homeroom-installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === synapse) return own;
  console.log(`Installing ${synapse} from PyPI. This happens once.`);
  rmSync(folder, { recursive: true, force: true });
  const commands: [string, string[]][] = [
    [python, ["-m", "venv", folder]],
    [own, ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", synapse]],
  ];
  for (const [command, args] of commands) {
    if (spawnSync(command, args, { stdio: "inherit" }).status !== 0) return undefined;
  }
  writeFileSync(mark, synapse);
  return own;
}
