import { decodeBase64, encodeBase64 } from "../../protocol/base64.ts";
import type { JsonObject } from "../../protocol/json.ts";
import { signingBytes, withSignature } from "../../protocol/signatures.ts";
import type { HomeserverPorts } from "../ports.ts";
import type { FullSettings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

/** A key that signs now, or one that did. `seed` is missing where only the public half is still known. */
type OwnKey = { id: string; publicKey: Uint8Array; seed?: Uint8Array; expired?: number };

/** How the journal keeps a change: the new key's seed, and when it took over. */
type Kept = { seed: string; at: number };

/**
 * The keys that this server signs with. The settings give the first one; each change makes a new one, and the
 * one before counts from then on only for what it has signed.
 * https://spec.matrix.org/v1.19/server-server-api/#publishing-keys
 */
export class SigningKeys {
  readonly #name: string;
  readonly #ports: HomeserverPorts;
  readonly #life: number;
  readonly #changes: Table<Kept>;
  readonly #old: OwnKey[];
  #current: OwnKey & { seed: Uint8Array };
  #published: { answer: Promise<JsonObject>; keyId: string; until: number } | undefined;

  private constructor(
    settings: FullSettings,
    first: OwnKey & { seed: Uint8Array },
    store: Store,
    ports: HomeserverPorts,
  ) {
    this.#name = settings.name;
    this.#ports = ports;
    this.#life = settings.federation.keyLife;
    this.#changes = store.table<Kept>("signing-keys");
    this.#old = (settings.oldSigningKeys ?? []).map(({ keyId, ...key }) => ({ id: keyId, ...key }));
    this.#current = first;
  }

  static async open(settings: FullSettings, store: Store, ports: HomeserverPorts): Promise<SigningKeys> {
    const { keyId: id, signingKeySeed: seed } = settings;
    const first = { id, seed, publicKey: await ports.signer.publicKey(seed) };
    const keys = new SigningKeys(settings, first, store, ports);
    for (const [keyId, kept] of keys.#changes.entries()) {
      await keys.#take(keyId, decodeBase64(kept.seed), kept.at);
    }
    return keys;
  }

  /** For example `ed25519:1`. */
  get keyId(): string {
    return this.#current.id;
  }

  async sign(bytes: Uint8Array): Promise<{ keyId: string; signature: Uint8Array }> {
    const { id, seed } = this.#current;
    return { keyId: id, signature: await this.#ports.signer.sign(seed, bytes) };
  }

  /** A copy of any object with this server's signature on it. */
  async signJson<T extends JsonObject>(object: T): Promise<T & { signatures: Signatures }> {
    const { keyId, signature } = await this.sign(signingBytes(object));
    return withSignature(object, this.#name, keyId, signature);
  }

  /** The public key with which this server's own signatures are checked; `undefined` if it is none of its keys. */
  find(keyId: string): { publicKey: Uint8Array; expired?: number } | undefined {
    return [this.#current, ...this.#old].find(({ id }) => id === keyId);
  }

  /** Signs with a new key from now on. Returns its id. */
  async change(): Promise<string> {
    const at = this.#ports.clock.now();
    const seed = this.#ports.chance.bytes(32);
    const keyId = this.#freeId();
    this.#changes.set(keyId, { seed: encodeBase64(seed), at });
    await this.#take(keyId, seed, at);
    const publicKey = encodeBase64(this.#current.publicKey);
    this.#ports.report({ type: "signing-key", server: this.#name, keyId, publicKey });
    return keyId;
  }

  /** What `/_matrix/key/v2/server` answers: signed, and good for a while. Many ask at the same time. */
  published(): Promise<JsonObject> {
    const now = this.#ports.clock.now();
    const known = this.#published;
    if (known && known.keyId === this.keyId && now <= known.until) return known.answer;
    const answer = this.#publish(now);
    this.#published = { answer, keyId: this.keyId, until: now + sharedFor };
    return answer;
  }

  #publish(now: number): Promise<JsonObject> {
    const { id, publicKey } = this.#current;
    const old = this.#old.map((key): [string, JsonObject] => [
      key.id,
      { key: encodeBase64(key.publicKey), expired_ts: key.expired ?? 0 },
    ]);
    // In the order of canonical JSON: some check the signature of what they read as it stands.
    return this.signJson({
      old_verify_keys: Object.fromEntries(old),
      server_name: this.#name,
      valid_until_ts: now + this.#life,
      verify_keys: { [id]: { key: encodeBase64(publicKey) } },
    });
  }

  /** Numbered on. */
  #freeId(): string {
    for (let number = this.#old.length + 2; ; number++) {
      const id = `ed25519:${number}`;
      if (!this.find(id)) return id;
    }
  }

  async #take(id: string, seed: Uint8Array, at: number): Promise<void> {
    const publicKey = await this.#ports.signer.publicKey(seed);
    const { id: oldId, publicKey: oldKey } = this.#current;
    this.#old.push({ id: oldId, publicKey: oldKey, expired: at });
    this.#current = { id, seed, publicKey };
  }
}

/** How long what is published is not signed again, milliseconds. */
const sharedFor = 1000;

type Signatures = Record<string, Record<string, string>>;
