import type { Tree } from "./tracked-tree.ts";

/** Every rule looks at the whole tree and says what is wrong, a line each; nothing where all is well. */
export type HouseRule = (tree: Tree) => string[];

const longestFile = 500;

export const fileLengthFaults: HouseRule = (tree) =>
  texts(tree, /^(src|test)\/.*\.(ts|mjs|css)$/).flatMap(([path, text]) => {
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    return lines > longestFile ? [`${path}: ${lines} lines, ${longestFile} is the most`] : [];
  });

const emptyWords = [
  "util",
  "utils",
  "common",
  "core",
  "manager",
  "service",
  "helper",
  "helpers",
  "misc",
  "shared",
];

/** Names that do not say what a file is, and names that are not kebab-case. */
export const fileNameFaults: HouseRule = (tree) =>
  [...tree.keys()]
    .filter((path) => /^(src|test|tutorials)\//.test(path))
    .flatMap((path) => {
      const faults: string[] = [];
      for (const word of path.toLowerCase().split(/[^a-z0-9]+/)) {
        if (emptyWords.includes(word)) faults.push(`${path}: "${word}" in a name does not say what it is`);
      }
      const kebab = path
        .split("/")
        .every((part) => /^([a-z0-9]+([.-][a-z0-9]+)*|README\.md|_\w+)$/.test(part));
      return kebab ? faults : [...faults, `${path}: is not in kebab-case`];
    });

/** Folders of one machine, and addresses that packages come from: a clone elsewhere has others. */
export const machineFaults: HouseRule = (tree) => {
  // Put together here, so that this file does not hold what it looks for.
  const folder = new RegExp(
    `(?<![\\w.@:/~-])/(${["work", "root", "home", "Users", "tmp"].join("|")})/[\\w.-]`,
  );
  const registry = new RegExp(
    ["registry.npmjs", "npmjs.org", "yarnpkg.com", "pypi.org", "crates.io"].join("|").replaceAll(".", "\\."),
  );
  return texts(tree, /./).flatMap(([path, text]) =>
    path === "src/build/house-rules.ts"
      ? []
      : text.split("\n").flatMap((line, index) => {
          const found = folder.exec(line)?.[0] ?? registry.exec(line)?.[0];
          return found ? [`${path}:${index + 1}: "${found}…" belongs to one machine`] : [];
        }),
  );
};

/**
 * The lock names packages by version and checksum, for every kind of machine; where they come from is each
 * machine's own matter. `npm ci` refuses a lock that lacks another platform's part of a package, which happens
 * where the registry of the machine that wrote it has no such part.
 */
export const lockFaults: HouseRule = (tree) => {
  type Locked = { resolved?: string; optionalDependencies?: Record<string, string> };
  const lock = JSON.parse(tree.get("package-lock.json") ?? "{}") as { packages?: Record<string, Locked> };
  const packages = Object.entries(lock.packages ?? {});
  const names = new Set(packages.map(([path]) => path.replace(/^.*node_modules\//, "")));
  return packages.flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    ...(resolved ? [`package-lock.json: ${path} has a download address (npm writes none with .npmrc)`] : []),
    ...Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `package-lock.json: lacks ${name}, a part of ${path} for some machines`),
  ]);
};

const topLevel = new Set([
  ...["src", "tutorials", "public", "test", "index.html", "README.md", "LICENSE"],
  ...["vite.config.ts", "package.json", "package-lock.json", "tsconfig.json", "biome.json"],
  ...[".ci", ".gitattributes", ".gitignore", ".npmrc"],
]);

export const topLevelFaults: HouseRule = (tree) =>
  [...new Set([...tree.keys()].map((path) => path.split("/")[0] ?? path))]
    .filter((name) => !topLevel.has(name))
    .map((name) => `${name}: does not belong at the top; see src/build/house-rules.ts`);

const marks: [pattern: RegExp, why: string][] = [
  [
    /\b(describe|it|test|suite|context)\.(only|skip|todo)\b|\bx(it|describe)\(/,
    "a test that runs alone or not at all",
  ],
  [/@ts-(ignore|nocheck|expect-error)\b/, "a fault of types that is hidden"],
  [/\b(TODO|FIXME|XXX|HACK)\b/, "a note instead of the work"],
];

/** What hides unfinished work. */
export const markFaults: HouseRule = (tree) =>
  texts(tree, /^(src|test)\/.*\.(ts|mjs)$/).flatMap(([path, text]) =>
    path.endsWith("/house-rules.ts") || path.endsWith("/house-rules.node.test.ts")
      ? []
      : text
          .split("\n")
          .flatMap((line, index) =>
            marks.filter(([pattern]) => pattern.test(line)).map(([, why]) => `${path}:${index + 1}: ${why}`),
          ),
  );

function texts(tree: Tree, pattern: RegExp): [path: string, text: string][] {
  return [...tree].flatMap(([path, text]) =>
    text !== undefined && pattern.test(path) ? [[path, text]] : [],
  );
}
