import { isJsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { HomeserverPorts } from "../ports.ts";
import type { FullSettings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";
import { bytesOf, readServerKeys, type ServerKey, type ServerKeys } from "./key-response.ts";
import type { FederationRequests } from "./requests.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** What a key has to be good for: a request that is made now, or an event that is dated so. */
export type Purpose = "request" | { signedAt: number };

const week = 7 * 24 * 3_600_000;
/** How long to wait, milliseconds, before a server is asked again for keys that it did not have, or was silent about. */
const pause = { first: 5_000, longest: 600_000 };

/** The keys of other servers. https://spec.matrix.org/v1.19/server-server-api/#retrieving-server-keys */
export class Keyring {
  readonly #settings: FullSettings;
  readonly #ports: HomeserverPorts;
  readonly #own: SigningKeys;
  readonly #requests: FederationRequests;
  readonly #known: Table<ServerKeys>;
  readonly #underWay = new Map<string, Promise<boolean>>();
  /** Server → when it may be asked again, for it did not help: it did not answer, or had no such key. */
  readonly #pauses = new Map<string, { until: number; length: number; hasAnswered: boolean }>();
  /** Base64 → bytes: an event or request is checked far more often than a key is new. */
  readonly #decoded = new Map<string, Uint8Array>();

  constructor(
    parts: { settings: FullSettings; ports: HomeserverPorts; own: SigningKeys; requests: FederationRequests },
    store: Store,
  ) {
    this.#settings = parts.settings;
    this.#ports = parts.ports;
    this.#own = parts.own;
    this.#requests = parts.requests;
    this.#known = store.table<ServerKeys>("server-keys");
  }

  /**
   * Whether a signature is a server's, by a key that counts for the purpose; `undefined` where the key cannot be had.
   * What a server signs with a key that it says it does not have, or not for that long, is not signed.
   */
  async verify(
    server: string,
    keyId: string,
    purpose: Purpose,
    message: Uint8Array,
    signature: string,
  ): Promise<boolean | undefined> {
    const bytes = bytesOf(signature, 64);
    if (!bytes) return false;
    const key = await this.#find(server, keyId, purpose);
    return key ? this.#ports.signer.verify(key, message, bytes) : key;
  }

  /**
   * A server's keys as it signed them, from what is known here or from the server itself.
   * @param validUntil until when they have to count, milliseconds since 1970.
   */
  async ofServer(server: string, validUntil: number): Promise<ServerKeys | undefined> {
    const known = this.#known.get(server);
    if (known && known.validUntil >= validUntil) return known;
    await this.#fetchOnce(server, false);
    return this.#known.get(server);
  }

  /** `false` where the server itself says that there is no such key, `undefined` where it cannot be asked. */
  async #find(server: string, keyId: string, purpose: Purpose): Promise<Uint8Array | false | undefined> {
    if (server === this.#settings.name) return this.#findOwn(keyId, purpose) ?? false;
    const known = this.#good(server, keyId, purpose);
    if (known) return known;
    // Who asks something of us can be asked; whether the author of an event can is another matter.
    const hasAnswered = await this.#fetchOnce(server, purpose === "request");
    return this.#good(server, keyId, purpose) ?? (hasAnswered ? false : undefined);
  }

  #findOwn(keyId: string, purpose: Purpose): Uint8Array | undefined {
    const key = this.#own.find(keyId);
    const isOld = key?.expired !== undefined && (purpose === "request" || purpose.signedAt > key.expired);
    return isOld ? undefined : key?.publicKey;
  }

  #good(server: string, keyId: string, purpose: Purpose): Uint8Array | undefined {
    const keys = this.#known.get(server)?.keys;
    const key = keys && Object.hasOwn(keys, keyId) ? keys[keyId]! : undefined;
    if (!key || !this.#counts(key, purpose)) return undefined;
    let bytes = this.#decoded.get(key.key);
    if (!bytes) {
      bytes = bytesOf(key.key, 32)!;
      this.#decoded.set(key.key, bytes);
    }
    return bytes;
  }

  /** Servers MUST use the lesser of valid_until_ts and 7 days into the future when determining if a key is valid. */
  #counts({ validUntil, expired }: ServerKey, purpose: Purpose): boolean {
    const now = this.#ports.clock.now();
    if (expired !== undefined) return purpose !== "request" && purpose.signedAt <= expired;
    const limit = Math.min(validUntil ?? 0, now + week);
    return (purpose === "request" ? now : purpose.signedAt) <= limit;
  }

  /**
   * Asks the server, and notaries if it does not answer. Those who ask at the same time share one answer. Returns
   * whether it has answered itself.
   */
  #fetchOnce(server: string, isAtHand: boolean): Promise<boolean> {
    const running = this.#underWay.get(server);
    if (running) return running;
    const paused = this.#pauses.get(server);
    if (!isAtHand && paused && paused.until > this.#ports.clock.now())
      return Promise.resolve(paused.hasAnswered);
    const underWay = this.#fetch(server).finally(() => this.#underWay.delete(server));
    this.#underWay.set(server, underWay);
    return underWay;
  }

  async #fetch(server: string): Promise<boolean> {
    const before = this.#known.get(server);
    const answer = await this.#askItself(server);
    const hasAnswered = !isRefusal(answer);
    const fetched = hasAnswered ? answer : await this.#askNotaries(server, answer);
    const isSame = !isRefusal(fetched) && before !== undefined && sameJson(fetched.response, before.response);
    const isNew = !isRefusal(fetched) && !isSame && this.#keep(server, fetched);
    if (isNew) this.#pauses.delete(server);
    else {
      const length = Math.min(pause.longest, (this.#pauses.get(server)?.length ?? pause.first / 2) * 2);
      this.#pauses.set(server, { until: this.#ports.clock.now() + length, length, hasAnswered });
    }
    return hasAnswered;
  }

  async #askItself(server: string): Promise<ServerKeys | Refusal> {
    const path = "/_matrix/key/v2/server";
    const answer = await this.#requests.request(server, { method: "GET", path, unsigned: true });
    return isRefusal(answer) ? answer : readServerKeys(answer, server, this.#ports.signer);
  }

  async #askNotaries(server: string, refusal: Refusal): Promise<ServerKeys | Refusal> {
    let keys: ServerKeys | Refusal = refusal;
    for (const notary of this.#settings.notaries ?? []) {
      if (!isRefusal(keys) || notary === server) break;
      const path = `/_matrix/key/v2/query/${encodeURIComponent(server)}`;
      const told = await this.#requests.request(notary, { method: "GET", path, unsigned: true });
      const list = !isRefusal(told) && Array.isArray(told.server_keys) ? told.server_keys : [];
      for (const one of list.filter(isJsonObject)) {
        const read = await readServerKeys(one, server, this.#ports.signer);
        if (!isRefusal(read) && (isRefusal(keys) || read.validUntil > keys.validUntil)) keys = read;
      }
    }
    return keys;
  }

  /** Returns whether there was a key in it that was not known, or not for so long. */
  #keep(server: string, { keys, validUntil, response }: ServerKeys): boolean {
    const before = this.#known.get(server)?.keys ?? {};
    const isNews = Object.entries(keys).some(([keyId, key]) => {
      const known = Object.hasOwn(before, keyId) ? before[keyId] : undefined;
      return known?.key !== key.key || known.validUntil !== key.validUntil || known.expired !== key.expired;
    });
    // What it says nothing about any more goes on to count for what was signed up to then.
    const kept = Object.entries(before).map(([keyId, key]): [string, ServerKey] => {
      const { validUntil: until = 0, expired = Math.min(until, this.#ports.clock.now()) } = key;
      return [keyId, { key: key.key, expired }];
    });
    this.#known.set(server, { keys: { ...Object.fromEntries(kept), ...keys }, validUntil, response });
    for (const [keyId, { key, validUntil: until, expired }] of Object.entries(keys)) {
      if (Object.hasOwn(before, keyId) && before[keyId]?.expired === expired) continue;
      this.#ports.report({
        type: "signing-key",
        server,
        keyId,
        publicKey: key,
        ...(until !== undefined && { validUntil: until }),
        ...(expired !== undefined && { expired }),
      });
    }
    return isNews;
  }
}
