import type { JsonObject } from "../../protocol/json.ts";
import type { Store } from "../store/store.ts";
import type { Table } from "../store/table.ts";

export type DehydratedDevice = { device: string; data: JsonObject };

/**
 * Devices that nobody is signed in at: they take messages for a user without any, and hand them to the next one
 * that has their key. A user has at most one. https://github.com/matrix-org/matrix-spec-proposals/pull/3814
 */
export class DehydratedDevices {
  readonly #table: Table<DehydratedDevice>;

  constructor(store: Store) {
    this.#table = store.table<DehydratedDevice>("dehydrated-devices");
  }

  get(userId: string): DehydratedDevice | undefined {
    return this.#table.get(userId);
  }

  deviceOf(userId: string): string | undefined {
    return this.#table.get(userId)?.device;
  }

  set(userId: string, device: DehydratedDevice): void {
    this.#table.set(userId, device);
  }

  delete(userId: string): void {
    this.#table.delete(userId);
  }
}
