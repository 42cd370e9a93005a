import type { Browser, CDPSession, Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { launchBrowser } from "../../src/build/browser.ts";
import { root } from "../../src/build/install.mjs";
import type { ChatBench } from "./chat-page.ts";
import type { Figure } from "./figures.ts";

declare const window: Window & { bench: ChatBench };

const messages = 10_000;
/** Before the page's memory is looked at, and between the two looks: by then the log has reached its bound. */
const firstMessages = 3000;
const moreMessages = 2000;

/** The SDK has a timer for each request, and forgets it after so long, answered or not. Milliseconds. */
const timersLast = 112_000;

/** A long timeline: what scrolling costs, and what each message leaves in the page's memory. */
export async function chat(): Promise<Figure[]> {
  let server: ViteDevServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await createServer({ root, logLevel: "error", server: { port: 0 } });
    await server.listen();
    browser = await launchBrowser();
    const address = server.resolvedUrls?.local[0] ?? "";
    return [
      ...(await scrolling(await pageAt(browser, address))),
      ...(await memory(await pageAt(browser, address))),
    ];
  } finally {
    await browser?.close();
    await server?.close();
  }
}

async function pageAt(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 500, height: 760 } });
  const body = `<!doctype html><html lang="en"><head><link rel="stylesheet" href="/src/elements/theme.css"></head>
    <body><script type="module" src="/test/bench/chat-page.ts"></script></body></html>`;
  await page.route("**/bench.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${address}bench.html`);
  for (;;) {
    if (await page.evaluate(() => "bench" in window)) return page;
    await page.waitForTimeout(100);
  }
}

type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args?: { name?: string };
};

/** Main-thread work of each frame while a finger goes through the timeline, milliseconds. */
async function scrolling(page: Page): Promise<Figure[]> {
  await page.evaluate((count) => window.bench.show(count), messages);
  await page
    .getByText(`${messages - 1} `)
    .first()
    .waitFor();
  const cdp = await page.context().newCDPSession(page);
  const events = await traced(cdp, async () => {
    for (let way = 0; way < 3; way += 1)
      await cdp.send("Input.synthesizeScrollGesture", {
        x: 200,
        y: 350,
        yDistance: way === 2 ? -9000 : 9000,
        speed: 3000,
        gestureSourceType: "touch",
      });
  });
  await page.close();
  const work = frames(events).sort((one, other) => one - other);
  const at = (share: number): number => work[Math.floor((work.length - 1) * share)] ?? Number.NaN;
  return [
    {
      name: `frames while scrolling ${messages.toLocaleString("en")} messages`,
      value: work.length,
      unit: "",
      least: 100,
    },
    { name: "main-thread work a frame, median", value: at(0.5), unit: "ms" },
    { name: "main-thread work a frame, 95th percentile", value: at(0.95), unit: "ms", most: 8 },
  ];
}

async function traced(cdp: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.start", {
    categories: "toplevel,devtools.timeline,blink.user_timing",
    transferMode: "ReportEvents",
  });
  await act();
  await cdp.send("Tracing.end");
  await complete;
  return events;
}

/** Work of the page's main thread from frame to frame. */
function frames(events: readonly TraceEvent[]): number[] {
  const main = events.find(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid);
  const begins = own.filter(({ name, ph }) => name === "AnimationFrame" && ph === "b").map(({ ts }) => ts);
  const tasks = own.filter(({ name, ph }) => ph === "X" && /RunTask$/.test(name));
  return begins.slice(1).map((end, at) => {
    const begin = begins[at] ?? end;
    const work = tasks.filter(({ ts }) => ts >= begin && ts < end);
    return work.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000;
  });
}

/** What a message of two people, each with a client, leaves in the page. Their homeserver runs in its worker. */
async function memory(page: Page): Promise<Figure[]> {
  await page.evaluate(() => window.bench.begin());
  const cdp = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await page.waitForTimeout(timersLast);
    await cdp.send("HeapProfiler.collectGarbage");
    return (await cdp.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  const first = await used();
  await page.evaluate((count) => window.bench.say(count), firstMessages);
  const before = await used();
  await page.evaluate((count) => window.bench.say(count), moreMessages);
  const after = await used();
  await page.close();
  return [
    { name: "page memory of two clients at their beginning", value: first, unit: "MB" },
    { name: `page memory after ${firstMessages.toLocaleString("en")} messages`, value: before, unit: "MB" },
    {
      name: "what 1,000 more messages add to it",
      value: (after - before) / (moreMessages / 1000),
      unit: "MB",
      // Of each event goals may ask what every server has of it; of timelines nothing is to be left.
      most: 2,
    },
  ];
}
