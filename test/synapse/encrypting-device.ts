import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { ShownVerification } from "../../src/client/crypto/crypto-fact.ts";
import { cryptoOf, machineOf } from "../../src/client/crypto/crypto-machine.ts";
import { SecretStorageKeys } from "../../src/client/crypto/secret-key.ts";
import { Verifications } from "../../src/client/crypto/verifications.ts";
import { loadSdk, silentLogger } from "../../src/client/sdk.ts";
import type { Person } from "./person.ts";

const password = "a long password";
/** How long something may take to come from the other server, and between two looks, milliseconds. */
const patience = 40_000;
const pause = 30;

// For each encrypted event the SDK waits five minutes whether it opens, also when its client is stopped: that must not
// keep the process.
const startTimer = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((callback: () => void, delay?: number, ...args: []) => {
  const timer = startTimer(callback, delay, ...args);
  return (delay ?? 0) > patience ? timer.unref() : timer;
}, startTimer) as typeof startTimer;

/** A device of a person's: matrix-js-sdk with its Rust crypto, keys in memory. */
export class EncryptingDevice {
  readonly client: MatrixClient;
  readonly verifications: Verifications;
  readonly #secretKeys: SecretStorageKeys;
  /** The newest verification, as the device shows it. */
  #shown: ShownVerification | undefined;

  private constructor(client: MatrixClient, secretKeys: SecretStorageKeys) {
    this.client = client;
    this.#secretKeys = secretKeys;
    this.verifications = new Verifications(client, (shown) => {
      this.#shown = shown;
    });
  }

  /** A new device signs in. */
  static async signIn(person: Person): Promise<EncryptingDevice> {
    const sdk = await loadSdk();
    const session = await person.does("POST", "v3/login", {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: person.id },
      password,
    });
    const secretKeys = new SecretStorageKeys();
    const client = sdk.createClient({
      baseUrl: person.address().replace(/\/$/, ""),
      userId: session.user_id,
      deviceId: session.device_id,
      accessToken: session.access_token,
      store: new sdk.MemoryStore(),
      logger: silentLogger,
      disableVoip: true,
      cryptoCallbacks: secretKeys.callbacks,
      verificationMethods: ["m.sas.v1"] as never,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    const device = new EncryptingDevice(client, secretKeys);
    await client.startClient({ initialSyncLimit: 50 });
    await device.comesTo(() => client.isInitialSyncComplete(), "sync");
    return device;
  }

  stop(): void {
    this.client.stopClient();
  }

  async setUpIdentity(): Promise<void> {
    await cryptoOf(this.client).bootstrapCrossSigning({
      authUploadDeviceSigningKeys: (async (request: (auth: object | null) => Promise<unknown>) => {
        const identifier = { type: "m.id.user", user: this.client.getSafeUserId() };
        try {
          return await request(null);
        } catch (error) {
          const { session } = (error as { data: { session?: string } }).data;
          return request({ type: "m.login.password", identifier, password, session });
        }
      }) as never,
    });
  }

  /** Keeps secrets and message keys at the server. Resolves to the recovery key once all keys are there. */
  async setUpRecovery(): Promise<string> {
    const crypto = cryptoOf(this.client);
    const key = await crypto.createRecoveryKeyFromPassphrase();
    await crypto.bootstrapSecretStorage({
      createSecretStorageKey: async () => key,
      setupNewSecretStorage: true,
      setupNewKeyBackup: true,
    });
    await this.comesTo(async () => {
      const { total, backedUp } = await machineOf(this.client).roomKeyCounts();
      return total > 0 && backedUp === total;
    }, "back all keys up");
    assert.ok(key.encodedPrivateKey);
    return key.encodedPrivateKey;
  }

  /** Opens what is kept, with the recovery key. */
  async recover(recoveryKey: string): Promise<void> {
    const { decodeRecoveryKey } = await import("matrix-js-sdk/lib/crypto-api/index.js");
    const crypto = cryptoOf(this.client);
    const [id] = (await this.client.secretStorage.getKey()) ?? [];
    assert.ok(id !== undefined, "there is no secret storage");
    this.#secretKeys.use(id, decodeRecoveryKey(recoveryKey));
    // Private keys are taken only where the public ones are known.
    assert.ok(await crypto.userHasCrossSigningKeys(), "there is no identity");
    await crypto.bootstrapCrossSigning({});
    await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
    await crypto.checkKeyBackupAndEnable();
    await crypto.restoreKeyBackup();
  }

  async says(room: string, text: string): Promise<string> {
    // The SDK shows an encrypted room a moment before its crypto knows of it.
    const isReady = () => cryptoOf(this.client).isEncryptionEnabledInRoom(room);
    await this.comesTo(isReady, `see ${room} encrypted`);
    return (await this.client.sendTextMessage(room, text)).event_id;
  }

  async reads(room: string, event: string, text: string): Promise<void> {
    await this.comesTo(() => this.#event(room, event)?.getContent().body === text, `read "${text}"`);
    assert.ok(this.#event(room, event)?.isEncrypted());
  }

  /** The event is there, and cannot be opened. */
  async seesSealed(room: string, event: string): Promise<void> {
    await this.comesTo(() => this.#event(room, event)?.isDecryptionFailure(), `see ${event} sealed`);
  }

  async isInvited(room: string): Promise<void> {
    await this.comesTo(
      () => this.client.getRoom(room)?.getMyMembership() === "invite",
      `an invite to ${room}`,
    );
  }

  async knowsDevices(user: string, count: number): Promise<void> {
    const devices = async () =>
      (await cryptoOf(this.client).getUserDeviceInfo([user], true)).get(user)?.size === count;
    await this.comesTo(devices, `know ${count} devices of ${user}`);
  }

  /** Waits until the newest verification is at this point. */
  async verificationIs(phase: ShownVerification["phase"]): Promise<ShownVerification> {
    await this.comesTo(() => this.#shown?.phase === phase, `a verification that is ${phase}`);
    return this.#shown!;
  }

  async trusts(user: string, device: string): Promise<void> {
    await this.comesTo(async () => {
      const crypto = cryptoOf(this.client);
      const person = await crypto.getUserVerificationStatus(user);
      const status = await crypto.getDeviceVerificationStatus(user, device);
      return person.isCrossSigningVerified() && status?.crossSigningVerified;
    }, `trust ${device} of ${user}`);
  }

  async comesTo(check: () => unknown, what: string): Promise<void> {
    for (const end = Date.now() + patience; Date.now() < end; await wait(pause)) if (await check()) return;
    assert.fail(`${this.client.getUserId()} did not come to ${what} in ${patience} ms`);
  }

  #event(room: string, event: string): MatrixEvent | undefined {
    return this.client.getRoom(room)?.findEventById(event);
  }
}
