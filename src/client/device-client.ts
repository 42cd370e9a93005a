import type { MatrixClient } from "matrix-js-sdk";
import type { ClientFact } from "./client-fact.ts";
import { type ClientTransport, clientFetch } from "./client-fetch.ts";
import { type ClientStore, createClientStore, type Unsent } from "./client-store.ts";
import type { UnreachedDevice } from "./crypto/crypto-fact.ts";
import type { DeviceCrypto } from "./crypto/device-crypto.ts";
import { SecretStorageKeys } from "./crypto/secret-key.ts";
import type { BeforeSetUp } from "./crypto/set-up.ts";
import { signedVerifications, unfinishedVerifications } from "./crypto/unfinished.ts";
import { Unreached } from "./crypto/unreached.ts";
import { UnsentSignatures } from "./crypto/unsent-signatures.ts";
import { type CutOff, cutOffFetch } from "./cut-off-fetch.ts";
import { firstSync } from "./first-sync.ts";
import { laterTurn } from "./later-turn.ts";
import { setMarkedUnread } from "./marked-unread.ts";
import { Mirror } from "./mirror.ts";
import { Outbox } from "./outbox.ts";
import { resendIn } from "./resend-in.ts";
import type { RoomFact } from "./room-facts.ts";
import { roomName } from "./room-name.ts";
import type { SavedSync } from "./saved-sync.ts";
import { loadSdk, type Sdk, silentLogger } from "./sdk.ts";
import { ShownState } from "./shown-state.ts";
import type { Session } from "./sign-up.ts";

/** What a client keeps beyond its homeserver: enough to go on as the same device. Plain data. */
export type ClientKept = {
  session?: Session;
  unsent: Unsent;
  openRoom: string | null;
  /** Where the device's keys are, since when, by the world's time, and the public one by which others know it. */
  crypto?: { store: string; since: number; ed25519?: string };
  /** Signatures for its homeserver, as `UnsentSignatures` has them. */
  signatures?: readonly string[];
  /** What there was before a set-up that has not come to its end. */
  beforeSetUp?: BeforeSetUp;
};

/** Where the keys of encrypting clients are. */
export type CryptoStores = {
  /** A name that no store has had. */
  newName(): string;
  /** The store is not needed any more. */
  drop(name: string): void;
};

export const nothingKept: ClientKept = { unsent: {}, openRoom: null };

export type DeviceClientSettings = {
  /** Where the account is, or will be: `https://garden.example`. */
  baseUrl: string;
  transport: ClientTransport;
  /** Time, as the client's world has it, milliseconds since 1970. */
  now(): number;
  report(facts: ClientFact[]): void;
  kept?: ClientKept;
  keptChanged(kept: ClientKept): void;
  /** Absent: this client encrypts nothing. */
  stores?: CryptoStores;
  /** What was reported by an earlier run of this client, in order. */
  reported?: Iterable<ClientFact>;
};

/** https://spec.matrix.org/v1.19/client-server-api/#key-verification-framework */
const verificationMethods = ["m.sas.v1", "m.qr_code.show.v1", "m.qr_code.scan.v1", "m.reciprocate.v1"];

/** How many events of each room a first sync brings. */
const firstEvents = 50;

type Running = {
  client: MatrixClient;
  store: ClientStore;
  mirror: Mirror;
  signatures: UnsentSignatures;
  stop: AbortController;
  crypto?: DeviceCrypto;
};

/** One device's client: signed out, or matrix-js-sdk at work for one session. */
export class DeviceClient {
  #settings: DeviceClientSettings;
  #kept: ClientKept;
  #shown = new ShownState();
  #running: Running | undefined;
  #stopped = new AbortController();
  #outbox: Outbox;
  /** May it send by itself what is unsent? */
  #resends = true;
  /** The network came back before the client had found it gone. */
  #retries = false;
  /** It comes back into the world without its homeserver. */
  #cutOff: CutOff;

