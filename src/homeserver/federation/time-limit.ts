import type { Clock } from "../ports.ts";

/**
 * What asking another host comes to; `undefined` if it does not answer in time, `limit` milliseconds, or cannot be
 * reached.
 */
export async function withTimeLimit<Result>(
  clock: Clock,
  limit: number,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const controller = new AbortController();
  let cancel = () => {};
  const over = new Promise<undefined>((resolve) => {
    cancel = clock.schedule(limit, () => {
      resolve(undefined);
      controller.abort();
    });
  });
  try {
    return await Promise.race([ask(controller.signal).catch(() => undefined), over]);
  } finally {
    cancel();
  }
}
