import { fetchMedia } from "../client/acts-media.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { Happening } from "../simulation/log.ts";
import type { SimulationStart } from "../simulation/simulation.ts";
import type { SimulationCaller } from "../simulation/simulation-caller.ts";
import type { HostContents } from "../simulation/storage.ts";
import { fastest } from "../simulation/world-clock.ts";
import type { Action, ActionResult } from "./action.ts";
import { maskedAction } from "./actions/masked-action.ts";
import { makeCheckpoint, readCheckpoint } from "./checkpoint.ts";
import { KeptScene } from "./kept-scene.ts";
import { failuresOfWhatIsUnderWay, hasComeBy } from "./log-readings.ts";
import { type Observation, observationFold } from "./observation.ts";
import { lookedAt, playAction } from "./play-action.ts";
import { prepareScenario } from "./prepare-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { bindingsOf, type Scene, simulationStart } from "./scene.ts";
import { SceneClients } from "./scene-clients.ts";
import { ScriptRunner } from "./script-runner.ts";
import { serversSettled } from "./servers-settled.ts";
import { SimulatedClock } from "./simulated-clock.ts";
import { SimulatedStage } from "./simulated-stage.ts";
import { SimulationCalls } from "./simulation-calls.ts";
import { openSimulation, type SimulationPlace } from "./simulation-place.ts";
import { WorldCryptoStores } from "./storage/crypto-stores.ts";
import type { LogBase, WorldStore } from "./storage/world-store.ts";
import type { Bindings, Checkpoint, World } from "./world.ts";
import { WorldLog } from "./world-log.ts";

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
  #calls = new SimulationCalls(() => this.#caller);
  #stage!: SimulatedStage;
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
      scenario: this.scenario,
      scene: this.#scene,
      log: this.log,
      keyStores: () => this.#keyStores,
      transport: (host) => (request, stopped) => this.#calls.request(host, request, stopped),
      now: () => Math.floor(this.clock.now()),
      report: (host, facts) => {
        for (const fact of facts) {
          this.#append({ type: "client-fact", host, fact: fact as unknown as JsonObject });
        }
      },
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
    world.#stage = new SimulatedStage({
      world,
      say: settings.say,
      scene: world.#scene,
      clients: world.#clients,
      calls: world.#calls,
      simulation: caller,
    });
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
      const at = lookedAt(this.#stage, action.at);
      if (!at) return { ok: false, refusal: { code: "act/nothing-there", facts: {} } };
      played = { ...action, at };
    }
    const person = "person" in action && action.person !== undefined ? action.person : "you";
    this.#append({ type: "action", person, action: maskedAction(played), scripted });
    const result = playAction(this.#stage, played);
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
      const isOwn =
        data.world === this.#settings.name && hasComeBy(this.log, data) && this.log.rewind(data.length);
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
    await serversSettled(
      this.log,
      this.scenario.servers.map(({ name }) => name),
    );
    await this.#caller.setSpeed(1);
  }

  async #launch(announce: boolean, contents: SimulationStart["contents"]): Promise<void> {
    const { scenario } = this;
    this.#launching = true;
    const { network, scripts } = this.#scene.current;
    for (const happening of failuresOfWhatIsUnderWay(this.log)) this.log.append(happening, network.clock.at);
    const { hosts } = this.#store;
    await this.#caller.start({
      ...simulationStart(scenario, this.#scene.current),
      announce,
      ...(hosts !== undefined && { storage: hosts }),
      ...(contents && { contents }),
    });
    await this.#clients.resumeAll();
    await this.#caller.settle();
    this.#launching = false;
    this.#clients.resend();
    this.#scripts = new ScriptRunner(scenario, scripts, {
      act: (action) => this.act(action, { scripted: true }),
      wait: (delay) => this.#calls.wait(delay),
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

  #append(happening: Happening): void {
    this.log.append(happening, this.clock.now());
    this.#lookSoon();
  }

  #happened(happening: Happening, at: number): void {
    this.log.append(happening, at);
    this.#scene.networkChanged(happening);
    this.#lookSoon();
    // A device notices that it is connected again, as a browser does.
    if (happening.type === "link-changed" && !happening.cut) this.#clients.retry(happening.between);
    else if (happening.type === "host-started") this.#clients.retry([happening.host]);
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
    return { ...this.#scene.at(this.clock.now(), this.clock.reading()), saved: this.#clients.saved() };
  }

  #base(): LogBase {
    return { oldest: this.log.oldest, observation: this.log.fold(observationFold, this.log.oldest) };
  }

  #saveScene(): void {
    if (!this.#launching) this.#store.saveScene(this.#sceneNow(), this.#base());
  }
}
