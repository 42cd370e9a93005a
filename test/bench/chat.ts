import type { CDPSession, Page } from "playwright-core";
import type { ChatBench } from "./chat-page.ts";
import type { Figure } from "./figures.ts";
import { onServedPage } from "./served-page.ts";

declare const window: Window & { bench: ChatBench };

const messages = 10_000;

/** A long timeline: what scrolling costs. */
export function chat(): Promise<Figure[]> {
  return onServedPage("test/bench/chat-page.ts", scrolling);
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
