import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { root } from "../../src/build/install.mjs";
import { usage } from "../../src/serve/flags.ts";
import { readServeSettings } from "../../src/serve/serve-settings.ts";
import { temporaryFolder } from "./running-serve.ts";

const guide = readFileSync(join(root, "src/serve/README.md"), "utf8");

function example(language: string): string {
  const text = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(guide)?.[1];
  assert.ok(text, `The guide has no example in ${language}`);
  return text;
}

function run(command: string, file: string, text: string) {
  const path = join(temporaryFolder(), file);
  writeFileSync(path, text);
  return promisify(execFile)(command, [path], { cwd: root, timeout: 300_000 });
}

describe("the guide of serve", () => {
  it("has an example for Node that runs", async () => {
    const { stdout } = await run(process.execPath, "example.mjs", example("js"));
    assert.equal(stdout, "@ada:garden.example Hello from Node\n");
  });

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  it(
    hasPython
      ? "has an example for Python that runs"
      : "has an example for Python (not run: no python3 here)",
    async () => {
      const text = example("python");
      if (!hasPython) return;
      const { stdout } = await run("python3", "example.py", text);
      assert.equal(stdout, "@ada:garden.example Hello from Python\n");
    },
  );

  it("has a file of settings that fits", async () => {
    const path = join(temporaryFolder(), "serve.yaml");
    writeFileSync(path, example("yaml"));
    const settings = await readServeSettings(["--config", path]);
    assert.ok(typeof settings === "object" && !("fault" in settings));
    assert.deepEqual(settings.registrationTokens, ["sesame"]);
  });

  it("names only options that there are", () => {
    for (const [flag] of guide.matchAll(/(?<=[\s`"])--(?!silent|help)[a-z-]{2,}/g)) {
      assert.ok(usage.includes(`${flag} `), flag);
    }
  });
});
