import { fetchMedia } from "../client/acts-media.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { HttpRequest } from "../simulation/http.ts";
import type { Happening } from "../simulation/log.ts";
import type { Outcome } from "../simulation/network.ts";
import type { SimulationStart } from "../simulation/simulation.ts";
import type { SimulationCaller } from "../simulation/simulation-caller.ts";
import type { HostContents } from "../simulation/storage.ts";
import { fastest } from "../simulation/world-clock.ts";
import type { Action, ActionResult } from "./action.ts";
import type { ActionStage } from "./action-stage.ts";
import { type CheckpointData, makeCheckpoint, readCheckpoint } from "./checkpoint.ts";
import { dropStore, WorldCryptoStores } from "./crypto-stores.ts";
import { KeptScene } from "./kept-scene.ts";
import { areQuiet, factsOf, failuresOfWhatIsUnderWay } from "./log-readings.ts";
import { maskedAction } from "./masked-action.ts";
import { type Observation, observationFold } from "./observation.ts";
import { lookedAt, playAction } from "./play-action.ts";
import { prepareScenario } from "./prepare-scenario.ts";
import type { Scenario } from "./scenario.ts";
import {
  bindingsOf,
  homeOf,
  hostOfDevice,
  isCutOff,
  type Scene,
  type SceneDevice,
  simulationStart,
} from "./scene.ts";
import { SceneClients } from "./scene-clients.ts";
import { ScriptRunner } from "./script-runner.ts";
import { SimulatedClock } from "./simulated-clock.ts";
import { openSimulation, type SimulationPlace } from "./simulation-place.ts";
import type { Bindings, Checkpoint, World } from "./world.ts";
import { WorldLog } from "./world-log.ts";
import type { LogBase, WorldStore } from "./world-store.ts";

export type WorldSettings = {
  scenario: Scenario;
  /** What people in the scene, and solutions, say: key → text. */
  say: Readonly<Record<string, string>>;
  scene: Scene;
  store: WorldStore;
  /** What hosts have from the start; absent: what the store has, or nothing. */
  contents?: Record<string, HostContents>;
  /** What was logged before; its end is where this world goes on. */
  log?: WorldLog;
  /** Are hosts and links new to the log? */
  announce: boolean;
  /** The world's own name. */
  name: string;
  place?: SimulationPlace;
};

/** How long a checkpoint waits for what people are doing, milliseconds: it may be the network that keeps them. */
const patience = 500;
/** Servers are quiet where nothing goes between them at so many looks in a row, so many milliseconds apart. */
const quietLooks = 4;
const betweenLooks = 20;
const mostLooks = 200;

/** A simulation with its people: each device has a real client, each server is a real homeserver. */
export class SimulatedWorld implements World {
  readonly kind = "simulated";
  readonly scenario: Scenario;
  readonly log: WorldLog;
  readonly clock: SimulatedClock;
  /** Where its homeservers run. */
  place: SimulationPlace = "page";
  #settings: WorldSettings;
  #store: WorldStore;
  #scene: KeptScene;
  #keyStores: WorldCryptoStores;
  #caller!: SimulationCaller;
  #clients: SceneClients;
  #launching = true;
  #scripts!: ScriptRunner;
  #calls = 0;
  #steady: Promise<unknown> = Promise.resolve();
  #endSaving: () => void = () => undefined;
  #acting = new Set<Promise<unknown>>();
  #looking = false;
  #stopped = false;