  constructor(settings: DeviceClientSettings) {
    this.#settings = settings;
    this.#kept = settings.kept ?? nothingKept;
    for (const fact of settings.reported ?? []) this.#shown.take(fact);
    this.#outbox = new Outbox(() => this.#running?.mirror.touchPending());
  }

  /** Says where it stands, if that is news. */
  announce(): void {
    if (!this.#kept.session)
      this.tell({ type: "session", session: { state: "signed-out", reason: "never" } });
  }

  get session(): Session | undefined {
    return this.#kept.session;
  }

  get kept(): ClientKept {
    return this.#kept;
  }

  /** The SDK's client while signed in. */
  get matrix(): MatrixClient | undefined {
    return this.#running?.client;
  }

  /** Its crypto while signed in, if it has any. */
  get crypto(): DeviceCrypto | undefined {
    return this.#running?.crypto;
  }

  /** What the client has had from its homeserver, if anything. */
  savedSync(): SavedSync | undefined {
    return this.#running?.store.saved();
  }

  /**
   * Goes on with the session that was kept. Resolves when the first sync is through, or has failed. What is unsent waits
   * for `resendFromNowOn`.
   * @param cutOff its homeserver cannot be reached, but on the way back into the world: it begins with what it had, `saved`,
   *   and hears nothing new there. Without that it takes what the homeserver has, but no new keys
   */
  async resume(cutOff = false, saved?: SavedSync): Promise<void> {
    this.#resends = false;
    this.#cutOff = cutOff ? "crypto-starts" : undefined;
    if (this.#kept.session) await this.#start(this.#kept.session, cutOff ? saved : undefined);
  }

  /** The way back into the world is over: what is unsent is sent again, now and whenever the homeserver is back. */
  resendFromNowOn(): void {
    this.#resends = true;
    this.#cutOff = undefined;
    this.#outbox.retryNow();
    this.resend();
    const running = this.#running;
    void running?.signatures.sendAgain(running.client, (user, taken) => {
      if (this.#running !== running) return;
      for (const fact of signedVerifications(this.#shown, user, taken)) this.tell(fact);
    });
  }

  /** A client of the SDK for requests that need no session, such as signing in. */
  async signedOutClient(): Promise<MatrixClient> {
    const sdk = await loadSdk();
    return sdk.createClient({
      baseUrl: this.#settings.baseUrl,
      fetchFn: clientFetch(this.#settings.transport, this.#stopped.signal),
      // Without one the SDK reaches for localStorage, which throws in a page that may not have it.
      store: new sdk.MemoryStore(),
      logger: silentLogger,
    });
  }

  /** Takes a session that was just made and starts with it. Resolves when the first sync is through. */
  async begin(session: Session): Promise<void> {
    this.#end();
    this.#resends = true;
    this.#shown.latest.clear();
    this.#shown.timelines.clear();
    const { stores } = this.#settings;
    this.#keep({
      session,
      unsent: {},
      openRoom: null,
      ...(stores && { crypto: { store: stores.newName(), since: this.#settings.now() } }),
    });
    await this.#start(session);
  }

  /** The session is over: by this device, or by what another did. */
  forget(reason: "by-choice" | "elsewhere" | "keys-lost"): void {
    const { session, crypto } = this.#kept;
    if (!session) return;
    this.#end();
    this.#keep(nothingKept);
    if (crypto) this.#settings.stores?.drop(crypto.store);
    this.tell({ type: "session", session: { state: "signed-out", reason } });
    this.#shown.take({ type: "session", session: { state: "signed-out", reason } });
  }

  /** The network may be back. */
  retryNow(): void {
    this.#outbox.retryNow();
    // One that is only about to find the network gone would wait for seconds before it asks again.
    this.#retries = this.#running !== undefined && !this.#running.client.retryImmediately();
  }

  /** Does the message with this transaction id wait for the network? */
  isWaiting(transaction: string): boolean {
    return this.#outbox.isWaiting(transaction);
  }

  /** Resolves when messages wait for the network; never after `done` is aborted. */
  whenHeldUp(done: AbortSignal): Promise<void> {
    return this.#outbox.whenHeldUp(done);
  }

  /** A set-up of keys begins, and what was there before counts until it is at its end; without that, it is. */
  setUp(before: BeforeSetUp | undefined): void {
    const { beforeSetUp: _ended, ...kept } = this.#kept;
    this.#keep({ ...kept, ...(before && { beforeSetUp: before }) });
  }

  /** The account has this name now; the SDK learns it only from rooms. */
  tellName(name: string): void {
    this.#running?.mirror.setName(name);
  }

  /** What somebody asked about rooms, and was told. */
  tellOfRooms(fact: RoomFact): void {
    this.tell(fact);
  }

  /** The message that waits is not sent again. */
  giveUp(transaction: string): void {
    this.#outbox.giveUp(transaction);
  }

  /** Older events of a room were asked for: they stay until another room is opened. */
  holdTimeline(room: string): void {
    this.#running?.mirror.hold(room);
  }

  /** Who made, joined or writes into a room has it on the screen. */
  showRoom(room: string): void {
    if (this.#kept.openRoom !== room) this.openRoom(room);
  }

  openRoom(room: string | null): void {
    if (room !== this.#kept.openRoom) this.#running?.mirror.hold(undefined);
    this.#keep({ ...this.#kept, openRoom: room });
    this.tell({ type: "open-room", room });
    const opened = room === null ? undefined : this.#running?.client.getRoom(room);
    // Names of people who have said nothing lately come only now: a first sync leaves them out.
    void opened?.loadMembersIfNeeded().catch(() => undefined);
    // Who opens a room has come back to it.
    if (opened && this.matrix) void setMarkedUnread(this.matrix, opened, false).catch(() => undefined);
  }

  /** Asks the homeserver for the account's devices and tells them. */
  async tellDevices(): Promise<void> {
    const client = this.#running?.client;
    if (!client) return;
    const { devices } = await client.getDevices();
    this.tell({
      type: "devices",
      devices: devices.map(({ device_id: id, display_name: name }) => ({
        id,
        ...(name !== undefined && { name }),
        current: id === client.getDeviceId(),
      })),
    });
  }

  /** Ends all work; what is kept stays. */
  stop(): void {
    this.#end();
    this.#stopped.abort();
  }

  #keep(kept: ClientKept): void {
    this.#kept = kept;
    this.#settings.keptChanged(kept);
  }

  /** Tells the world what it shows, if that is news. */
  tell(fact: ClientFact): void {
    if (this.#shown.isNews(fact)) this.#settings.report([fact]);
  }

  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.mirror.stop();
    running?.crypto?.stop();
    running?.stop.abort();
    running?.client.stopClient();
  }

  async #start(session: Session, saved?: SavedSync): Promise<void> {
    const sdk = await loadSdk();
    const secretKeys = new SecretStorageKeys();
    const running = this.#create(sdk, session, { secretKeys, saved });
    this.#running = running;
    const { client, mirror } = running;
    if (this.#kept.crypto && !(await this.#startCrypto(running, this.#kept.crypto, secretKeys))) return;
    if (this.#running !== running) return;
    if (this.#cutOff) {
      this.#cutOff = "started";
      this.#outbox.holdUpkeep();
    }
    // A client that goes on after a reload still shows what it showed.
    if (!this.#shown.latest.has("session")) mirror.setSession({ state: "starting", user: session.user });
    client.on(sdk.ClientEvent.Sync, (state, before) => {
      if (this.#running !== running) return;
      if (state === "PREPARED" && this.#kept.openRoom !== null) this.openRoom(this.#kept.openRoom);
      // A client that went on from what it kept is prepared before its homeserver can be reached, and learns of its
      // unsent messages only a moment later.
      if (this.#retries && (state === "RECONNECTING" || state === "ERROR")) {
        this.#retries = false;
        laterTurn(() => client.retryImmediately());
      }
      const isBack = state === "PREPARED" || (state === "SYNCING" && before !== "SYNCING");
      if (isBack && this.#resends) laterTurn(() => this.resend());
    });
    const through = firstSync(sdk, client, running.stop.signal);
    client.on(sdk.HttpApiEvent.SessionLoggedOut, () => {
      if (this.#running === running) this.forget("elsewhere");
    });
    await client.startClient({
      initialSyncLimit: firstEvents,
      lazyLoadMembers: true,
      threadSupport: true,
      pendingEventOrdering: sdk.PendingEventOrdering.Detached,
    });
    await through;
    const heldUp = this.#outbox.whenHeldUp(running.stop.signal);
    if (running.crypto) await Promise.race([running.crypto.published(), heldUp]);
  }

  /** False when the device's keys are gone: the account lives on, but this device is not the one that it was. */
  async #startCrypto(
    running: Running,
    { store, since, ed25519 }: NonNullable<ClientKept["crypto"]>,
    keys: SecretStorageKeys,
  ): Promise<boolean> {
    const { client } = running;
    const report = (facts: ClientFact[]): void => {
      if (this.#running === running) for (const fact of facts) this.tell(fact);
    };
    const { DeviceCrypto, StoreLost } = await import("./crypto/device-crypto.ts");
    try {
      running.crypto = await DeviceCrypto.start({
        client,
        keys,
        store,
        since,
        knownAs: ed25519,
        beforeSetUp: () => this.#kept.beforeSetUp,
        isSigning: (user) => running.signatures.vouchFor(user),
        report,
        touched: (event) => running.mirror.touch(event),
      });
    } catch (error) {
      if (!(error instanceof StoreLost)) throw error;
      this.forget("keys-lost");
      return false;
    }
    if (ed25519 === undefined)
      this.#keep({ ...this.#kept, crypto: { store, since, ed25519: running.crypto.ed25519 } });
    report(unfinishedVerifications(this.#shown, (user) => running.signatures.vouchFor(user)));
    return true;
  }

  #create(
    sdk: Sdk,
    session: Session,
    { secretKeys, saved }: { secretKeys: SecretStorageKeys; saved: SavedSync | undefined },
  ): Running {
    const stop = new AbortController();
    const store = createClientStore(sdk, { unsent: this.#kept.unsent, saved }, (unsent) => {
      if (this.#running?.client === client) this.#keep({ ...this.#kept, unsent });
    });
    const signatures = new UnsentSignatures(this.#kept.signatures ?? [], (unsent) => {
      if (this.#running?.client !== client) return;
      this.#keep({ ...this.#kept, signatures: unsent });
      this.#running.crypto?.verifications.signaturesChanged();
    });
    const send = clientFetch(this.#settings.transport, stop.signal);
    const reach = store.isResumed ? cutOffFetch(() => this.#cutOff, send) : send;
    const told = this.#shown.latest.get("unreached");
    const unreached = new Unreached(
      told === undefined ? [] : (JSON.parse(told) as UnreachedDevice[]),
      (devices) => {
        const isNews = devices.length > 0 || this.#shown.latest.has("unreached");
        if (isNews && this.#running?.client === client) this.tell({ type: "unreached", devices });
      },
    );
    const client: MatrixClient = sdk.createClient({
      baseUrl: this.#settings.baseUrl,
      userId: session.user,
      deviceId: session.device,
      accessToken: session.token,
      fetchFn: signatures.wrap(
        this.#outbox.wrap(this.#kept.crypto ? unreached.wrap(reach) : reach, stop.signal),
      ),
      store,
      logger: silentLogger,
      roomNameGenerator: roomName,
      disableVoip: true,
      cryptoCallbacks: secretKeys.callbacks,
      verificationMethods: verificationMethods as never,
    });
    const mirror = new Mirror({
      sdk,
      client,
      shown: this.#shown,
      outbox: this.#outbox,
      now: this.#settings.now,
      report: this.#settings.report,
    });
    return { client, store, mirror, signatures, stop };
  }

  /** Sends again what the network, not the homeserver, kept from being sent. In order, a room at a time. */
  resend(): void {
    const client = this.#running?.client;
    for (const room of client?.getRooms() ?? []) void resendIn(client!, room);
  }
}
