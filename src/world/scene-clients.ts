import type { ClientFact } from "../client/client-fact.ts";
import type { ClientTransport } from "../client/client-fetch.ts";
import type { ClientKept } from "../client/client-kept.ts";
import type { CryptoStores } from "../client/crypto/crypto-stores.ts";
import { DeviceClient } from "../client/device-client.ts";
import type { SavedSync } from "../client/saved-sync.ts";
import type { SceneDevice } from "./scene.ts";

export type SceneClientsSettings = {
  homeOf(person: string): string;
  transport(host: string): ClientTransport;
  now(): number;
  /** Absent: nobody encrypts. */
  stores?(host: string): CryptoStores;
  report(host: string, facts: ClientFact[]): void;
  keptChanged(host: string, kept: ClientKept): void;
};

/** How a client goes on. */
export type ResumedClient = {
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

  /** Resolves when the client has synced, has failed to, or has no session to sync. */
  async start(
    device: SceneDevice,
    { kept, reported = [], cutOff = false, saved }: ResumedClient = {},
  ): Promise<void> {
    const { host, person } = device;
    const { homeOf, transport, now, stores, report, keptChanged } = this.#settings;
    const client: DeviceClient = new DeviceClient({
      baseUrl: `https://${homeOf(person)}`,
      transport: transport(host),
      now,
      // One that was stopped may still have something to say: not here.
      report: (facts) => this.#clients.get(host) === client && report(host, facts),
      keptChanged: (keeps) => this.#clients.get(host) === client && keptChanged(host, keeps),
      reported,
      ...(stores && { stores: stores(host) }),
      ...(kept && { kept }),
    });
    this.#clients.set(host, client);
    client.announce();
    await client.resume(cutOff, saved);
    if (client.session) await client.tellDevices().catch(() => undefined);
  }

  /** What the clients of these devices have had from their homeservers, by host. */
  savedOf(devices: readonly SceneDevice[]): Record<string, SavedSync> {
    const saved = devices.map(({ host }) => [host, this.#clients.get(host)?.savedSync()] as const);
    return Object.fromEntries(saved.filter((entry): entry is [string, SavedSync] => entry[1] !== undefined));
  }

  /** The world goes on as it was: clients send what they could not send before. */
  resend(): void {
    for (const client of this.#clients.values()) client.resendFromNowOn();
  }

  /** The network of these hosts may be back. */
  retry(hosts: Iterable<string>): void {
    for (const host of hosts) this.#clients.get(host)?.retryNow();
  }

  end(host: string): void {
    const client = this.#clients.get(host);
    this.#clients.delete(host);
    client?.stop();
  }

  endAll(): void {
    for (const host of [...this.#clients.keys()]) this.end(host);
  }
}
