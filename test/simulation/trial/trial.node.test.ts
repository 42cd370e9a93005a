import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import { root } from "../../../src/build/install.mjs";
import type { Happening } from "../../../src/simulation/log.ts";
import { playTrial } from "../../../src/simulation/trial/trial.ts";
import { trialPorts } from "../../seeds/trial-ports.ts";

/** How many random networks have to hold; `npm run seeds -- N` plays more. */
const seeds = 1000;

describe("random rooms under random faults", () => {
  it(`come to agree once everything is mended, with ${seeds} seeds`, async () => {
    const { output, code } = await run(["test/seeds/run.ts", String(seeds)]);
    assert.match(output, new RegExp(`(^|\\n)${seeds} of ${seeds} seeds held`), output);
    assert.equal(code, 0);
  });

  it("are decided by their seed alone", async () => {
    const [one, again, other] = [await storyOf("7"), await storyOf("7"), await storyOf("8")];
    assert.deepEqual(again, one);
    assert.notDeepEqual(other, one);
  });

  it("do break: servers differ before they are mended", async () => {
    const stories = await Promise.all(["1", "2", "3", "4", "5"].map(storyOf));
    const faults = stories.flat().filter((kind) => kind === "exchange-failed" || kind === "host-stopped");
    assert.ok(faults.length > 20, `${faults.length} faults`);
  });
});

/** What happened in a trial, in order. */
async function storyOf(seed: string): Promise<string[]> {
  const story: string[] = [];
  const happened = (happening: Happening, at: number) => {
    const id = happening.type === "host-fact" && "event" in happening.fact ? happening.fact.event : "";
    story.push(id === "" ? happening.type : `${happening.type} ${id} ${at}`);
  };
  await playTrial(seed, { ...trialPorts(), happened });
  return story;
}

async function run(args: string[]): Promise<{ output: string; code: number | null }> {
  const [script, ...rest] = args;
  const child = spawn(process.execPath, [join(root, script!), ...rest], { cwd: root });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { output, code };
}
