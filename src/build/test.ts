import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { runBrowserTests } from "./browser-tests.ts";
import { root } from "./install.mjs";
import { runNodeTests } from "./node-tests.ts";
import { sourceFiles } from "./source-files.ts";

// npm test [-- PATH…] [--traffic FILE.har]: all tests, or those whose path begins with one of the given.
const { values, positionals } = parseArgs({
  options: { only: { type: "string" }, traffic: { type: "string" } },
  allowPositionals: true,
});
const wanted = (part: string) => values.only === undefined || values.only === part;
const files = sourceFiles("test").filter(
  (file) =>
    positionals.length === 0 || positionals.some((path) => file.startsWith(path.replace(/^\.\//, ""))),
);

const faults: string[] = [];
if (wanted("check") && positionals.length === 0) {
  check("The formatter or the linter found faults", "node_modules/@biomejs/biome/bin/biome", ["check"]);
  check("The types do not fit", "node_modules/typescript/bin/tsc", ["--noEmit"]);
}
let passed = 0;
let failed = 0;
if (wanted("node")) add(await runNodeTests(files.filter((file) => file.endsWith(".node.test.ts"))));
if (wanted("browser")) {
  add(
    await runBrowserTests(
      files.filter((file) => /(?<!\.node)\.test\.ts$/.test(file)),
      values.traffic,
    ),
  );
}
if (passed + failed === 0 && values.only !== "check") faults.push("No test ran.");

for (const fault of faults) console.log(fault);
if (values.only !== "check") console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || faults.length > 0 ? 1 : 0);

function add(count: { passed: number; failed: number }): void {
  passed += count.passed;
  failed += count.failed;
}

function check(fault: string, script: string, args: string[]): void {
  const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: "inherit" });
  if (done.status !== 0) faults.push(`${fault} (see above).`);
}
