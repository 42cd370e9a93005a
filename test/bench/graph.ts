import type { Figure } from "./figures.ts";
import { mainThreadTasks, onBuiltPage, type Task } from "./main-thread.ts";

/** The graph of a room whose thousand events do not fold: the main thread's longest tasks, from a trace. */
export function graph(): Promise<Figure[]> {
  return onBuiltPage(new URL("./graph-page.ts", import.meta.url), async (page) => {
    await page.waitForFunction("window.showGraph");
    const shown = await mainThreadTasks(page, () => page.evaluate("window.showGraph()"));
    const scrubbed = await mainThreadTasks(page, () => page.evaluate("window.scrubGraph()"));
    return [
      { name: "longest task as it is shown", value: longest(shown), unit: "ms", most: 50 },
      { name: "longest task of scrubbing", value: longest(scrubbed), unit: "ms", most: 50 },
    ];
  });
}

function longest(tasks: readonly Task[]): number {
  return Math.max(...tasks.map(({ took }) => took));
}
