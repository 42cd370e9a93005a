import type { PasswordHasher, Signer, Thumbnails } from "../homeserver/ports.ts";
import { Activity } from "./activity.ts";
import type { ForgeOrder } from "./forge.ts";
import { HomeserverLife, type ServerSettings, type Surroundings } from "./homeserver-life.ts";
import type { HttpRequest } from "./http.ts";
import type { Link, LinkChange } from "./links.ts";
import type { ExchangeId, Happening, HostName } from "./log.ts";
import { Network, type Outcome } from "./network.ts";
import { orderedSigner } from "./ordered-signer.ts";
import { SeededChance } from "./seeded-chance.ts";
import type { HostContents, HostStorage } from "./storage.ts";
import type { Ticker } from "./ticker.ts";
import { type ClockState, fastest, WorldClock } from "./world-clock.ts";

export type DeviceSettings = { name: HostName; person: string; home: HostName };

/** How a simulation starts, anew or where another one ended. Plain data. */
export type SimulationStart = {
  seed: string;
  /** Milliseconds one way, where a link says nothing else. */
  latency: { device: number; server: number };
  clock: { at: number; speed: number; running: boolean };
  servers: ServerSettings[];
  devices: DeviceSettings[];
  links: Link[];
  stopped: HostName[];
  firstExchange: ExchangeId;
  /** How much chance the network has drawn. */
  drawn: number;
  /** Names where the hosts keep their data; for `SimulationPorts.openStorage`. Absent: in memory. */
  storage?: string;
  /** What hosts have from the start; absent: what the storage has. */
  contents?: Record<HostName, HostContents>;
  /** Are hosts and links reported as new? */
  announce: boolean;
};

/** All that a simulation needs to start again as it is. Plain data. */
export type SimulationSnapshot = Pick<
  SimulationStart,
  "clock" | "devices" | "links" | "stopped" | "firstExchange" | "drawn"
> & { contents: Record<HostName, HostContents> };

export type SimulationPorts = {
  ticker: Ticker;
  signer: Signer;
  passwords: PasswordHasher;
  thumbnails?: Thumbnails;
  openStorage(name: string | undefined): Promise<HostStorage>;
  happened(happening: Happening, at: number): void;
  clockChanged(state: ClockState): void;
};

/** Many hosts in one virtual internet. */
export class Simulation {
  #start: SimulationStart;
  #clock: WorldClock;
  #network: Network;
  #networkChance: SeededChance;
  #around: Surroundings;
  #lives = new Map<HostName, HomeserverLife>();
  #requests = new Map<number, () => void>();
  #waits = new Map<number, () => void>();
  #exchanges: ExchangeId;
  #quiet = true;
  #settled = Promise.withResolvers<void>();
  #ended = false;

  private constructor(start: SimulationStart, storage: HostStorage, ports: SimulationPorts) {
    this.#start = start;
    this.#exchanges = start.firstExchange;
    const activity = new Activity();
    const clock = { at: start.clock.at, speed: fastest };
    this.#clock = new WorldClock(clock, ports.ticker, activity, (state) => ports.clockChanged(state));
    const report = (happening: Happening): void => {
      if (this.#ended) return;
      if (happening.type === "exchange-out") this.#exchanges = happening.exchange + 1;
      if (!this.#quiet) ports.happened(happening, this.#clock.now());
    };
    this.#networkChance = new SeededChance(`${start.seed} network`, start.drawn);
    this.#network = new Network(start, this.#clock, this.#networkChance, report);
    this.#around = {
      seed: start.seed,
      clock: this.#clock,
      activity,
      network: this.#network,
      signer: orderedSigner(ports.signer, activity),
      passwords: ports.passwords,
      ...(ports.thumbnails && { thumbnails: ports.thumbnails }),
      storage,
      report,
      settled: this.#settled.promise,
    };
  }

  static async start(start: SimulationStart, ports: SimulationPorts): Promise<Simulation> {
    const storage = await ports.openStorage(start.storage);
    for (const [host, { records, media }] of Object.entries(start.contents ?? {})) {
      await storage.journal(host).append(records);
      for (const [name, bytes] of media) await storage.media(host).put(name, bytes);
    }
    const simulation = new Simulation(start, storage, ports);
    await simulation.#populate();
    return simulation;
  }

  /**
   * All hosts run and all links carry, until `settle`: clients that go on find what they know again. What servers
   * have to tell each other waits until then, or it would get through where nobody sees it.
   */
  async #populate(): Promise<void> {
    const { servers, devices } = this.#start;
    for (const settings of servers) {
      const { name, symbol } = settings;
      this.#network.add({ name, role: "homeserver", running: true, ...(symbol !== undefined && { symbol }) });
      await this.#bringUp(settings);
    }
    for (const device of devices) this.addDevice(device);
    this.#clock.resume();
  }

