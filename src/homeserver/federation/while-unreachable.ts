import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Server } from "../server.ts";

/**
 * Does for somebody who waits what takes another server, and does it again while none can be reached: until one can,
 * or until the time for that is over, which is then the last refusal.
 */
export async function whileUnreachable<Result>(
  { ports, settings }: Server,
  attempt: () => Promise<Result | Refusal>,
): Promise<Result | Refusal> {
  const { connectTime, firstWait } = settings.federation;
  const end = ports.clock.now() + connectTime;
  for (let wait = firstWait; ; wait *= 2) {
    const result = await attempt();
    const left = end - ports.clock.now();
    if (left <= 0 || !isRefusal(result) || result.code !== "federation/unreachable") return result;
    await new Promise<void>((resolve) => {
      ports.clock.schedule(Math.min(wait, left), resolve);
    });
  }
}
