import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bannedGlobalFaults } from "../../src/build/banned-globals.ts";
import { deadFileFaults } from "../../src/build/dead-files.ts";
import { floorFaults } from "../../src/build/floors.ts";
import {
  fileLengthFaults,
  fileNameFaults,
  type HouseRule,
  lockFaults,
  machineFaults,
  markFaults,
  topLevelFaults,
} from "../../src/build/house-rules.ts";
import { trackedTree } from "../../src/build/tracked-tree.ts";

const project = trackedTree();

/**
 * One rule: the project keeps it; each bad tree breaks it in just one way, with a message that says so.
 */
function rule(
  name: string,
  find: HouseRule,
  bad: Record<string, [tree: Record<string, string>, message: RegExp]>,
) {
  describe(name, () => {
    it("holds in the project", () => {
      const faults = find(project);
      assert.ok(faults.length === 0, faults.join("\n"));
    });
    for (const [story, [tree, message]] of Object.entries(bad)) {
      it(`finds ${story}`, () => {
        const faults = find(new Map(Object.entries(tree)));
        assert.equal(faults.length, 1, faults.join("\n"));
        assert.match(faults[0]!, message);
      });
    }
  });
}

rule("imports go to floors above", floorFaults, {
  "an import from below": [
    { "src/protocol/a.ts": 'import { b } from "../homeserver/b.ts";' },
    /protocol\/a\.ts:1: imports \.\.\/homeserver\/b\.ts, but src\/protocol\/ imports only from itself/,
  ],
  "an import of a type from below": [
    { "src/world/a.ts": '\nimport type { B } from "../app/b.ts";' },
    /world\/a\.ts:2: .* only from protocol, homeserver, simulation, client$/,
  ],
  "a type named in place": [{ "src/world/a.ts": 'let b: import("../app/b.ts").B;' }, /world\/a\.ts:1/],
  "an export from below": [{ "src/world/a.ts": 'export * from "../app/b.ts";' }, /world\/a\.ts:1/],
  "a late import from below": [{ "src/world/a.ts": 'await import("../app/b.ts");' }, /world\/a\.ts:1/],
  "a worker from below": [
    { "src/client/a.ts": 'new Worker(new URL("../world/b.ts", import.meta.url));' },
    /client\/a\.ts:1/,
  ],
  "a server that uses the page": [
    { "src/serve/a.ts": 'import { b } from "../elements/b.ts";' },
    /only from world, simulation, homeserver, protocol$/,
  ],
  "the SDK outside of client/": [
    { "src/world/a.ts": 'import { b } from "matrix-js-sdk";' },
    /only src\/client\//,
  ],
  "a package of another floor": [
    { "src/protocol/a.ts": 'import { html } from "lit";' },
    /does not use that package/,
  ],
  "Node in what browsers run": [{ "src/elements/a.ts": 'import "node:fs";' }, /a browser does not have/],
  "a folder without a floor": [{ "src/cellar/a.ts": "" }, /not in the table of floors/],
});

rule("time, chance and the network come by ports", bannedGlobalFaults, {
  "the time": [
    { "src/protocol/a.ts": "const at = Date.now();" },
    /a\.ts:1: Date\.now is banned here, use the Clock/,
  ],
  "the current date": [{ "src/protocol/a.ts": "const at = new Date();" }, /the current Date/],
  chance: [{ "src/homeserver/a.ts": "\nconst id = Math.random();" }, /a\.ts:2: Math\.random .* Chance/],
  "a timer": [{ "src/simulation/a.ts": "setTimeout(() => {}, 5);" }, /setTimeout .* Clock/],
  "a timer under another name": [
    { "src/simulation/a.ts": "const later = setTimeout;" },
    /setTimeout .* Clock/,
  ],
  "the network": [{ "src/homeserver/a.ts": "await fetch(url);" }, /fetch .* Transport/],
  "the network by its long name": [
    { "src/homeserver/a.ts": "await globalThis.fetch(url);" },
    /fetch .* Transport/,
  ],
});

it("a name of the module's own is allowed", () => {
  const text = "const fetch = dispatcher(server); export const it = { fetch, later: fetch };";
  assert.deepEqual(bannedGlobalFaults(new Map([["src/homeserver/a.ts", text]])), []);
});

it("a port's own method of the same name is allowed", () => {
  const text =
    "export interface Transport { fetch(a: Request): void }\nports.transport.fetch(a); new Date(5);";
  assert.deepEqual(bannedGlobalFaults(new Map([["src/homeserver/a.ts", text]])), []);
});

rule("files are short", fileLengthFaults, {
  "a long one": [{ "src/app/a.ts": "\n".repeat(501) }, /a\.ts: 501 lines/],
});

rule("names say what a file is", fileNameFaults, {
  "an empty word": [{ "src/app/string-utils.ts": "" }, /"utils"/],
  "a folder of that name": [{ "src/common/a.ts": "" }, /"common"/],
  capitals: [{ "src/app/Button.ts": "" }, /kebab-case/],
});

rule("no file is dead", deadFileFaults, {
  "one that only another dead one imports": [
    {
      "src/app/a.ts": 'import "./b.ts"; import "./a.ts";',
      "src/app/b.ts": "",
      "test/b.test.ts": 'import "../src/app/b.ts";',
    },
    /^src\/app\/a\.ts: no page/,
  ],
});

it("pages, commands, workers, styles and patterns reach files", () => {
  const tree = {
    "index.html": '<script src="/src/app/main.ts"></script>',
    "package.json": '{"scripts":{"x":"node src/build/x.ts"}}',
    "src/build/x.ts": 'const late = join(root, "src/app/late.ts");',
    "src/app/late.ts": "new URL('beside.ts', import.meta.url);",
    "src/app/beside.ts": "",
    "src/app/main.ts":
      'import "./look.css"; new Worker(new URL("./work.ts", import.meta.url)); import.meta.glob("./pages/*.ts");',
    "src/app/look.css": '@import "./base.css";',
    "src/app/base.css": "",
    "src/app/work.ts": 'import text from "./text.ts?raw";',
    "src/app/text.ts": "",
    "src/app/pages/one.ts": "",
  };
  assert.deepEqual(deadFileFaults(new Map(Object.entries(tree))), []);
});

rule("nothing belongs to one machine", machineFaults, {
  "a folder": [{ "src/app/a.ts": `const here = "/${"home"}/ada/x";` }, /a\.ts:1: "\/home\/a…"/],
  "a registry": [{ ".npmrc": `registry=https://registry.${"npmjs"}.org/` }, /\.npmrc:1/],
});

rule("the lock serves every machine", lockFaults, {
  "a download address": [
    {
      "package-lock.json":
        '{"packages":{"node_modules/a":{"version":"1","resolved":"https://a.example/a.tgz"}}}',
    },
    /node_modules\/a has a download address/,
  ],
  "the missing part of another platform": [
    {
      "package-lock.json":
        '{"packages":{"node_modules/a":{"version":"1","optionalDependencies":{"a-mac":"1"}}}}',
    },
    /lacks a-mac, a part of node_modules\/a/,
  ],
});

rule("the top is tidy", topLevelFaults, {
  "a stray file": [{ "notes.txt": "" }, /^notes\.txt/],
});

rule("nothing is hidden", markFaults, {
  "a lonely test": [{ "test/app/a.test.ts": 'it.only("a", () => {});' }, /runs alone or not at all/],
  "a hidden fault of types": [{ "src/app/a.ts": "// @ts-ignore" }, /types/],
  "a note": [{ "src/app/a.ts": "// TODO" }, /instead of the work/],
});
