import type { ForgeOrder } from "./forge.ts";
import type { HttpRequest } from "./http.ts";
import type { LinkChange } from "./links.ts";
import type { Happening, HostName } from "./log.ts";
import type { Outcome } from "./network.ts";
import type { DeviceSettings, SimulationSnapshot, SimulationStart } from "./simulation.ts";
import type { ClockState } from "./world-clock.ts";

/**
 * What can be asked of a simulation. All arguments and results are plain data, so it can be in a worker; the
 * words are those of `Simulation`.
 */
export type SimulationCommands = {
  start(start: SimulationStart): Promise<void>;
  settle(): Promise<void>;
  request(id: number, from: HostName, request: HttpRequest): Promise<Outcome>;
  abort(id: number): Promise<void>;
  wait(id: number, delay: number): Promise<boolean>;
  cancelWait(id: number): Promise<void>;
  addDevice(device: DeviceSettings): Promise<void>;
  removeHost(name: HostName): Promise<void>;
  setLink(one: HostName, other: HostName, change: LinkChange): Promise<boolean>;
  partition(groups: readonly (readonly HostName[])[]): Promise<void>;
  skewClock(name: HostName, skew: number): Promise<boolean>;
  changeSigningKey(name: HostName): Promise<string | undefined>;
  stopHost(name: HostName): Promise<boolean>;
  startHost(name: HostName): Promise<boolean>;
  crashHost(name: HostName): Promise<boolean>;
  forge(name: HostName, order: ForgeOrder): Promise<boolean>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  setSpeed(speed: number): Promise<void>;
  step(): Promise<void>;
  /** Everything stands still until `release`. */
  hold(): Promise<void>;
  release(): Promise<void>;
  snapshot(): Promise<SimulationSnapshot>;
  end(): Promise<void>;
};

export type CommandName = keyof SimulationCommands;

/** What goes to a simulation. */
export type Command = { call: number; command: CommandName; given: unknown[] };

/** What comes from it; several at once, in order. */
export type Report =
  | { type: "ready" }
  | { type: "happened"; at: number; happening: Happening }
  | { type: "clock"; state: ClockState }
  | { type: "answer"; call: number; value: unknown }
  | { type: "fault"; call: number; message: string };

/** One end of a line that carries plain data in order: a worker's port, or a pair of ends in one thread. */
export interface Line<Out, In> {
  send(message: Out): void;
  /** Set once, by the end's owner. */
  received: (message: In) => void;
  close(): void;
}