  private constructor(settings: WorldSettings) {
    this.#settings = settings;
    this.#store = settings.store;
    this.#scene = new KeptScene(settings.scene, () => this.#saveScene());
    this.scenario = settings.scenario;
    this.log = settings.log ?? new WorldLog();
    this.#keyStores = new WorldCryptoStores(settings.store.hosts);
    this.#clients = new SceneClients({
      homeOf: (person) => homeOf(this.scenario, person),
      now: () => Math.floor(this.clock.now()),
      transport: (host) => (request, stopped) => this.#request(host, request, stopped),
      report: (host, facts) => {
        for (const fact of facts) {
          this.#append({ type: "client-fact", host, fact: fact as unknown as JsonObject });
        }
      },
      keptChanged: (host, kept) => this.#scene.keepClient(host, kept),
      ...(this.scenario.encryption && { stores: (host) => this.#keyStores.of(host) }),
    });
    this.clock = new SimulatedClock(() => this.#caller, this.#scene.current.network.clock.at);
  }

  /** Starts the servers and the clients that have a session. */
  static async start(settings: WorldSettings): Promise<SimulatedWorld> {
    const world = new SimulatedWorld(settings);
    world.#endSaving = world.log.subscribe((entries) => {
      world.#store.saveEntries(entries);
      world.#saveScene();
    });
    const { caller, place } = await openSimulation(
      {
        happened: (happening, at) => world.#happened(happening, at),
        clockChanged: (state) => world.clock.take(state),
      },
      settings.place,
    );
    world.#caller = caller;
    world.place = place;
    await world.#launch(settings.announce, settings.contents);
    return world;
  }

  observation(): Observation {
    return this.log.fold(observationFold);
  }

  bindings(): Bindings {
    return bindingsOf(this.scenario, this.observation(), this.#scene.current);
  }

  bindRoom(role: string, id: string): void {
    this.#scene.bindRoom(role, id);
    this.#lookSoon();
  }

  async act(action: Action, { scripted = false } = {}): Promise<ActionResult> {
    await this.#steady;
    if (this.#stopped) return { ok: false, refusal: { code: "network/aborted", facts: {} } };
    let played = action;
    if (action.type === "look") {
      const at = lookedAt(this.#stage(), action.at);
      if (!at) return { ok: false, refusal: { code: "act/nothing-there", facts: {} } };
      played = { ...action, at };
    }
    const person = "person" in action && action.person !== undefined ? action.person : "you";
    this.#append({ type: "action", person, action: maskedAction(played), scripted });
    const result = playAction(this.#stage(), played);
    if (scripted) {
      this.#acting.add(result);
      void result.finally(() => this.#acting.delete(result)).catch(() => undefined);
    }
    return result;
  }

  async media(host: string, mxc: string): Promise<Blob | undefined> {
    const client = this.#clients.get(host);
    return client?.matrix ? fetchMedia(client, mxc) : undefined;
  }

  holdScripts(): void {
    this.#scripts.hold(true);
  }

  releaseScripts(): void {
    this.#scripts.hold(false);
    this.#lookSoon();
  }

  checkpoint(name: string): Promise<Checkpoint> {
    return this.#alone(async () => {
      // A script that is half way through an act would do it again after a restore.
      await Promise.race([Promise.allSettled(this.#acting), new Promise((end) => setTimeout(end, patience))]);
      // With the simulation held no request arrives and no response comes back: all clients stand still.
      await this.#caller.hold();
      try {
        const { contents, devices: _devices, ...network } = await this.#caller.snapshot();
        this.#append({ type: "mark", name });
        const scene: Scene = structuredClone({ ...this.#sceneNow(), network });
        const keys = await this.#keyStores.copy(scene.clients);
        const observation = this.observation();
        const checkpoint = makeCheckpoint(name, this.clock.now(), {
          world: this.#settings.name,
          scene,
          contents,
          keys,
          observation,
          length: this.log.length,
        });
        await this.#store.saveCheckpoint(checkpoint);
        return checkpoint;
      } finally {
        await this.#caller.release();
      }
    });
  }

  /** The checkpoint of this name that was taken in this world, if it is still there. */
  kept(name: string): Promise<Checkpoint | undefined> {
    return this.#store.checkpoint(name);
  }

  restore(checkpoint: Checkpoint): Promise<void> {
    return this.#alone(async () => {
      const data = readCheckpoint(checkpoint);
      this.#endClients();
      await this.#caller.end();
      const isOwn = this.#isOnTheWay(data) && this.log.rewind(data.length);
      if (!isOwn) this.log.restart(observationFold, data.observation);
      const old = this.#store;
      await old.flush();
      this.#store = await old.successor(this.log.entries());
      this.#keyStores = new WorldCryptoStores(this.#store.hosts);
      const clients = await this.#keyStores.write(data.scene.clients, data.keys ?? {});
      this.#scene.replace({ ...data.scene, clients });
      await this.#launch(!isOwn, data.contents);
      this.#saveScene();
      await this.#store.flush();
      await this.#store.settle();
    });
  }

  /** Has the log come by this checkpoint? It may have gone back since, and on another way. */
  #isOnTheWay({ world, length, observation }: CheckpointData): boolean {
    const { log } = this;
    if (world !== this.#settings.name || length < log.oldest || length > log.length) return false;
    return JSON.stringify(log.fold(observationFold, length)) === JSON.stringify(observation);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    await this.#steady;
    this.#stopped = true;
    const { contents: _contents, devices: _devices, ...network } = await this.#caller.snapshot();
    const scene = { ...this.#sceneNow(), network };
    this.#endClients();
    await this.#caller.end();
    this.#caller.close();
    this.#endSaving();
    if (this.#store.hosts === undefined) this.#keyStores.dropAll(scene.clients);
    this.#store.saveScene(scene, this.#base());
    await this.#store.close();
  }

  /** Makes what the scenario has from the start, as fast as the world runs. */
  async prepare(): Promise<void> {
    await this.#caller.setSpeed(fastest);
    await prepareScenario(this.scenario, (action) => this.act(action, { scripted: true }));
    await this.#serversSettled();
    await this.#caller.setSpeed(1);
  }

  /** What was prepared is at every server before a step can come between. */
  async #serversSettled(): Promise<void> {
    const servers = this.scenario.servers.map(({ name }) => name);
    if (servers.length < 2) return;
    let quiet = 0;
    for (let looked = 0; quiet < quietLooks && looked < mostLooks; looked++) {
      await new Promise((resolve) => setTimeout(resolve, betweenLooks));
      quiet = areQuiet(this.log, servers) ? quiet + 1 : 0;
    }
  }

  async #launch(announce: boolean, contents: SimulationStart["contents"]): Promise<void> {
    const { scenario } = this;
    this.#launching = true;
    const { devices, network, scripts, clients, saved } = this.#scene.current;
    for (const happening of failuresOfWhatIsUnderWay(this.log)) this.log.append(happening, network.clock.at);
    const { hosts } = this.#store;
    await this.#caller.start({
      ...simulationStart(scenario, this.#scene.current),
      announce,
      ...(hosts !== undefined && { storage: hosts }),
      ...(contents && { contents }),
    });
    await Promise.all(
      devices.map((device) =>
        this.#clients.start(device, {
          kept: clients[device.host],
          reported: factsOf(this.log, device.host),
          cutOff: this.#isCutOff(device),
          saved: saved?.[device.host],
        }),
      ),
    );
    await this.#caller.settle();
    this.#launching = false;
    this.#clients.resend();
    this.#scripts = new ScriptRunner(scenario, scripts, {
      act: (action) => this.act(action, { scripted: true }),
      wait: (delay) => this.#caller.wait(this.#calls++, delay),
      changed: (kept) => this.#scene.keepScripts(kept),
    });
    this.#lookSoon();
  }

  #endClients(): void {
    this.#scripts.stop();
    this.#clients.endAll();
  }

  /** One thing at a time that stops and starts the whole world; what people do waits. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#steady.then(work);
    this.#steady = result.catch(() => undefined);
    return result;
  }

  async #request(host: string, request: HttpRequest, stopped?: AbortSignal): Promise<Outcome> {
    const call = this.#calls++;
    const abort = (): void => void this.#caller.abort(call);
    stopped?.addEventListener("abort", abort, { once: true });
    try {
      return await this.#caller.request(call, host, request);
    } finally {
      stopped?.removeEventListener("abort", abort);
    }
  }

  #append(happening: Happening): void {
    this.log.append(happening, this.clock.now());
    this.#lookSoon();
  }

  #happened(happening: Happening, at: number): void {
    this.log.append(happening, at);
    this.#scene.networkChanged(happening);
    this.#lookSoon();
    // A device notices that it is connected again, as a browser does.
    if (happening.type === "link-changed" && !happening.cut) this.#retry(happening.between);
    else if (happening.type === "host-started") this.#retry([happening.host]);
  }

  /** Devices at these hosts, or at home there, try again what failed. */
  #retry(hosts: readonly string[]): void {
    const { devices } = this.#scene.current;
    const concerned = devices.filter(({ host, person }) =>
      hosts.length === 1 ? hosts[0] === homeOf(this.scenario, person) : hosts.includes(host),
    );
    this.#clients.retry(concerned.map(({ host }) => host));
  }

  /** Scripts look once for all that came in together. */
  #lookSoon(): void {
    if (this.#looking || this.#stopped) return;
    this.#looking = true;
    queueMicrotask(() => {
      this.#looking = false;
      this.#scripts?.look(this.observation(), this.bindings());
    });
  }

  #sceneNow(): Scene {
    const scene = this.#scene.at(this.clock.now(), this.clock.reading());
    return {
      ...scene,
      saved: this.#clients.savedOf(scene.devices.filter((device) => this.#isCutOff(device))),
    };
  }

  #isCutOff({ host, person }: SceneDevice): boolean {
    return isCutOff(this.#scene.current.network, host, homeOf(this.scenario, person));
  }

  #base(): LogBase {
    return { oldest: this.log.oldest, observation: this.log.fold(observationFold, this.log.oldest) };
  }

  #saveScene(): void {
    if (!this.#launching) this.#store.saveScene(this.#sceneNow(), this.#base());
  }

  #stage(): ActionStage {
    return {
      bindings: () => this.bindings(),
      observation: () => this.observation(),
      say: (key) => this.#settings.say[key] ?? key,
      device: (person, name) => {
        const scene = this.#scene.device(person, name);
        const client = scene && this.#clients.get(scene.host);
        return client && { scene, client };
      },
      signedInAs: (id) =>
        this.#scene.current.devices
          .map(({ host }) => this.#clients.get(host))
          .find((client) => client?.session?.device === id),
      person: (id) => this.scenario.people.find((person) => person.id === id),
      sessionOf: (person, device) => this.#scene.current.sessions[hostOfDevice(person, device)],
      addDevice: (device) => this.#addDevice(device),
      loseDevice: (host) => this.#loseDevice(host),
      loseKeys: (device) => this.#loseKeys(device),
      restart: (device) => this.#restart(device),
      wait: async (delay, ended) => {
        const call = this.#calls++;
        ended.addEventListener("abort", () => void this.#caller.cancelWait(call), { once: true });
        await this.#caller.wait(call, delay);
      },
      recoveryKeyOf: (person) => this.#scene.current.recoveryKeys?.[person],
      giveRecoveryKey: (person, key) => this.#scene.giveRecoveryKey(person, key),
      bindRoom: (role, id) => this.bindRoom(role, id),
      request: (host, request) => this.#request(host, request),
      simulation: this.#caller,
    };
  }

  async #addDevice(added: Omit<SceneDevice, "host">): Promise<void> {
    const device = this.#scene.addDevice(added);
    await this.#caller.addDevice({
      name: device.host,
      person: device.person,
      home: homeOf(this.scenario, device.person),
    });
    await this.#clients.start(device);
  }

  async #loseDevice(host: string): Promise<void> {
    this.#clients.end(host);
    const keys = this.#scene.current.clients[host]?.crypto;
    if (keys) dropStore(keys.store);
    this.#scene.removeDevice(host);
    await this.#caller.removeHost(host);
  }

  async #restart(device: SceneDevice): Promise<void> {
    const { host } = device;
    const saved = this.#clients.get(host)?.savedSync();
    this.#clients.end(host);
    await this.#clients.start(device, {
      kept: this.#scene.current.clients[host],
      reported: factsOf(this.log, host),
      cutOff: this.#isCutOff(device),
      saved,
    });
    this.#clients.get(host)?.resendFromNowOn();
  }

  /** The client goes on with the session that it has, and finds that its keys are gone. */
  async #loseKeys(device: SceneDevice): Promise<void> {
    const kept = this.#scene.current.clients[device.host];
    this.#clients.end(device.host);
    const reported = factsOf(this.log, device.host);
    if (!kept?.crypto) return this.#clients.start(device, { kept, reported });
    dropStore(kept.crypto.store);
    const crypto = { ...kept.crypto, store: this.#keyStores.newName(device.host) };
    await this.#clients.start(device, { kept: { ...kept, crypto }, reported });
  }
}
