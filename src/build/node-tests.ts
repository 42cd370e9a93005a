import { resolve } from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import type { TestCount } from "./browser-test-report.ts";
import { root } from "./install.mjs";

/** Runs test files with Node's own test runner, each in a process of its own. */
export async function runNodeTests(files: readonly string[]): Promise<TestCount> {
  const count: TestCount = { passed: 0, failed: 0 };
  if (files.length === 0) return count;
  // Long, for machines that are slow or busy: only what never comes is waited for to the end.
  const events = run({ files: files.map((file) => resolve(root, file)), concurrency: 2, timeout: 1_800_000 });
  events.on("test:summary", ({ counts, file }) => {
    if (file !== undefined) return;
    count.passed = counts.passed;
    count.failed = counts.tests - counts.passed;
  });
  const report = events.compose(new spec());
  for await (const text of report) process.stdout.write(text);
  return count;
}
