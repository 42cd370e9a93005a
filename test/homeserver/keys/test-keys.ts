import { ed25519 } from "@noble/curves/ed25519.js";
import { encodeBase64 } from "../../../src/protocol/base64.ts";
import { sha256 } from "../../../src/protocol/hashes.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import { signingBytes } from "../../../src/protocol/signatures.ts";
import type { TestUser } from "../test-server.ts";

/** A key pair that only depends on its name. */
export class TestKey {
  readonly #seed: Uint8Array;
  readonly publicKey: string;

  constructor(name: string) {
    this.#seed = sha256(new TextEncoder().encode(name));
    this.publicKey = encodeBase64(ed25519.getPublicKey(this.#seed));
  }

  signature(bytes: Uint8Array): Uint8Array {
    return ed25519.sign(bytes, this.#seed);
  }

  signBytes(bytes: Uint8Array): string {
    return encodeBase64(this.signature(bytes));
  }

  /** A copy of the object with one more signature. */
  sign(object: JsonObject, user: string, keyId = `ed25519:${this.publicKey}`): JsonObject {
    const signature = this.signBytes(signingBytes(object));
    const signatures = (object.signatures ?? {}) as Record<string, JsonObject>;
    return { ...object, signatures: { ...signatures, [user]: { ...signatures[user], [keyId]: signature } } };
  }
}

/** What a device of matrix-js-sdk would publish, with other key pairs. */
export class DeviceKeySet {
  readonly key: TestKey;
  readonly user: TestUser;
  readonly #name: string;

  constructor(user: TestUser, name = "first") {
    this.user = user;
    this.#name = `${user.id} ${user.deviceId} ${name}`;
    this.key = new TestKey(this.#name);
  }

  get keyId(): string {
    return `ed25519:${this.user.deviceId}`;
  }

  get deviceKeys(): JsonObject {
    const { id, deviceId } = this.user;
    const object = {
      user_id: id,
      device_id: deviceId,
      algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
      keys: {
        [`curve25519:${deviceId}`]: new TestKey(`${this.#name} curve`).publicKey,
        [this.keyId]: this.key.publicKey,
      },
    };
    return this.key.sign(object, id, this.keyId);
  }

  oneTimeKey(name: string, more: JsonObject = {}): JsonObject {
    const key = new TestKey(`${this.#name} ${name}`).publicKey;
    return this.key.sign({ key, ...more }, this.user.id, this.keyId);
  }

  oneTimeKeys(...names: string[]): JsonObject {
    return Object.fromEntries(names.map((name) => [`signed_curve25519:${name}`, this.oneTimeKey(name)]));
  }

  fallbackKey(name: string): JsonObject {
    return { [`signed_curve25519:${name}`]: this.oneTimeKey(name, { fallback: true }) };
  }

  upload(body: JsonObject = {}) {
    return this.user.done("POST", "v3/keys/upload", { device_keys: this.deviceKeys, ...body });
  }
}

/** A user's three keys. */
export class CrossSigningSet {
  readonly master: TestKey;
  readonly selfSigning: TestKey;
  readonly userSigning: TestKey;
  readonly #user: string;

  constructor(user: string, name = "first") {
    this.#user = user;
    this.master = new TestKey(`${user} ${name} master`);
    this.selfSigning = new TestKey(`${user} ${name} self`);
    this.userSigning = new TestKey(`${user} ${name} user`);
  }

  object(key: TestKey, usage: string): JsonObject {
    const { publicKey } = key;
    return { user_id: this.#user, usage: [usage], keys: { [`ed25519:${publicKey}`]: publicKey } };
  }

  get upload(): JsonObject {
    return {
      master_key: this.object(this.master, "master"),
      self_signing_key: this.master.sign(this.object(this.selfSigning, "self_signing"), this.#user),
      user_signing_key: this.master.sign(this.object(this.userSigning, "user_signing"), this.#user),
    };
  }
}

export async function queried(
  user: TestUser,
  ...users: string[]
): Promise<Record<string, Record<string, JsonObject>>> {
  const body = { device_keys: Object.fromEntries(users.map((id) => [id, []])) };
  return (await user.done("POST", "v3/keys/query", body)) as Record<string, Record<string, JsonObject>>;
}

/** The ids of the keys that one was given, of one device. */
export async function claimed(
  user: TestUser,
  of: TestUser,
  algorithm = "signed_curve25519",
): Promise<string[]> {
  const body = { one_time_keys: { [of.id]: { [of.deviceId]: algorithm } } };
  const { one_time_keys: keys } = await user.done("POST", "v3/keys/claim", body);
  const device = ((keys as JsonObject)[of.id] as JsonObject | undefined)?.[of.deviceId];
  return Object.keys((device ?? {}) as JsonObject);
}

/** `changed` and `left` of one sync. */
export async function listNews(user: TestUser, since: string) {
  const { device_lists: lists, next_batch } = await user.sync({ since });
  const { changed, left } = lists as { changed: string[]; left: string[] };
  return { changed, left, since: String(next_batch) };
}
