import type { JsonObject } from "../../protocol/json.ts";
import type { Notifier } from "../notifier.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";
import type { Room } from "./room.ts";
import { compareTopologically, livePosition, placeOf } from "./room-event.ts";

export const receiptTypes = ["m.read", "m.read.private"] as const;
export type ReceiptType = (typeof receiptTypes)[number];

/** `at` is a stream position, `ts` the time. */
type Kept = { event: string; ts: number; at: number };
export type Receipt = Kept & { user: string; type: string; thread?: string };

/** Up to where people have read. https://spec.matrix.org/v1.19/client-server-api/#receipts */
export class Receipts {
  readonly #table: Table<Kept>;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  /** Room → keys in the table, the one that changed last at the end. */
  readonly #byRoom = new Map<string, Map<string, Receipt>>();
  readonly #listeners: ((roomId: string, receipt: Receipt) => void)[] = [];

  constructor(store: Store, stream: Stream, notifier: Notifier) {
    this.#table = store.table<Kept>("receipts");
    this.#stream = stream;
    this.#notifier = notifier;
    const kept = [...this.#table.entries()].sort(([, a], [, b]) => a.at - b.at);
    for (const [key, value] of kept) this.#note(key, value);
  }

  onReceipt(listener: (roomId: string, receipt: Receipt) => void): void {
    this.#listeners.push(listener);
  }

  set(
    room: Room,
    user: string,
    receipt: { type: ReceiptType; event: string; thread?: string | undefined; ts: number },
  ): void {
    const key = keyOf(room.id, receipt.type, user, receipt.thread ?? "");
    const known = this.#table.get(key);
    if (known && !isLater(room, receipt.event, known.event)) return;
    const kept = { event: receipt.event, ts: receipt.ts, at: this.#stream.next() };
    this.#table.set(key, kept);
    const noted = this.#note(key, kept);
    for (const listener of this.#listeners) listener(room.id, noted);
    if (receipt.type === "m.read") this.#notifier.wakeMembers(room.members.localJoined);
    else this.#notifier.wake([user]);
  }

  /** Up to where a user has read, publicly or not: the receipt of a thread, or of none. */
  get(roomId: string, user: string, type: ReceiptType, thread?: string): Receipt | undefined {
    return this.#byRoom.get(roomId)?.get(keyOf(roomId, type, user, thread ?? ""));
  }

  /** A user's own receipts in a room. */
  of(roomId: string, user: string): Receipt[] {
    return [...(this.#byRoom.get(roomId)?.values() ?? [])].filter((receipt) => receipt.user === user);
  }

  /** What changed after a stream position and the viewer may know; all there is for `undefined`. */
  changedSince(roomId: string, viewer: string, position: number | undefined): Receipt[] {
    const changed: Receipt[] = [];
    const newestFirst = [...(this.#byRoom.get(roomId)?.values() ?? [])].reverse();
    for (const receipt of newestFirst) {
      if (position !== undefined && receipt.at <= position) break;
      if (receipt.type === "m.read" || receipt.user === viewer) changed.push(receipt);
    }
    return changed.reverse();
  }

  #note(key: string, kept: Kept): Receipt {
    const [roomId, type, user, thread] = partsOf(key, 4) as [string, string, string, string];
    const receipts = this.#byRoom.get(roomId) ?? new Map<string, Receipt>();
    this.#byRoom.set(roomId, receipts);
    receipts.delete(key);
    const receipt = { ...kept, user, type, ...(thread !== "" && { thread }) };
    receipts.set(key, receipt);
    return receipt;
  }
}

/**
 * The content of an `m.receipt` event. It has place for one receipt of a user at an event: that of no thread says more
 * than that of one. https://spec.matrix.org/v1.19/client-server-api/#mreceipt
 */
export function receiptContent(receipts: readonly Receipt[]): JsonObject {
  const content: Record<string, Record<string, Record<string, JsonObject>>> = {};
  for (const { event, type, user, ts, thread } of receipts) {
    if (thread !== undefined && content[event]?.[type]?.[user] !== undefined) continue;
    content[event] ??= {};
    content[event][type] ??= {};
    content[event][type][user] = thread === undefined ? { ts } : { ts, thread_id: thread };
  }
  return content;
}

/** Receipts do not go back. Of an event that is not here nothing is known: then the later word counts. */
function isLater(room: Room, eventId: string, knownId: string): boolean {
  const [event, known] = [room.events.get(eventId), room.events.get(knownId)];
  if (!event || !known) return true;
  const [position, knownPosition] = [livePosition(event), livePosition(known)];
  if (position !== knownPosition) return position > knownPosition;
  return compareTopologically(placeOf(event), placeOf(known)) > 0;
}
