import type { JsonObject } from "../../protocol/json.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { Notifier } from "../notifier.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";

export type DeviceMessage = { type: string; sender: string; content: JsonObject };

/** Messages of one type: user → device → content. */
export type DeviceMessages = {
  sender: string;
  type: string;
  messages: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
};

type Devices = Pick<Sessions, "device" | "devicesOf">;

/**
 * Messages to single devices, in their order. They are given again until the device says that it has them,
 * then never. https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging
 */
export class Inbox {
  readonly #table: Table<DeviceMessage>;
  /** What was sent, by which device and under which transaction id → when. */
  readonly #sent: Table<number>;
  readonly #clock: Clock;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  /** Device → stream position → message. */
  readonly #byDevice = new Map<string, Map<number, DeviceMessage>>();

  constructor(store: Store, parts: { stream: Stream; notifier: Notifier; clock: Clock }) {
    this.#table = store.table<DeviceMessage>("device-messages");
    this.#sent = store.table<number>("device-message-transactions");
    this.#stream = parts.stream;
    this.#notifier = parts.notifier;
    this.#clock = parts.clock;
    const kept = [...this.#table.entries()].map(([key, message]) => {
      const [userId, at, deviceId] = partsOf(key, 3) as [string, string, string];
      return { userId, deviceId, at: Number(at), message };
    });
    kept.sort((a, b) => a.at - b.at);
    for (const { userId, deviceId, at, message } of kept) this.#of(userId, deviceId).set(at, message);
  }

  /** Whether a device sends this for the first time: by its transaction id, for that type of message. */
  isFirst(userId: string, deviceId: string, type: string, transactionId: string): boolean {
    const key = keyOf(userId, deviceId, type, transactionId);
    if (this.#sent.has(key)) return false;
    const now = this.#clock.now();
    for (const [old, at] of this.#sent.entries()) {
      if (at > now - transactionLife) break;
      this.#sent.delete(old);
    }
    this.#sent.set(key, now);
    return true;
  }

  /** Whether another server sends this for the first time: it may send again what was taken already. */
  isFirstFrom(server: string, messageId: string): boolean {
    return this.isFirst(server, "", "", messageId);
  }

  /** Puts messages to where they go: `*` is every device of a user. Devices that are not here get nothing. */
  deliver({ messages, ...message }: DeviceMessages, devices: Devices): void {
    for (const [userId, byDevice] of Object.entries(messages)) {
      for (const [deviceId, content] of Object.entries(byDevice)) {
        const targets = deviceId === "*" ? devices.devicesOf(userId) : [deviceId];
        for (const target of targets) {
          if (devices.device(userId, target)) this.put(userId, target, { ...message, content });
        }
      }
    }
  }

  put(userId: string, deviceId: string, message: DeviceMessage): void {
    const at = this.#stream.next();
    this.#table.set(keyOf(userId, String(at), deviceId), message);
    this.#of(userId, deviceId).set(at, message);
    this.#notifier.wake([userId]);
  }

  waiting(userId: string, deviceId: string): DeviceMessage[] {
    return [...(this.#byDevice.get(keyOf(userId, deviceId))?.values() ?? [])].slice(0, mostAtOnce);
  }

  /** The position up to which {@link waiting} gives messages now; `undefined` if it gives them all. */
  lastGiven(userId: string, deviceId: string): number | undefined {
    const positions = [...(this.#byDevice.get(keyOf(userId, deviceId))?.keys() ?? [])];
    return positions.length > mostAtOnce ? positions[mostAtOnce - 1] : undefined;
  }

  /** The device has everything up to a position. */
  acknowledge(userId: string, deviceId: string, position: number): void {
    const messages = this.#byDevice.get(keyOf(userId, deviceId));
    for (const at of messages?.keys() ?? []) {
      if (at > position) break;
      this.#drop(userId, deviceId, at);
    }
  }

  /** The device is gone. */
  empty(userId: string, deviceId: string): void {
    this.acknowledge(userId, deviceId, Number.POSITIVE_INFINITY);
    this.#byDevice.delete(keyOf(userId, deviceId));
  }

  #drop(userId: string, deviceId: string, at: number): void {
    this.#table.delete(keyOf(userId, String(at), deviceId));
    this.#byDevice.get(keyOf(userId, deviceId))?.delete(at);
  }

  #of(userId: string, deviceId: string): Map<number, DeviceMessage> {
    const key = keyOf(userId, deviceId);
    let messages = this.#byDevice.get(key);
    if (!messages) {
      messages = new Map();
      this.#byDevice.set(key, messages);
    }
    return messages;
  }
}

/** How long a client may take to send the same again, milliseconds. */
const transactionLife = 86_400_000;
/** https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-3 */
const mostAtOnce = 100;
