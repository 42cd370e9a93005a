import { relative } from "node:path";
import type { Reporter } from "@web/test-runner";
import { root } from "./install.mjs";

export type TestCount = { passed: number; failed: number };

type Session = Parameters<NonNullable<Reporter["reportTestFileResults"]>>[0]["sessionsForTestFile"][number];
type Suite = NonNullable<Session["testResults"]>;
type Fault = { message: string; stack?: string; expected?: string; actual?: string };

/** One line for each test file; for a failure the test's name, what was wrong, where, and what the page logged. */
export function browserTestReport(count: TestCount): Reporter {
  return {
    reportTestFileResults({ testFile, sessionsForTestFile }) {
      for (const session of sessionsForTestFile) {
        const path = relative(root, testFile).replaceAll("\\", "/");
        const tests = session.testResults ? testsOf(session.testResults, []) : [];
        const faults = tests.filter((test) => !test.passed);
        // An error outside of any test, a file that cannot be imported, or a file without tests.
        const loose =
          session.errors.length > 0 || tests.length === 0 || (!session.passed && faults.length === 0);
        count.passed += tests.length - faults.length;
        count.failed += faults.length + (loose ? 1 : 0);
        console.log(`${faults.length > 0 || loose ? "✗" : "✓"} ${path} (${tests.length})`);
        for (const { name, error } of faults) printFault(name, error ?? { message: "was skipped" });
        for (const error of session.errors) printFault("outside of a test", error);
        if (tests.length === 0 && session.errors.length === 0) printFault("no test ran", { message: "" });
        if (faults.length > 0 || loose) printLogs(session);
      }
    },
  };
}

function testsOf(suite: Suite, above: string[]): { name: string; passed: boolean; error?: Fault }[] {
  const names = suite.name ? [...above, suite.name] : above;
  return [
    ...suite.tests.map(({ name, passed, skipped, error }) => ({
      name: [...names, name].join(" › "),
      passed: passed && !skipped,
      ...(error && { error }),
    })),
    ...suite.suites.flatMap((inner) => testsOf(inner, names)),
  ];
}

function printFault(name: string, fault: Fault): void {
  console.log(`    ✗ ${name}`);
  const lines = fault.stack?.includes(fault.message) ? [fault.stack] : [fault.message, fault.stack ?? ""];
  if (fault.expected !== undefined) lines.push(`expected: ${fault.expected}`, `  actual: ${fault.actual}`);
  for (const line of lines.join("\n").split("\n")) if (line.trim()) console.log(`      ${line}`);
}

function printLogs(session: Session): void {
  for (const args of session.logs) console.log(`      log: ${args.map(String).join(" ").slice(0, 2000)}`);
  for (const url of session.request404s) console.log(`      not found: ${url}`);
}
