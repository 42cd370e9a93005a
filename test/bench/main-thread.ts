import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { serveFolder } from "../../src/build/static-server.ts";

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  /** CPU time: others may use the machine meanwhile. */
  tdur?: number;
  pid: number;
  tid: number;
  args: { name?: string };
};

/** A task of a page's main thread, in milliseconds. */
export type Task = { at: number; took: number };

/** Builds a page of one module, as a site is built, and visits it. */
export async function onBuiltPage<Result>(
  module: URL,
  visit: (page: Page) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "homeroom-bench-"));
  const browser = await launchBrowser();
  try {
    await build({
      root,
      configFile: false,
      logLevel: "error",
      build: {
        outDir: folder,
        target: "es2023",
        lib: {
          entry: fileURLToPath(module),
          formats: ["es"],
          fileName: () => "page.js",
          cssFileName: "page",
        },
      },
      define: { "process.env.NODE_ENV": '"production"' },
    });
    await writeFile(
      join(folder, "index.html"),
      '<!doctype html><link rel="stylesheet" href="page.css"><script type="module" src="page.js"></script>',
    );
    const server = await serveFolder(folder);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.address);
    const result = await visit(page);
    await server.close();
    return result;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tasks of the page's main thread while something runs, from a trace. */
export async function mainThreadTasks(page: Page, run: () => Promise<unknown>): Promise<Task[]> {
  const cdp = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  const includedCategories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await run();
  await cdp.send("Tracing.end");
  await complete;
  const main = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  // The page's own process does the most; others belong to empty tabs.
  const all = main.map(({ pid, tid }) =>
    events
      .filter(
        (event) => event.pid === pid && event.tid === tid && event.name === "RunTask" && event.ph === "X",
      )
      .map(({ ts, dur = 0, tdur = dur }) => ({ at: ts / 1000, took: tdur / 1000 })),
  );
  return all.toSorted((one, other) => sum(other) - sum(one))[0] ?? [];
}

function sum(tasks: readonly Task[]): number {
  return tasks.reduce((total, { took }) => total + took, 0);
}
