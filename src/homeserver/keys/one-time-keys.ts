import { isJsonObject, type Json } from "../../protocol/json.ts";
import { sameJson } from "../../protocol/same-json.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";
import { unsignedForm } from "./signed-json.ts";

/** `at` numbers the uploads: keys are given out in their order. */
type OneTimeKey = { at: number; key: Json };
type FallbackKey = { id: string; key: Json; used: boolean };

/** A key as it is given out: `id` is `<algorithm>:<key id>`. */
export type ClaimedKey = { id: string; key: Json; isFallback: boolean };

/**
 * Keys that are given out once each, and those for when they have run out.
 * https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys
 */
export class OneTimeKeys {
  readonly #table: Table<OneTimeKey>;
  readonly #fallbackTable: Table<FallbackKey>;
  /** Device → algorithm → whole id → key, in the order of upload. */
  readonly #keys = new Map<string, Map<string, Map<string, Json>>>();
  /** Device → algorithm → key. */
  readonly #fallbacks = new Map<string, Map<string, FallbackKey>>();
  #lastUpload = 0;

  constructor(store: Store) {
    this.#table = store.table<OneTimeKey>("one-time-keys");
    this.#fallbackTable = store.table<FallbackKey>("fallback-keys");
    for (const [key, { at, key: value }] of [...this.#table.entries()].sort(([, a], [, b]) => a.at - b.at)) {
      const [userId, id, deviceId] = partsOf(key, 3) as [string, string, string];
      mapIn(mapIn(this.#keys, keyOf(userId, deviceId)), algorithmOf(id)).set(id, value);
      this.#lastUpload = at;
    }
    for (const [key, fallback] of this.#fallbackTable.entries()) {
      const [userId, algorithm, deviceId] = partsOf(key, 3) as [string, string, string];
      mapIn(this.#fallbacks, keyOf(userId, deviceId)).set(algorithm, fallback);
    }
  }

  /** The first of these that is here already with another content. A new signature is no other content. */
  conflict(userId: string, deviceId: string, keys: Record<string, Json>): string | undefined {
    return Object.keys(keys).find((id) => {
      const held = this.#held(userId, deviceId, id);
      return held !== undefined && !isSameKey(held, keys[id]!);
    });
  }

  add(userId: string, deviceId: string, keys: Record<string, Json>): void {
    this.#lastUpload += 1;
    const ofDevice = mapIn(this.#keys, keyOf(userId, deviceId));
    for (const [id, key] of Object.entries(keys)) {
      if (this.#held(userId, deviceId, id) !== undefined) continue;
      this.#table.set(keyOf(userId, id, deviceId), { at: this.#lastUpload, key });
      mapIn(ofDevice, algorithmOf(id)).set(id, key);
    }
  }

  /** One for each algorithm is kept: the last. The same one again stays as used as it is. */
  setFallbacks(userId: string, deviceId: string, keys: Record<string, Json>): void {
    for (const [id, key] of Object.entries(keys)) {
      const algorithm = algorithmOf(id);
      const held = this.#fallbacks.get(keyOf(userId, deviceId))?.get(algorithm);
      if (held?.id === id && isSameKey(held.key, key)) continue;
      this.#setFallback(userId, deviceId, algorithm, { id, key, used: false });
    }
  }

  /** Gives a key out, for good: nobody else gets it, unless it is a fallback key. */
  claim(userId: string, deviceId: string, algorithm: string): ClaimedKey | undefined {
    const keys = this.#keys.get(keyOf(userId, deviceId))?.get(algorithm);
    for (const [id, key] of keys ?? []) {
      keys!.delete(id);
      this.#table.delete(keyOf(userId, id, deviceId));
      return { id, key, isFallback: false };
    }
    const fallback = this.#fallbacks.get(keyOf(userId, deviceId))?.get(algorithm);
    if (!fallback) return undefined;
    if (!fallback.used) this.#setFallback(userId, deviceId, algorithm, { ...fallback, used: true });
    return { id: fallback.id, key: fallback.key, isFallback: true };
  }

  /** Algorithm → how many are left. Clients want to be told of the last one being gone, too. */
  counts(userId: string, deviceId: string): Record<string, number> {
    const keys = this.#keys.get(keyOf(userId, deviceId)) ?? [];
    return Object.fromEntries([
      ["signed_curve25519", 0],
      ...[...keys].map(([name, { size }]) => [name, size]),
    ]);
  }

  /** The algorithms of which there is a fallback key that nobody was given yet. */
  unusedFallbacks(userId: string, deviceId: string): string[] {
    const fallbacks = this.#fallbacks.get(keyOf(userId, deviceId)) ?? [];
    return [...fallbacks].filter(([, { used }]) => !used).map(([algorithm]) => algorithm);
  }

  /** The device is gone, or another one now. */
  empty(userId: string, deviceId: string): void {
    const device = keyOf(userId, deviceId);
    for (const keys of this.#keys.get(device)?.values() ?? []) {
      for (const id of keys.keys()) this.#table.delete(keyOf(userId, id, deviceId));
    }
    for (const algorithm of this.#fallbacks.get(device)?.keys() ?? []) {
      this.#fallbackTable.delete(keyOf(userId, algorithm, deviceId));
    }
    this.#keys.delete(device);
    this.#fallbacks.delete(device);
  }

  #held(userId: string, deviceId: string, id: string): Json | undefined {
    return this.#table.get(keyOf(userId, id, deviceId))?.key;
  }

  #setFallback(userId: string, deviceId: string, algorithm: string, fallback: FallbackKey): void {
    this.#fallbackTable.set(keyOf(userId, algorithm, deviceId), fallback);
    mapIn(this.#fallbacks, keyOf(userId, deviceId)).set(algorithm, fallback);
  }
}

/** Of a key's whole id. */
export function algorithmOf(id: string): string {
  return id.slice(0, id.indexOf(":"));
}

function isSameKey(one: Json, other: Json): boolean {
  if (isJsonObject(one) && isJsonObject(other)) return sameJson(unsignedForm(one), unsignedForm(other));
  return sameJson(one, other);
}

function mapIn<Key, Inner>(map: Map<string, Map<Key, Inner>>, key: string): Map<Key, Inner> {
  let inner = map.get(key);
  if (!inner) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}
