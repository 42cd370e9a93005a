import { Simulation, type SimulationPorts } from "./simulation.ts";
import type { Command, Line, Report, SimulationCommands } from "./simulation-port.ts";

/** Plays a simulation at the far end of a line: takes commands, reports what happens. */
export function serveSimulation(
  line: Line<Report[], Command>,
  ports: Omit<SimulationPorts, "happened" | "clockChanged">,
): void {
  let simulation: Simulation | undefined;
  let release: (() => void) | undefined;
  let reports: Report[] = [];

  const report = (entry: Report): void => {
    if (reports.push(entry) > 1) return;
    queueMicrotask(() => {
      const sent = reports;
      reports = [];
      line.send(sent);
    });
  };
  const current = (): Simulation => {
    if (!simulation) throw new Error("No simulation was started");
    return simulation;
  };

  const commands: { [Name in keyof SimulationCommands]: SimulationCommands[Name] } = {
    async start(start) {
      await simulation?.end();
      simulation = await Simulation.start(start, {
        ...ports,
        happened: (happening, at) => report({ type: "happened", at, happening }),
        clockChanged: (state) => report({ type: "clock", state }),
      });
    },
    settle: () => current().settle(),
    request: (...given) => current().request(...given),
    abort: async (id) => simulation?.abort(id),
    wait: (...given) => current().wait(...given),
    cancelWait: async (id) => simulation?.cancelWait(id),
    addDevice: async (device) => current().addDevice(device),
    removeHost: async (name) => current().removeHost(name),
    setLink: async (...given) => current().setLink(...given),
    partition: async (groups) => current().partition(groups),
    skewClock: async (...given) => current().skewClock(...given),
    changeSigningKey: (name) => current().changeSigningKey(name),
    stopHost: (name) => current().stopHost(name),
    startHost: (name) => current().startHost(name),
    crashHost: (name) => current().crashHost(name),
    forge: (...given) => current().forge(...given),
    pause: async () => current().pause(),
    resume: async () => current().resume(),
    setSpeed: async (speed) => current().setSpeed(speed),
    step: () => current().step(),
    async hold() {
      release ??= await current().hold();
    },
    async release() {
      release?.();
      release = undefined;
    },
    snapshot: () => current().snapshot(),
    async end() {
      release = undefined;
      await simulation?.end();
      simulation = undefined;
    },
  };

  line.received = ({ call, command, given }) => {
    const run = commands[command] as (...given: unknown[]) => Promise<unknown>;
    const fault = (error: unknown): void =>
      report({
        type: "fault",
        call,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    try {
      run(...given).then((value) => report({ type: "answer", call, value }), fault);
    } catch (error) {
      fault(error);
    }
  };
  report({ type: "ready" });
}
