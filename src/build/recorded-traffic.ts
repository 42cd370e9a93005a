import { writeFileSync } from "node:fs";
import type { TestRunnerConfig } from "@web/test-runner";

type Middleware = NonNullable<TestRunnerConfig["middleware"]>[number];

/** Collects the traffic that test pages have recorded (test/traffic.ts), for a checker to read. */
export class RecordedTraffic {
  readonly #entries: unknown[] = [];

  readonly middleware: Middleware = async (context, next) => {
    if (context.path !== "/recorded-traffic") return next();
    const parts: Buffer[] = [];
    for await (const part of context.req) parts.push(part as Buffer);
    this.#entries.push(...(JSON.parse(Buffer.concat(parts).toString("utf8")) as unknown[]));
    context.body = "kept";
  };

  /** The page of a test file, which records. */
  readonly page = (testFramework: string): string =>
    `<!doctype html><html><head><script>globalThis.recordsTraffic = true;</script></head><body><script type="module" src="${testFramework}"></script></body></html>`;

  write(file: string): void {
    const creator = { name: "homeroom-tests", version: "1" };
    writeFileSync(file, JSON.stringify({ log: { version: "1.2", creator, entries: this.#entries } }));
    console.log(`${this.#entries.length} exchanges are in ${file}.`);
  }
}
