import { dirname, join } from "node:path/posix";
import { moduleImports } from "./module-imports.ts";
import type { Tree } from "./tracked-tree.ts";

/** Sources that nothing reaches: no page, no command, no test and nothing that these import. */
export function deadFileFaults(tree: Tree): string[] {
  const reached = new Set<string>();
  const waiting = [...tree.keys()].filter(isEntry);
  waiting.push(...commandsIn(tree.get("package.json") ?? ""));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path) || !tree.has(path)) continue;
    reached.add(path);
    waiting.push(...namedBy(path, tree.get(path) ?? "", tree));
  }
  return [...tree.keys()]
    .filter((path) => /^(src|test)\/.*(?<!\.d)\.(ts|mjs|css|html)$/.test(path) && !reached.has(path))
    .map((path) => `${path}: no page, command or test reaches it`);
}

function isEntry(path: string): boolean {
  return path === "vite.config.ts" || /^[^/]+\.html$/.test(path) || /^test\/.*\.test\.ts$/.test(path);
}

/** Paths in the scripts of package.json: `node src/build/run.mjs src/build/start.ts`. */
function commandsIn(packageJson: string): string[] {
  return [...packageJson.matchAll(/\b(?:src|test)\/[\w./-]+\.(?:ts|mjs)\b/g)].map(([path]) => path);
}

function namedBy(path: string, text: string, tree: Tree): string[] {
  const beside = (name: string) =>
    join(name.startsWith("/") ? "." : dirname(path), name.replace(/[?#].*$/, ""));
  if (/\.html$/.test(path))
    return [...text.matchAll(/\b(?:src|href)="([^":]+)"/g)].map((hit) => beside(hit[1] ?? ""));
  if (/\.css$/.test(path))
    return [...text.matchAll(/@import (?:url\()?"([^"]+)"/g)].map((hit) => beside(hit[1] ?? ""));
  if (!/\.(ts|mjs)$/.test(path)) return [];
  // A build step names the sources that it compiles by their paths from the top.
  const built = path.startsWith("src/build/") ? (text.match(/(?<=")src\/[^"\s]+(?=")/g) ?? []) : [];
  const imported = moduleImports(path, text).flatMap(({ specifier, how }) => {
    if (how !== "url" && !/^[./]/.test(specifier)) return [];
    if (how !== "glob") return [beside(specifier)];
    const pattern = new RegExp(
      `^${beside(specifier)
        .split(/(\*\*\/|\*)/)
        .map(globPart)
        .join("")}$`,
    );
    return [...tree.keys()].filter((file) => pattern.test(file));
  });
  return [...built, ...imported];
}

function globPart(part: string): string {
  if (part === "**/") return "(?:.*/)?";
  if (part === "*") return "[^/]*";
  return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
