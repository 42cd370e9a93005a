import type { JsonObject } from "../../protocol/json.ts";
import type { Store } from "../store/store.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

/** Device → what it uploaded, with the signatures that everybody may see. */
export type KeysByDevice = ReadonlyMap<string, JsonObject>;

/** The identity keys of this server's devices. https://spec.matrix.org/v1.19/client-server-api/#device-keys */
export class DeviceKeys {
  readonly #table: Table<JsonObject>;
  readonly #byUser = new Map<string, Map<string, JsonObject>>();

  constructor(store: Store) {
    this.#table = store.table<JsonObject>("device-keys");
    for (const [key, keys] of this.#table.entries()) {
      const [userId, deviceId] = partsOf(key, 2) as [string, string];
      this.#devicesOf(userId).set(deviceId, keys);
    }
  }

  get(userId: string, deviceId: string): JsonObject | undefined {
    return this.#byUser.get(userId)?.get(deviceId);
  }

  of(userId: string): KeysByDevice {
    return this.#byUser.get(userId) ?? none;
  }

  set(userId: string, deviceId: string, keys: JsonObject): void {
    this.#table.set(keyOf(userId, deviceId), keys);
    this.#devicesOf(userId).set(deviceId, keys);
  }

  delete(userId: string, deviceId: string): void {
    this.#table.delete(keyOf(userId, deviceId));
    this.#byUser.get(userId)?.delete(deviceId);
  }

  #devicesOf(userId: string): Map<string, JsonObject> {
    let devices = this.#byUser.get(userId);
    if (!devices) {
      devices = new Map();
      this.#byUser.set(userId, devices);
    }
    return devices;
  }
}

const none: KeysByDevice = new Map();