  /**
   * Makes links, hosts and clock as the start says, and reports what happens from here on. Until then everything runs
   * fast and unreported, for what belongs to the way back into a world and not to its story.
   */
  async settle(): Promise<void> {
    const { links, stopped, clock, announce } = this.#start;
    for (const { between, ...change } of links) this.setLink(...between, change);
    for (const name of stopped) await this.stopHost(name);
    this.#quiet = false;
    // What is told is how it is: nothing was whole for a moment that is cut or stopped.
    if (announce) this.#network.reportAll();
    this.#network.reportUnderWay();
    this.#settled.resolve();
    this.#clock.setSpeed(clock.speed);
    if (!clock.running) this.#clock.pause();
  }

  async #bringUp(settings: ServerSettings): Promise<void> {
    const life = await HomeserverLife.start(settings, this.#around);
    this.#lives.set(settings.name, life);
    this.#network.host(settings.name)!.answer = (request, ended) => life.answer(request, ended);
  }

  /** Sends a device's request. `id` is the asker's own, to break it off with. */
  request(id: number, from: HostName, request: HttpRequest): Promise<Outcome> {
    this.#clock.catchUp();
    return new Promise((resolve) => {
      if (!this.#network.host(from)) return resolve({ failed: "aborted" });
      const breakOff = this.#network.send(from, request, (outcome) => {
        this.#requests.delete(id);
        resolve(outcome);
      });
      this.#requests.set(id, breakOff);
    });
  }

  abort(id: number): void {
    this.#requests.get(id)?.();
  }

  /** Resolves after so much world time: true, or false if it was cancelled. */
  wait(id: number, delay: number): Promise<boolean> {
    this.#clock.catchUp();
    return new Promise((resolve) => {
      const end = (elapsed: boolean): void => {
        this.#waits.delete(id);
        cancel();
        resolve(elapsed);
      };
      const cancel = this.#clock.schedule(delay, () => end(true));
      this.#waits.set(id, () => end(false));
    });
  }

  cancelWait(id: number): void {
    this.#waits.get(id)?.();
  }

  addDevice({ name, person, home }: DeviceSettings): void {
    this.#clock.catchUp();
    if (this.#network.host(name)) return;
    this.#network.add({ name, role: "device", running: true, person, home });
  }

  removeHost(name: HostName): void {
    this.#clock.catchUp();
    this.#network.remove(name);
  }

  /** False when there are no two such hosts. */
  setLink(one: HostName, other: HostName, change: LinkChange): boolean {
    this.#clock.catchUp();
    if (!this.#network.host(one) || !this.#network.host(other) || one === other) return false;
    this.#network.setLink(one, other, change);
    return true;
  }

  /** Cuts all links between homeservers of different groups, and mends those within one. */
  partition(groups: readonly (readonly HostName[])[]): void {
    const group = new Map(groups.flatMap((names, index) => names.map((name) => [name, index] as const)));
    const names = [...group.keys()];
    names.forEach((one, index) => {
      for (const other of names.slice(index + 1)) {
        this.setLink(one, other, { cut: group.get(one) !== group.get(other) });
      }
    });
  }

  /** Sets a homeserver's clock wrong by so many milliseconds. False when there is no such homeserver. */
  skewClock(name: HostName, skew: number): boolean {
    this.#clock.catchUp();
    const settings = this.#start.servers.find((server) => server.name === name);
    if (!settings) return false;
    settings.clockSkew = skew;
    return true;
  }

  /** Has a homeserver sign with a new key from now on; resolves to its id, if there is one that runs. */
  async changeSigningKey(name: HostName): Promise<string | undefined> {
    this.#clock.catchUp();
    return this.#lives.get(name)?.changeSigningKey();
  }

  /** False when there is no such homeserver. */
  async stopHost(name: HostName): Promise<boolean> {
    this.#clock.catchUp();
    const host = this.#network.host(name);
    if (host?.role !== "homeserver") return false;
    this.#network.stopHost(name);
    host.answer = undefined;
    const life = this.#lives.get(name);
    this.#lives.delete(name);
    await life?.stop();
    return true;
  }

  async startHost(name: HostName): Promise<boolean> {
    this.#clock.catchUp();
    const settings = this.#start.servers.find((server) => server.name === name);
    const host = this.#network.host(name);
    if (!settings || !host) return false;
    if (host.running) return true;
    await this.#bringUp(settings);
    this.#network.startHost(name);
    return true;
  }

  /** The host dies in the middle of what it does, and starts again with what it had stored. */
  async crashHost(name: HostName): Promise<boolean> {
    this.#clock.catchUp();
    const host = this.#network.host(name);
    if (host?.role !== "homeserver") return false;
    this.#network.stopHost(name);
    host.answer = undefined;
    this.#lives.get(name)?.kill();
    this.#lives.delete(name);
    // What was handed to the storage gets there.
    await this.#around.activity.idle();
    return this.startHost(name);
  }

  /** A homeserver sends forged events. Resolves when they were answered, or lost. */
  async forge(name: HostName, order: ForgeOrder): Promise<boolean> {
    this.#clock.catchUp();
    const life = this.#lives.get(name);
    await life?.forge(order);
    return life !== undefined;
  }

  pause(): void {
    this.#clock.pause();
  }

  resume(): void {
    this.#clock.resume();
  }

  setSpeed(speed: number): void {
    this.#clock.setSpeed(speed);
  }

  step(): Promise<void> {
    return this.#clock.step();
  }

  /** Everything stands still until `release`; resolves when nothing is under way. */
  async hold(): Promise<() => void> {
    return this.#clock.hold();
  }

  async snapshot(): Promise<SimulationSnapshot> {
    const release = await this.#clock.hold();
    try {
      const contents: Record<HostName, HostContents> = {};
      for (const { name } of this.#start.servers) contents[name] = await this.#around.storage.contents(name);
      return { ...this.#scene(), contents };
    } finally {
      release();
    }
  }

  #scene(): Omit<SimulationSnapshot, "contents"> {
    const { running, speed } = this.#clock.state();
    const hosts = this.#network.hosts();
    return {
      clock: { at: this.#clock.now(), speed, running },
      devices: hosts.flatMap(({ name, role, person, home }) =>
        role === "device" ? [{ name, person: person ?? "", home: home ?? "" }] : [],
      ),
      links: structuredClone(this.#network.lines()),
      stopped: hosts.filter((host) => !host.running).map((host) => host.name),
      firstExchange: this.#exchanges,
      drawn: this.#networkChance.drawn,
    };
  }

  /** Stops everything; what is stored stays. */
  async end(): Promise<void> {
    if (this.#ended) return;
    await this.#clock.hold();
    this.#ended = true;
    this.#clock.end();
    for (const life of this.#lives.values()) await life.stop();
    for (const breakOff of [...this.#requests.values()]) breakOff();
    for (const cancel of [...this.#waits.values()]) cancel();
    this.#around.storage.close();
  }
}
