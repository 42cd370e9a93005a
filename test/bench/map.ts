import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import { serveFolder } from "../../src/build/static-server.ts";
import type { Figure } from "./figures.ts";

const seconds = 4;
/** What a frame takes at sixty a second, milliseconds. */
const frame = 1000 / 60;

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

/** The map with a hundred servers and five hundred packets in flight: the main thread's work, from a trace. */
export async function map(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "homeroom-bench-map-"));
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
          entry: fileURLToPath(new URL("./map-page.ts", import.meta.url)),
          formats: ["es"],
          fileName: () => "map.js",
          cssFileName: "map",
        },
      },
      define: { "process.env.NODE_ENV": '"production"' },
    });
    await writeFile(
      join(folder, "index.html"),
      '<!doctype html><link rel="stylesheet" href="map.css"><script type="module" src="map.js"></script>',
    );
    const server = await serveFolder(folder);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.address);
    await page.waitForFunction("window.busyMap");
    // What is compiled and laid out once is not the map's daily work.
    await page.evaluate("window.busyMap(1500)");
    const tasks = await mainThreadTasks(page, () => page.evaluate(`window.busyMap(${seconds * 1000})`));
    await server.close();
    return figuresOf(tasks);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The tasks of the page's main thread, in milliseconds. */
async function mainThreadTasks(
  page: Page,
  run: () => Promise<unknown>,
): Promise<{ at: number; took: number }[]> {
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

function sum(tasks: readonly { took: number }[]): number {
  return tasks.reduce((total, { took }) => total + took, 0);
}

function figuresOf(tasks: readonly { at: number; took: number }[]): Figure[] {
  const first = Math.min(...tasks.map(({ at }) => at));
  const frames = new Map<number, number>();
  for (const { at, took } of tasks) {
    const index = Math.floor((at - first) / frame);
    frames.set(index, (frames.get(index) ?? 0) + took);
  }
  const work = [...frames.values()].sort((one, other) => one - other);
  return [
    { name: "frames with work", value: work.length, unit: "", least: seconds * 20 },
    { name: "main thread per frame, p50", value: work[Math.floor(work.length * 0.5)]!, unit: "ms" },
    { name: "main thread per frame, p95", value: work[Math.floor(work.length * 0.95)]!, unit: "ms", most: 8 },
    { name: "longest task", value: Math.max(...tasks.map(({ took }) => took)), unit: "ms", most: 50 },
  ];
}
