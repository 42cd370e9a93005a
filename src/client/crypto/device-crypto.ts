import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { BeforeSetUp } from "./before-set-up.ts";
import type { CryptoFact } from "./crypto-fact.ts";
import { cryptoOf, machineOf, outgoingOf } from "./crypto-machine.ts";
import { CryptoMirror } from "./crypto-mirror.ts";
import { lacksSecrets } from "./lacks-secrets.ts";
import { loadCrypto } from "./load-crypto.ts";
import type { SecretStorageKeys } from "./secret-key.ts";
import { Shields } from "./shields.ts";
import { uploadByFetch } from "./upload-by-fetch.ts";
import { Verifications } from "./verifications.ts";

/** The store has other keys than this device had: it was lost, and a new one was made. */
export class StoreLost extends Error {}

export type DeviceCryptoSettings = {
  client: MatrixClient;
  keys: SecretStorageKeys;
  /** The name that the databases of the store begin with. */
  store: string;
  /** When the device was made, by the world's time, milliseconds since 1970. */
  since: number;
  /** The device's own public key as it was when it ran before. */
  knownAs: string | undefined;
  /** Does a signature for this person wait for the homeserver? */
  isSigning?(user: string): boolean;
  /** What there was before a set-up that has not come to its end. */
  beforeSetUp?(): BeforeSetUp | undefined;
  report(facts: CryptoFact[]): void;
  /** What the client says about an event is not what it said. */
  touched(event: MatrixEvent): void;
};

/** One client's crypto, from its start to its stop. */
export class DeviceCrypto {
  readonly #client: MatrixClient;
  readonly secretKeys: SecretStorageKeys;
  readonly verifications: Verifications;
  readonly mirror: CryptoMirror;
  /** The public key by which others know this device. */
  readonly ed25519: string;
  /** In its first run it asks by itself, when it is verified. */
  #hasAsked: boolean;

  private constructor(settings: DeviceCryptoSettings, ed25519: string) {
    const { client, keys, knownAs, isSigning, beforeSetUp, report, touched } = settings;
    this.#client = client;
    this.secretKeys = keys;
    this.ed25519 = ed25519;
    this.verifications = new Verifications(
      client,
      (verification) => report([{ type: "verification", verification }]),
      isSigning,
    );
    this.#hasAsked = knownAs === undefined;
    this.mirror = new CryptoMirror(
      client,
      (facts) => {
        report(facts);
        this.#askForSecrets(facts);
        for (const fact of facts) {
          if (fact.type !== "person-keys") continue;
          const { user, devices } = fact.person;
          this.verifications.devicesAre(
            user,
            devices.map(({ id }) => id),
          );
        }
      },
      beforeSetUp,
    );
    new Shields(client, touched);
  }

  /**
   * Gives a client its crypto, before it is started.
   * @throws StoreLost when the device's keys are gone
   * @throws CryptoFailure when the crypto cannot be loaded
   */
  static async start(settings: DeviceCryptoSettings): Promise<DeviceCrypto> {
    const { client, store, since, knownAs } = settings;
    await loadCrypto();
    uploadByFetch(client);
    await client.initRustCrypto({ cryptoDatabasePrefix: store });
    const { ed25519 } = await cryptoOf(client).getOwnDeviceKeys();
    if (knownAs !== undefined && knownAs !== ed25519) throw new StoreLost();
    // What was sent before the device was there is told apart by its date, which is the world's.
    Object.defineProperty(machineOf(client), "deviceCreationTimeMs", { get: () => since });
    return new DeviceCrypto(settings, ed25519);
  }

  /** Resolves when others can encrypt for this device, or the homeserver cannot be reached. */
  async published(): Promise<void> {
    await outgoingOf(this.#client)
      .doProcessOutgoingRequests()
      .catch(() => undefined);
  }

  /**
   * A device asks for its account's secrets when it has been verified. One that was stopped before they came asks its
   * other devices again, as nobody else would.
   * https://spec.matrix.org/v1.19/client-server-api/#sharing
   */
  #askForSecrets(facts: readonly CryptoFact[]): void {
    const lacks = facts.some((fact) => fact.type === "crypto" && lacksSecrets(fact.crypto));
    if (!lacks || this.#hasAsked) return;
    this.#hasAsked = true;
    void machineOf(this.#client)
      .requestMissingSecretsIfNeeded()
      .then(() => this.published())
      // A client that was stopped meanwhile asks when it starts again.
      .catch(() => undefined);
  }

  stop(): void {
    this.mirror.stop();
    this.secretKeys.forget();
  }
}
