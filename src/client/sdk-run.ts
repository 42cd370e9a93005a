import type { MatrixClient } from "matrix-js-sdk";
import type { ClientFact } from "./client-fact.ts";
import { type ClientTransport, clientFetch } from "./client-fetch.ts";
import type { ClientKept, KeptKeys } from "./client-kept.ts";
import { type ClientStore, createClientStore } from "./client-store.ts";
import type { Connection } from "./connection.ts";
import type { UnreachedDevice } from "./crypto/crypto-fact.ts";
import type { DeviceCrypto } from "./crypto/device-crypto.ts";
import { SecretStorageKeys } from "./crypto/secret-key.ts";
import { unfinishedVerifications } from "./crypto/unfinished.ts";
import { Unreached } from "./crypto/unreached.ts";
import { UnsentSignatures } from "./crypto/unsent-signatures.ts";
import { firstSync } from "./first-sync.ts";
import { Mirror } from "./mirror.ts";
import { roomName } from "./room-name.ts";
import type { SavedSync } from "./saved-sync.ts";
import { type Sdk, silentLogger } from "./sdk.ts";
import type { ShownState } from "./shown-state.ts";
import type { Session } from "./sign-up.ts";

/** https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework */
const verificationMethods = ["m.sas.v1", "m.qr_code.show.v1", "m.qr_code.scan.v1", "m.reciprocate.v1"];

/** How many events of each room a first sync brings. */
const firstEvents = 50;

/** What is around a client. */
export type ClientSurroundings = {
  /** Where the account is, or will be: `https://garden.example`. */
  baseUrl: string;
  transport: ClientTransport;
  /** Time, as the client's world has it, milliseconds since 1970. */
  now(): number;
  report(facts: ClientFact[]): void;
};

/** The device that runs: what it keeps and shows outlives a run. */
export interface RunningDevice {
  readonly shown: ShownState;
  readonly connection: Connection;
  /** Is this run still the device's? One that is not has nothing more to say. */
  isRunning(run: SdkRun): boolean;
  kept(): ClientKept;
  keep(change: Partial<ClientKept>): void;
  /** Tells the world what the device shows, if that is news. */
  tell(fact: ClientFact): void;
  /** The first sync is through. */
  prepared(): void;
  /** The homeserver does not know the session any more. */
  loggedOut(): void;
}

/** matrix-js-sdk at work for one session, until it is stopped. */
export class SdkRun {
  readonly client: MatrixClient;
  readonly store: ClientStore;
  readonly mirror: Mirror;
  readonly signatures: UnsentSignatures;
  #crypto: DeviceCrypto | undefined;
  #sdk: Sdk;
  #session: Session;
  #device: RunningDevice;
  #secretKeys = new SecretStorageKeys();
  #stop = new AbortController();

