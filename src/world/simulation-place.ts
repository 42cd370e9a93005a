import { directLine } from "../simulation/direct-line.ts";
import {
  callSimulation,
  type SimulationCaller,
  type SimulationListener,
} from "../simulation/simulation-caller.ts";
import type { Command, Line, Report } from "../simulation/simulation-port.ts";

/** Where the homeservers run. */
export type SimulationPlace = "worker" | "page";

/** How long a worker may take to answer before the page does its work, in milliseconds. */
const patience = 20_000;

/** A place for a simulation: a worker, so that the page stays smooth; the page itself where none can start. */
export async function openSimulation(
  listener: SimulationListener,
  wanted: SimulationPlace = "worker",
): Promise<{ caller: SimulationCaller; place: SimulationPlace }> {
  if (wanted === "worker") {
    const caller = await inWorker(listener);
    if (caller) return { caller, place: "worker" };
  }
  const [near, far] = directLine<Command, Report[]>();
  const caller = callSimulation(near, listener);
  const [{ serveSimulation }, { browserPorts }] = await Promise.all([
    import("../simulation/serve-simulation.ts"),
    import("./simulation-ports.ts"),
  ]);
  serveSimulation(far, await browserPorts());
  return { caller, place: "page" };
}

async function inWorker(listener: SimulationListener): Promise<SimulationCaller | undefined> {
  let worker: Worker;
  try {
    worker = new Worker(new URL("./simulation-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return undefined;
  }
  const line: Line<Command, Report[]> = {
    send: (command) => worker.postMessage(command),
    received: () => undefined,
    close: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<Report[]>) => line.received(data);
  const caller = callSimulation(line, listener);
  const started = await Promise.race([
    caller.ready.then(() => true),
    new Promise<boolean>((resolve) => {
      worker.onerror = () => resolve(false);
      setTimeout(resolve, patience, false);
    }),
  ]);
  if (started) return caller;
  worker.terminate();
  return undefined;
}
