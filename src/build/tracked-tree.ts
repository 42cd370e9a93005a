import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** Paths from the project's top, with `/` between names, and the text of each file; undefined for binary ones. */
export type Tree = ReadonlyMap<string, string | undefined>;

/** The files that git keeps, as they are now. */
export function trackedTree(): Tree {
  const listed = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  const paths = listed.stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
  return new Map(
    paths.map((path) => {
      const bytes = readFileSync(join(root, path));
      return [path, bytes.includes(0) ? undefined : bytes.toString("utf8")];
    }),
  );
}

/** The TypeScript and JavaScript modules of a tree. */
export function modulesOf(tree: Tree): [path: string, text: string][] {
  return [...tree].flatMap(([path, text]) =>
    /\.(ts|mjs)$/.test(path) && text !== undefined ? [[path, text]] : [],
  );
}
