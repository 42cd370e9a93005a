import type { Page } from "playwright-core";
import { logLimit } from "../../src/world/world-log.ts";
import type { Figure } from "./figures.ts";
import { heapOf } from "./heap.ts";
import type { MemoryBench } from "./memory-page.ts";
import { onServedPage } from "./served-page.ts";

declare const window: Window & { bench: MemoryBench };

/** Before the memory is looked at first, and between the two looks: log and timelines have reached their bounds. */
const messages = 5000;

/** The SDK has a timer for each request, and forgets it after so long, answered or not. Milliseconds. */
const timersLast = 112_000;

/**
 * What messages leave in the memory of a page with two clients and every view, and in that of the worker in which
 * their homeserver keeps its data.
 */
export function memory(): Promise<Figure[]> {
  return onServedPage("test/bench/memory-page.ts", measured);
}

async function measured(page: Page): Promise<Figure[]> {
  const heap = await heapOf(page);
  await page.evaluate(() => window.bench.begin());
  const look = async () => {
    const said = await page.evaluate((count) => window.bench.say(count), messages);
    await page.waitForTimeout(timersLast);
    return { said, ...(await heap()) };
  };
  const first = await heap();
  const before = await look();
  const log = await page.evaluate(() => window.bench.log());
  const after = await look();
  const said = after.said - before.said;
  return [
    { name: "page at its beginning", value: first.page / 1e6, unit: "MB" },
    { name: `page after ${before.said.toLocaleString("en")} messages`, value: before.page / 1e6, unit: "MB" },
    { name: "of it, the log written out", value: log.bytes / 1e6, unit: "MB" },
    { name: "entries of the log", value: log.entries, unit: "", most: logLimit * 1.1 },
    {
      name: `page after ${after.said.toLocaleString("en")} messages`,
      value: after.page / 1e6,
      unit: "MB",
    },
    {
      name: "what a message adds to the page",
      value: (after.page - before.page) / said,
      unit: "B",
      // Of a message nothing is to stay: this is for how full log, timelines and views happen to be.
      most: 300,
    },
    {
      name: "what a message adds to the worker",
      value: (after.worker - before.worker) / said,
      unit: "B",
      // What its homeserver has to keep: the event with its hash and signature, its record, its places in indexes.
      most: 2000,
    },
  ];
}
