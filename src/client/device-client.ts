import type { MatrixClient } from "matrix-js-sdk";
import type { ClientFact } from "./client-fact.ts";
import { clientFetch } from "./client-fetch.ts";
import { type ClientKept, nothingKept } from "./client-kept.ts";
import { Connection } from "./connection.ts";
import type { BeforeSetUp } from "./crypto/before-set-up.ts";
import type { CryptoStores } from "./crypto/crypto-stores.ts";
import type { DeviceCrypto } from "./crypto/device-crypto.ts";
import { signedVerifications } from "./crypto/unfinished.ts";
import { setMarkedUnread } from "./marked-unread.ts";
import type { RoomFact } from "./room-facts.ts";
import type { SavedSync } from "./saved-sync.ts";
import { loadSdk, silentLogger } from "./sdk.ts";
import { type ClientSurroundings, type RunningDevice, SdkRun } from "./sdk-run.ts";
import { ShownState } from "./shown-state.ts";
import type { Session } from "./sign-up.ts";

export type DeviceClientSettings = ClientSurroundings & {
  /** What an earlier run of this client kept. */
  kept?: ClientKept;
  keptChanged(kept: ClientKept): void;
  /** Absent: this client encrypts nothing. */
  stores?: CryptoStores;
  /** What was reported by an earlier run of this client, in order. */
  reported?: Iterable<ClientFact>;
};

/** One device's client: signed out, or matrix-js-sdk at work for one session. */
export class DeviceClient {
  #settings: DeviceClientSettings;
  #kept: ClientKept;
  #shown = new ShownState();
  #run: SdkRun | undefined;
  #stopped = new AbortController();
  #connection: Connection;

  constructor(settings: DeviceClientSettings) {
    this.#settings = settings;
    this.#kept = settings.kept ?? nothingKept;
    for (const fact of settings.reported ?? []) this.#shown.take(fact);
    this.#connection = new Connection(
      () => this.matrix,
      () => this.#run?.mirror.touchPending(),
    );
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
    return this.#run?.client;
  }

  /** Its crypto while signed in, if it has any. */
  get crypto(): DeviceCrypto | undefined {
    return this.#run?.crypto;
  }

  /** What the client has had from its homeserver, if anything. */
  savedSync(): SavedSync | undefined {
    return this.#run?.store.saved();
  }

  /**
   * Goes on with the session that was kept. Resolves when the first sync is through, or has failed. What is unsent waits
   * for `resendFromNowOn`.
   * @param cutOff its homeserver cannot be reached, but on the way back into the world: it begins with what it had, `saved`,
   *   and hears nothing new there. Without that it takes what the homeserver has, but no new keys
   */
  async resume(cutOff = false, saved?: SavedSync): Promise<void> {
    this.#connection.comeBack(cutOff);
    if (this.#kept.session) await this.#start(this.#kept.session, cutOff ? saved : undefined);
  }

  /** The way back into the world is over: what is unsent is sent again, now and whenever the homeserver is back. */
  resendFromNowOn(): void {
    this.#connection.isBack();
    const run = this.#run;
    void run?.signatures.sendAgain(run.client, (user, taken) => {
      if (this.#run !== run) return;
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
    this.#connection.begin();
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
    this.#connection.retryNow();
  }

  /** Sends again what the network, not the homeserver, kept from being sent. In order, a room at a time. */
  resend(): void {
    this.#connection.resend();
  }

  /** Does the message with this transaction id wait for the network? */
  isWaiting(transaction: string): boolean {
    return this.#connection.outbox.isWaiting(transaction);
  }

  /** Resolves when messages wait for the network; never after `done` is aborted. */
  whenHeldUp(done: AbortSignal): Promise<void> {
    return this.#connection.outbox.whenHeldUp(done);
  }

  /** The message that waits is not sent again. */
  giveUp(transaction: string): void {
    this.#connection.outbox.giveUp(transaction);
  }

  /** A set-up of keys begins, and what was there before counts until it is at its end; without that, it is. */
  setUp(before: BeforeSetUp | undefined): void {
    const { beforeSetUp: _ended, ...kept } = this.#kept;
    this.#keep({ ...kept, ...(before && { beforeSetUp: before }) });
  }

  /** Tells the world what it shows, if that is news. */
  tell(fact: ClientFact): void {
    if (this.#shown.isNews(fact)) this.#settings.report([fact]);
  }

  /** The account has this name now; the SDK learns it only from rooms. */
  tellName(name: string): void {
    this.#run?.mirror.setName(name);
  }

  /** What somebody asked about rooms, and was told. */
  tellOfRooms(fact: RoomFact): void {
    this.tell(fact);
  }

  /** Older events of a room were asked for: they stay until another room is opened. */
  holdTimeline(room: string): void {
    this.#run?.mirror.hold(room);
  }

  /** Who made, joined or writes into a room has it on the screen. */
  showRoom(room: string): void {
    if (this.#kept.openRoom !== room) this.openRoom(room);
  }

  /** The room is on the screen, and no other; null: none is. */
  openRoom(room: string | null): void {
    if (room !== this.#kept.openRoom) this.#run?.mirror.hold(undefined);
    this.#keep({ ...this.#kept, openRoom: room });
    this.tell({ type: "open-room", room });
    const opened = room === null ? undefined : this.matrix?.getRoom(room);
    // Names of people who have said nothing lately come only now: a first sync leaves them out.
    void opened?.loadMembersIfNeeded().catch(() => undefined);
    // Who opens a room has come back to it.
    if (opened && this.matrix) void setMarkedUnread(this.matrix, opened, false).catch(() => undefined);
  }

  /** Asks the homeserver for the account's devices and tells them. */
  async tellDevices(): Promise<void> {
    const client = this.matrix;
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

  #end(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.stop();
  }

  async #start(session: Session, saved?: SavedSync): Promise<void> {
    const run = new SdkRun(await loadSdk(), session, this.#runningDevice(), { ...this.#settings, saved });
    this.#run = run;
    if ((await run.start()) === "keys-lost") this.forget("keys-lost");
  }

  #runningDevice(): RunningDevice {
    return {
      shown: this.#shown,
      connection: this.#connection,
      kept: () => this.#kept,
      isRunning: (run) => this.#run === run,
      keep: (change) => this.#keep({ ...this.#kept, ...change }),
      tell: (fact) => this.tell(fact),
      prepared: () => {
        if (this.#kept.openRoom !== null) this.openRoom(this.#kept.openRoom);
      },
      loggedOut: () => this.forget("elsewhere"),
    };
  }
}