  /** @param saved what the client had from its homeserver, where it is to begin with that */
  constructor(
    sdk: Sdk,
    session: Session,
    device: RunningDevice,
    { baseUrl, transport, now, report, saved }: ClientSurroundings & { saved: SavedSync | undefined },
  ) {
    this.#sdk = sdk;
    this.#session = session;
    this.#device = device;
    const { shown, connection } = device;
    const kept = device.kept();
    this.store = createClientStore(sdk, { unsent: kept.unsent, saved }, (unsent) => {
      if (this.#isOn) device.keep({ unsent });
    });
    this.signatures = new UnsentSignatures(kept.signatures ?? [], (signatures) => {
      if (!this.#isOn) return;
      device.keep({ signatures });
      this.#crypto?.verifications.signaturesChanged();
    });
    this.client = sdk.createClient({
      baseUrl,
      userId: session.user,
      deviceId: session.device,
      accessToken: session.token,
      fetchFn: this.#fetch(transport),
      store: this.store,
      logger: silentLogger,
      roomNameGenerator: roomName,
      disableVoip: true,
      cryptoCallbacks: this.#secretKeys.callbacks,
      verificationMethods: verificationMethods as never,
    });
    this.mirror = new Mirror({ sdk, client: this.client, shown, outbox: connection.outbox, now, report });
  }

  /** Its crypto, once that has started; absent where the client does not encrypt. */
  get crypto(): DeviceCrypto | undefined {
    return this.#crypto;
  }

  get #isOn(): boolean {
    return this.#device.isRunning(this);
  }

  /**
   * Starts what was made. Resolves when the first sync is through, has failed, or is not to be; to `keys-lost` when the
   * device's keys are gone: the account lives on, but this device is not the one that it was.
   */
  async start(): Promise<"keys-lost" | undefined> {
    const { client, mirror } = this;
    const { ClientEvent, HttpApiEvent, PendingEventOrdering } = this.#sdk;
    const device = this.#device;
    const keys = device.kept().crypto;
    if (keys && !(await this.#startCrypto(keys))) return "keys-lost";
    if (!this.#isOn) return undefined;
    device.connection.clientStarts();
    // A client that goes on after a reload still shows what it showed.
    if (!device.shown.latest.has("session"))
      mirror.setSession({ state: "starting", user: this.#session.user });
    client.on(ClientEvent.Sync, (state) => {
      if (state === "PREPARED" && this.#isOn) device.prepared();
    });
    device.connection.follow(this.#sdk, client);
    const through = firstSync(this.#sdk, client, this.#stop.signal);
    client.on(HttpApiEvent.SessionLoggedOut, () => {
      if (this.#isOn) device.loggedOut();
    });
    await client.startClient({
      initialSyncLimit: firstEvents,
      lazyLoadMembers: true,
      threadSupport: true,
      pendingEventOrdering: PendingEventOrdering.Detached,
    });
    await through;
    const heldUp = device.connection.outbox.whenHeldUp(this.#stop.signal);
    if (this.#crypto) await Promise.race([this.#crypto.published(), heldUp]);
    return undefined;
  }

  /** Ends all that it does. It does not start again. */
  stop(): void {
    this.mirror.stop();
    this.#crypto?.stop();
    this.#stop.abort();
    this.client.stopClient();
  }

  /** From the inside out: the network, what it does not carry, whom it does not reach, what waits for it. */
  #fetch(transport: ClientTransport): typeof fetch {
    const { connection } = this.#device;
    const { signal } = this.#stop;
    const send = clientFetch(transport, signal);
    const carried = this.store.isResumed ? connection.cutOffFetch(send) : send;
    const heard = this.#device.kept().crypto ? this.#unreached().wrap(carried) : carried;
    return this.signatures.wrap(connection.outbox.wrap(heard, signal));
  }

  #unreached(): Unreached {
    const device = this.#device;
    const told = device.shown.latest.get("unreached");
    return new Unreached(told === undefined ? [] : (JSON.parse(told) as UnreachedDevice[]), (devices) => {
      const isNews = devices.length > 0 || device.shown.latest.has("unreached");
      if (isNews && this.#isOn) device.tell({ type: "unreached", devices });
    });
  }

  /** False when the device's keys are gone. */
  async #startCrypto({ store, since, ed25519 }: KeptKeys): Promise<boolean> {
    const device = this.#device;
    const isSigning = (user: string): boolean => this.signatures.vouchFor(user);
    const report = (facts: ClientFact[]): void => {
      if (this.#isOn) for (const fact of facts) device.tell(fact);
    };
    const { DeviceCrypto, StoreLost } = await import("./crypto/device-crypto.ts");
    try {
      this.#crypto = await DeviceCrypto.start({
        client: this.client,
        keys: this.#secretKeys,
        store,
        since,
        knownAs: ed25519,
        beforeSetUp: () => device.kept().beforeSetUp,
        isSigning,
        report,
        touched: (event) => this.mirror.touch(event),
      });
    } catch (error) {
      if (!(error instanceof StoreLost)) throw error;
      return false;
    }
    if (ed25519 === undefined) device.keep({ crypto: { store, since, ed25519: this.#crypto.ed25519 } });
    report(unfinishedVerifications(device.shown, isSigning));
    return true;
  }
}
