import type { HttpRequest } from "../simulation/http.ts";
import type { Outcome } from "../simulation/network.ts";
import type { SimulationCaller } from "../simulation/simulation-caller.ts";
import type { ActionStage } from "./actions/action-stage.ts";
import type { KeptScene } from "./kept-scene.ts";
import type { Observation } from "./observation.ts";
import type { Scenario } from "./scenario.ts";
import { homeOf, hostOfDevice, type SceneDevice } from "./scene.ts";
import type { SceneClients } from "./scene-clients.ts";
import type { SimulationCalls } from "./simulation-calls.ts";
import { dropStore } from "./storage/crypto-stores.ts";
import type { Bindings, World } from "./world.ts";

export type SimulatedStageSettings = {
  world: Pick<World, "scenario" | "bindings" | "observation" | "bindRoom">;
  /** Key → text. */
  say: Readonly<Record<string, string>>;
  scene: KeptScene;
  clients: SceneClients;
  calls: SimulationCalls;
  simulation: SimulationCaller;
};

/** What actions are played on in a simulated world: its scene, the clients there, and the simulation. */
export class SimulatedStage implements ActionStage {
  readonly simulation: SimulationCaller;
  #settings: SimulatedStageSettings;

  constructor(settings: SimulatedStageSettings) {
    this.#settings = settings;
    this.simulation = settings.simulation;
  }

  get #scenario(): Scenario {
    return this.#settings.world.scenario;
  }

  bindings(): Bindings {
    return this.#settings.world.bindings();
  }

  observation(): Observation {
    return this.#settings.world.observation();
  }

  say(key: string): string {
    return this.#settings.say[key] ?? key;
  }

  device(person: string, name?: string): ReturnType<ActionStage["device"]> {
    const scene = this.#settings.scene.device(person, name);
    const client = scene && this.#settings.clients.get(scene.host);
    return client && { scene, client };
  }

  signedInAs(id: string): ReturnType<ActionStage["signedInAs"]> {
    const { scene, clients } = this.#settings;
    return scene.current.devices
      .map(({ host }) => clients.get(host))
      .find((client) => client?.session?.device === id);
  }

  sessionOf(person: string, device: string): string | undefined {
    return this.#settings.scene.current.sessions[hostOfDevice(person, device)];
  }

  person(id: string): ReturnType<ActionStage["person"]> {
    return this.#scenario.people.find((person) => person.id === id);
  }

  async addDevice(added: Omit<SceneDevice, "host">): Promise<void> {
    const device = this.#settings.scene.addDevice(added);
    const { host, person } = device;
    await this.simulation.addDevice({ name: host, person, home: homeOf(this.#scenario, person) });
    await this.#settings.clients.start(device);
  }

  async loseDevice(host: string): Promise<void> {
    const { scene, clients } = this.#settings;
    clients.end(host);
    const keys = scene.current.clients[host]?.crypto;
    if (keys) dropStore(keys.store);
    scene.removeDevice(host);
    await this.simulation.removeHost(host);
  }

  restart(device: SceneDevice): Promise<void> {
    return this.#settings.clients.restart(device);
  }

  loseKeys(device: SceneDevice): Promise<void> {
    return this.#settings.clients.loseKeys(device);
  }

  async wait(delay: number, ended: AbortSignal): Promise<void> {
    await this.#settings.calls.wait(delay, ended);
  }

  recoveryKeyOf(person: string): string | undefined {
    return this.#settings.scene.current.recoveryKeys?.[person];
  }

  giveRecoveryKey(person: string, key: string): void {
    this.#settings.scene.giveRecoveryKey(person, key);
  }

  bindRoom(role: string, id: string): void {
    this.#settings.world.bindRoom(role, id);
  }

  request(host: string, request: HttpRequest): Promise<Outcome> {
    return this.#settings.calls.request(host, request);
  }
}
