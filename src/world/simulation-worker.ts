import { serveSimulation } from "../simulation/serve-simulation.ts";
import type { Command, Line, Report } from "../simulation/simulation-port.ts";
import { browserPorts } from "./simulation-ports.ts";

/** The entry of the worker that the homeservers run in. */
const scope = self as unknown as Worker;

/** Commands that come before all is loaded wait. */
const early: Command[] = [];
const line: Line<Report[], Command> = {
  send: (reports) => scope.postMessage(reports),
  received: (command) => void early.push(command),
  close: () => undefined,
};
scope.onmessage = ({ data }: MessageEvent<Command>) => line.received(data);

serveSimulation(line, await browserPorts());
for (const command of early) line.received(command);
