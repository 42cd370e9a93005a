import type { Page } from "playwright-core";

/** What a page and its worker hold, bytes, after the garbage is collected. */
export type Heap = { page: number; worker: number };

/** Looks into the memory of a page and of the one worker that it starts from now on. */
export async function heapOf(page: Page): Promise<() => Promise<Heap>> {
  const cdp = await page.context().newCDPSession(page);
  const answers = new Map<number, (result: { usedSize: number }) => void>();
  let worker = "";
  let asked = 0;
  cdp.on("Target.attachedToTarget", ({ sessionId }) => {
    worker = sessionId;
  });
  cdp.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: { usedSize: number } };
    answers.get(id)?.(result);
  });
  await cdp.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const askWorker = (method: string): Promise<{ usedSize: number }> => {
    const id = ++asked;
    const answer = new Promise<{ usedSize: number }>((resolve) => answers.set(id, resolve));
    const message = JSON.stringify({ id, method });
    return cdp.send("Target.sendMessageToTarget", { sessionId: worker, message }).then(() => answer);
  };
  return async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    await askWorker("HeapProfiler.collectGarbage");
    const own = await cdp.send("Runtime.getHeapUsage");
    return { page: own.usedSize, worker: (await askWorker("Runtime.getHeapUsage")).usedSize };
  };
}
