import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, type Table } from "../store/table.ts";

/**
 * The stream ids under which other servers were told of changes of devices here: each user's last one, and that of
 * each device's last change.
 */
export class DeviceUpdates {
  readonly #last: Table<number>;
  readonly #byDevice: Table<number>;
  readonly #stream: Stream;

  constructor(store: Store, { stream }: { stream: Stream }) {
    this.#last = store.table<number>("device-updates");
    this.#byDevice = store.table<number>("device-updates-of-devices");
    this.#stream = stream;
  }

  /** 0 if there was none so far. */
  last(userId: string): number {
    return this.#last.get(userId) ?? 0;
  }

  of(userId: string, deviceId: string): number {
    return this.#byDevice.get(keyOf(userId, deviceId)) ?? this.last(userId);
  }

  note(userId: string, deviceId: string): void {
    const id = this.#stream.next();
    this.#last.set(userId, id);
    this.#byDevice.set(keyOf(userId, deviceId), id);
  }

  forget(userId: string, deviceId: string): void {
    this.#byDevice.delete(keyOf(userId, deviceId));
  }
}
