import type { JsonObject } from "../../protocol/json.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** As the wire has it. https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushers */
export type Pusher = {
  app_id: string;
  pushkey: string;
  kind: string;
  app_display_name: string;
  device_display_name: string;
  lang: string;
  profile_tag?: string;
  data: JsonObject & { url?: string; format?: string };
};

/** `at` is when it was set, milliseconds since 1970. */
type KeptPusher = { pusher: Pusher; deviceId: string; at?: number };

/** Where each user wants to be told of notifications. */
export class Pushers {
  readonly #clock: Clock;
  readonly #table: Table<KeptPusher>;
  readonly #keysOf = new Map<string, Set<string>>();

  constructor(store: Store, clock: Clock) {
    this.#clock = clock;
    this.#table = store.table<KeptPusher>("pushers");
    for (const [key] of this.#table.entries()) this.#keys(partsOf(key, 3)[0]!).add(key);
  }

  /** Who has any. */
  *users(): Generator<string> {
    for (const [userId, keys] of this.#keysOf) if (keys.size > 0) yield userId;
  }

  of(userId: string): Pusher[] {
    return [...(this.#keysOf.get(userId) ?? [])].map((key) => this.#table.get(key)!.pusher);
  }

  /** When a pusher was set last, milliseconds since 1970. */
  setAt(userId: string, { app_id, pushkey }: Pusher): number {
    return this.#table.get(keyOf(userId, app_id, pushkey))?.at ?? 0;
  }

  /** @param alone whether the same pushkey is taken from all other users. */
  set(userId: string, deviceId: string, pusher: Pusher, alone: boolean): void {
    const { app_id, pushkey } = pusher;
    if (alone) {
      for (const other of this.#keysOf.keys()) if (other !== userId) this.delete(other, app_id, pushkey);
    }
    const key = keyOf(userId, app_id, pushkey);
    this.#table.set(key, { pusher, deviceId, at: this.#clock.now() });
    this.#keys(userId).add(key);
  }

  delete(userId: string, appId: string, pushkey: string): void {
    const key = keyOf(userId, appId, pushkey);
    this.#table.delete(key);
    this.#keysOf.get(userId)?.delete(key);
  }

  /** A device is signed out: what it set up ends. */
  eraseOf(userId: string, deviceId: string): void {
    for (const key of [...(this.#keysOf.get(userId) ?? [])]) {
      if (this.#table.get(key)!.deviceId !== deviceId) continue;
      this.#table.delete(key);
      this.#keysOf.get(userId)!.delete(key);
    }
  }

  erase(userId: string): void {
    for (const key of this.#keysOf.get(userId) ?? []) this.#table.delete(key);
    this.#keysOf.delete(userId);
  }

  #keys(userId: string): Set<string> {
    let keys = this.#keysOf.get(userId);
    if (!keys) {
      keys = new Set();
      this.#keysOf.set(userId, keys);
    }
    return keys;
  }
}
