import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";
import { moduleImports } from "./module-imports.ts";
import { sourceFiles } from "./source-files.ts";

const onlyInNode = /^src\/(build|serve)\/|^test\/bench\/|\.node\.test\.ts$|\.mjs$/;

/**
 * What the sources and tests that run in a browser import from packages (`lit`, `lit/directives/repeat.js`),
 * for Vite to bundle beforehand.
 */
export function browserPackages(): string[] {
  const found = new Set<string>();
  for (const path of [...sourceFiles("src"), ...sourceFiles("test")]) {
    if (onlyInNode.test(path)) continue;
    for (const { specifier, how } of moduleImports(path, readFileSync(join(root, path), "utf8"))) {
      if ((how === "import" || how === "dynamic") && isBundled(specifier)) found.add(specifier);
    }
  }
  return [...found].sort();
}

/** Names of packages, but neither paths, virtual modules, style sheets nor files taken as they are. */
function isBundled(specifier: string): boolean {
  return (
    /^(@[\w.-]+\/)?[\w-][\w.-]*(\/[\w./-]+)?$/.test(specifier) &&
    !/\.(css|json|svg|wasm)$/.test(specifier) &&
    !specifier.startsWith("@matrix-org/matrix-sdk-crypto-wasm")
  );
}
