import type { Figure } from "./figures.ts";
import { mainThreadTasks, onBuiltPage, type Task } from "./main-thread.ts";

const seconds = 4;
/** What a frame takes at sixty a second, milliseconds. */
const frame = 1000 / 60;

/** The map with a hundred servers and five hundred packets in flight: the main thread's work, from a trace. */
export function map(): Promise<Figure[]> {
  return onBuiltPage(new URL("./map-page.ts", import.meta.url), async (page) => {
    await page.waitForFunction("window.busyMap");
    // What is compiled and laid out once is not the map's daily work.
    await page.evaluate("window.busyMap(1500)");
    return figuresOf(await mainThreadTasks(page, () => page.evaluate(`window.busyMap(${seconds * 1000})`)));
  });
}

function figuresOf(tasks: readonly Task[]): Figure[] {
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
