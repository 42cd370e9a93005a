import type { ClientFact } from "../client/client-fact.ts";
import type { ClientTransport } from "../client/client-fetch.ts";
import type { ClientKept } from "../client/client-kept.ts";
import { DeviceClient } from "../client/device-client.ts";
import type { SavedSync } from "../client/saved-sync.ts";
import type { KeptScene } from "./kept-scene.ts";
import { factsOf } from "./log-readings.ts";
import type { Scenario } from "./scenario.ts";
import { homeOf, isCutOff, type SceneDevice } from "./scene.ts";
import { dropStore, type WorldCryptoStores } from "./storage/crypto-stores.ts";
import type { Log } from "./world.ts";

export type SceneClientsSettings = {
  scenario: Scenario;
  scene: KeptScene;
  /** What clients have shown is in there. */
  log: Log;
  /** The world's stores of keys, as they are now. */
  keyStores(): WorldCryptoStores;
  transport(host: string): ClientTransport;
  /** The world's time, whole milliseconds since 1970. */
  now(): number;
  report(host: string, facts: ClientFact[]): void;
};

/** How a client goes on. */
type ResumedClient = {
  kept?: ClientKept | undefined;
  /** What it has shown. */
  reported?: Iterable<ClientFact>;
  /** Its homeserver cannot be reached, and this is what it had from there. */
  cutOff?: boolean;
  saved?: SavedSync | undefined;
};

/** The clients of the scene's devices, by host. */
export class SceneClients {
  #settings: SceneClientsSettings;
  #clients = new Map<string, DeviceClient>();

  constructor(settings: SceneClientsSettings) {
    this.#settings = settings;
  }

  get(host: string): DeviceClient | undefined {
    return this.#clients.get(host);
  }

  /**
   * Gives a device that is new in the scene its client. Resolves when that has synced, has failed to, or has no session
   * to sync.
   */
  start(device: SceneDevice): Promise<void> {
    return this.#start(device, {});
  }

  /** All clients go on as the scene and the log have them; what is unsent waits for `resend`. */
  async resumeAll(): Promise<void> {
    const { devices, saved } = this.#settings.scene.current;
    await Promise.all(devices.map((device) => this.#resume(device, saved?.[device.host])));
  }

  /** The client is stopped and goes on anew: nothing of what it was doing is left. */
  async restart(device: SceneDevice): Promise<void> {
    const { host } = device;
    const saved = this.#clients.get(host)?.savedSync();
    this.end(host);
    await this.#resume(device, saved);
    this.#clients.get(host)?.resendFromNowOn();
  }

  /** The client goes on with the session that it has, and finds that its keys are gone. */
  async loseKeys(device: SceneDevice): Promise<void> {
    const { scene, log, keyStores } = this.#settings;
    const kept = scene.current.clients[device.host];
    this.end(device.host);
    const reported = factsOf(log, device.host);
    if (!kept?.crypto) return this.#start(device, { kept, reported });
    dropStore(kept.crypto.store);
    const crypto = { ...kept.crypto, store: keyStores().newName(device.host) };
    await this.#start(device, { kept: { ...kept, crypto }, reported });
  }

  /** The world goes on as it was: clients send what they could not send before. */
  resend(): void {
    for (const client of this.#clients.values()) client.resendFromNowOn();
  }

  /** Clients at these hosts, or at home there, try again what failed. */
  retry(hosts: readonly string[]): void {
    const { scenario, scene } = this.#settings;
    for (const { host, person } of scene.current.devices) {
      const isConcerned = hosts.length === 1 ? hosts[0] === homeOf(scenario, person) : hosts.includes(host);
      if (isConcerned) this.#clients.get(host)?.retryNow();
    }
  }

  /** What the clients that are cut off now have had from their homeservers, by host. */
  saved(): Record<string, SavedSync> {
    const saved = this.#settings.scene.current.devices
      .filter((device) => this.#isCutOff(device))
      .map(({ host }) => [host, this.#clients.get(host)?.savedSync()] as const);
    return Object.fromEntries(saved.filter((entry): entry is [string, SavedSync] => entry[1] !== undefined));
  }

  end(host: string): void {
    const client = this.#clients.get(host);
    this.#clients.delete(host);
    client?.stop();
  }

  endAll(): void {
    for (const host of [...this.#clients.keys()]) this.end(host);
  }

  #resume(device: SceneDevice, saved: SavedSync | undefined): Promise<void> {
    const { scene, log } = this.#settings;
    return this.#start(device, {
      kept: scene.current.clients[device.host],
      reported: factsOf(log, device.host),
      cutOff: this.#isCutOff(device),
      saved,
    });
  }

  async #start(
    { host, person }: SceneDevice,
    { kept, reported = [], cutOff = false, saved }: ResumedClient,
  ): Promise<void> {
    const { scenario, scene, keyStores, transport, now, report } = this.#settings;
    const client: DeviceClient = new DeviceClient({
      baseUrl: `https://${homeOf(scenario, person)}`,
      transport: transport(host),
      now,
      // One that was stopped may still have something to say: not here.
      report: (facts) => this.#clients.get(host) === client && report(host, facts),
      keptChanged: (keeps) => this.#clients.get(host) === client && scene.keepClient(host, keeps),
      reported,
      ...(scenario.encryption && { stores: keyStores().of(host) }),
      ...(kept && { kept }),
    });
    this.#clients.set(host, client);
    client.announce();
    await client.resume(cutOff, saved);
    if (client.session) await client.tellDevices().catch(() => undefined);
  }

  #isCutOff({ host, person }: SceneDevice): boolean {
    const { scenario, scene } = this.#settings;
    return isCutOff(scene.current.network, host, homeOf(scenario, person));
  }
}
