import type { ClientKept } from "../client/client-kept.ts";
import type { Happening } from "../simulation/log.ts";
import { hostOfDevice, networkAfter, type Scene, type SceneDevice } from "./scene.ts";
import type { ScriptsKept } from "./script-runner.ts";
import type { ClockReading } from "./world.ts";

/** The scene of a running world: what changes there, and the word that it did. */
export class KeptScene {
  #scene: Scene;
  #changed: () => void;

  /** @param changed is called after each change that is to be kept; the network's come too often for that */
  constructor(scene: Scene, changed: () => void) {
    this.#scene = structuredClone(scene);
    this.#changed = changed;
  }

  get current(): Scene {
    return this.#scene;
  }

  /** The scene with its clock as it stands now. */
  at(now: number, { running, speed }: ClockReading): Scene {
    const network = { ...this.#scene.network, clock: { at: now, speed, running } };
    return { ...this.#scene, network };
  }

  replace(scene: Scene): void {
    this.#scene = structuredClone(scene);
  }

  networkChanged(happening: Happening): void {
    this.#scene = { ...this.#scene, network: networkAfter(this.#scene.network, happening) };
  }

  keepClient(host: string, kept: ClientKept): void {
    const { clients, sessions } = this.#scene;
    this.#change({
      clients: { ...clients, [host]: kept },
      ...(kept.session && { sessions: { ...sessions, [host]: kept.session.device } }),
    });
  }

  keepScripts(scripts: ScriptsKept): void {
    this.#change({ scripts });
  }

  bindRoom(role: string, id: string): void {
    this.#change({ rooms: { ...this.#scene.rooms, [role]: id } });
  }

  giveRecoveryKey(person: string, key: string): void {
    this.#change({ recoveryKeys: { ...this.#scene.recoveryKeys, [person]: key } });
  }

  /** Without a name a person's first device. */
  device(person: string, name?: string): SceneDevice | undefined {
    return this.#scene.devices.find(
      (device) => device.person === person && (name === undefined || device.name === name),
    );
  }

  addDevice(added: Omit<SceneDevice, "host">): SceneDevice {
    const device = { ...added, host: hostOfDevice(added.person, added.name) };
    this.#change({ devices: [...this.#scene.devices, device] });
    return device;
  }

  removeDevice(host: string): void {
    const { [host]: _lost, ...clients } = this.#scene.clients;
    this.#change({ clients, devices: this.#scene.devices.filter((device) => device.host !== host) });
  }

  #change(change: Partial<Scene>): void {
    this.#scene = { ...this.#scene, ...change };
    this.#changed();
  }
}
