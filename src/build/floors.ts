import { dirname, join } from "node:path/posix";
import { moduleImports } from "./module-imports.ts";
import { modulesOf, type Tree } from "./tracked-tree.ts";

/** What a folder of src/ may import from packages: only these, or anything. */
type Packages = "any" | readonly RegExp[];

type Floor = {
  folder: string;
  /** The other folders that it may import from, where that is not all above it. */
  only?: readonly string[];
  packages: Packages;
  /** Whether it may import `node:` modules. */
  node?: true;
};

/** What is built first stands first; a folder imports only from those above it. */
export const floors: readonly Floor[] = [
  { folder: "protocol", packages: [/^@noble\//, /^tinyqueue$/] },
  { folder: "homeserver", packages: [/^hono(\/|$)/, /^valibot$/, /^@noble\//] },
  { folder: "simulation", packages: [] },
  {
    folder: "client",
    packages: [/^matrix-js-sdk(\/|$)/, /^@matrix-org\//, /^loglevel$/, /^fzstd$/],
  },
  { folder: "world", packages: [/^idb$/, /^fake-indexeddb(\/|$)/, /^@noble\//] },
  { folder: "catalogue", packages: [] },
  { folder: "tutorial", packages: "any" },
  { folder: "elements", packages: "any" },
  { folder: "app", packages: "any" },
  {
    folder: "serve",
    only: ["world", "simulation", "homeserver", "protocol"],
    packages: [/^@hono\/node-server$/, /^yaml$/, /^htmlparser2$/, /^sharp$/, /^sodium-native$/],
    node: true,
  },
  { folder: "build", packages: "any", node: true },
];

const onlyInClient = /^(matrix-js-sdk(\/|$)|@matrix-org\/)/;

/** Imports in src/ that go up, sideways where they must not, or to a package of another floor. */
export function floorFaults(tree: Tree): string[] {
  return modulesOf(tree).flatMap(([path, text]) => {
    const folder = /^src\/([^/]+)\//.exec(path)?.[1];
    if (folder === undefined) return path.startsWith("src/") ? [`${path}: lies on no floor of src/`] : [];
    const floor = floors.find((it) => it.folder === folder);
    if (!floor) return [`${path}: src/${folder}/ is not in the table of floors (src/build/floors.ts)`];
    return moduleImports(path, text).flatMap(({ specifier, line }) => {
      const fault = importFault(floor, path, specifier.replace(/\?.*$/, ""));
      return fault ? [`${path}:${line}: imports ${specifier}, ${fault}`] : [];
    });
  });
}

function importFault(floor: Floor, path: string, specifier: string): string | undefined {
  if (/^\.{1,2}\//.test(specifier)) return relativeFault(floor, join(dirname(path), specifier));
  if (specifier.startsWith("node:")) return floor.node ? undefined : "which a browser does not have";
  if (/^(virtual:|\/|#)/.test(specifier)) return undefined;
  if (onlyInClient.test(specifier) && floor.folder !== "client" && floor.folder !== "build") {
    return "but only src/client/ imports the SDK";
  }
  if (floor.packages === "any" || floor.packages.some((allowed) => allowed.test(specifier))) return undefined;
  return `but src/${floor.folder}/ does not use that package (src/build/floors.ts says which)`;
}

function relativeFault(floor: Floor, target: string): string | undefined {
  const folder = /^src\/([^/]+)\//.exec(target)?.[1];
  if (folder === floor.folder || floor.folder === "build") return undefined;
  if (folder === undefined) return "which lies outside of src/";
  const above = floors.slice(0, floors.indexOf(floor)).map((it) => it.folder);
  const allowed = floor.only ?? above;
  return allowed.includes(folder)
    ? undefined
    : `but src/${floor.folder}/ imports only from ${allowed.join(", ") || "itself"}`;
}
