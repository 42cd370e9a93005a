import type { Happening } from "./log.ts";
import type { Command, CommandName, Line, Report, SimulationCommands } from "./simulation-port.ts";
import type { ClockState } from "./world-clock.ts";

/** What a caller hears between the answers. */
export type SimulationListener = {
  /** Each happening with its world time, in order. */
  happened(happening: Happening, at: number): void;
  clockChanged(state: ClockState): void;
};

export type SimulationCaller = SimulationCommands & {
  /** Resolves when the far end is there. */
  ready: Promise<void>;
  close(): void;
};

const names: readonly CommandName[] = [
  "start",
  "settle",
  "request",
  "abort",
  "wait",
  "cancelWait",
  "addDevice",
  "removeHost",
  "setLink",
  "partition",
  "skewClock",
  "changeSigningKey",
  "stopHost",
  "crashHost",
  "forge",
  "startHost",
  "pause",
  "resume",
  "setSpeed",
  "step",
  "hold",
  "release",
  "snapshot",
  "end",
];

/** The near end of a line to a simulation. A fault at the far end is thrown here. */
export function callSimulation(
  line: Line<Command, Report[]>,
  listener: SimulationListener,
): SimulationCaller {
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  let isReady: () => void;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });

  line.received = (reports) => {
    for (const report of reports) {
      if (report.type === "ready") isReady();
      else if (report.type === "happened") listener.happened(report.happening, report.at);
      else if (report.type === "clock") listener.clockChanged(report.state);
      else {
        const call = calls.get(report.call);
        calls.delete(report.call);
        if (report.type === "answer") call?.resolve(report.value);
        else call?.reject(new Error(report.message));
      }
    }
  };

  const ask = (command: CommandName, given: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call = count++;
      calls.set(call, { resolve, reject });
      line.send({ call, command, given });
    });
  const commands = Object.fromEntries(
    names.map((name) => [name, (...given: unknown[]) => ask(name, given)]),
  ) as SimulationCommands;
  return { ...commands, ready, close: () => line.close() };
}
