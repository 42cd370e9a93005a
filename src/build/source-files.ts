import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** The paths of all TypeScript files below a folder of the project, with `/` between names, sorted. */
export function sourceFiles(folder: "src" | "test"): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.(ts|mjs)$/.test(path))
    .sort();
}
