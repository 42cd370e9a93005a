import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import type { Store } from "../store/store.ts";
import { keyOf, type Table } from "../store/table.ts";
import { receiveEvents } from "./receive-events.ts";

/** An event that came, and cannot be judged yet: what it follows is missing, or the key to check it with. */
type WaitingEvent = { room: string; origin: string; pdu: Json; lacks?: "key" };

/** How many may wait in one room; beyond that the oldest is let go. */
const mostWaiting = 200;
/** How long to wait before it is tried again, milliseconds, and how often. */
const wait = { first: 30_000, longest: 3_600_000, tries: 12 };

/**
 * Keeps events whose sender will not send them again until they can be judged: who was put out of a room, for one, is
 * given nothing of what came before.
 */
export class WaitingEvents {
  readonly #kept: Table<WaitingEvent>;
  /** Room → event → tries. */
  readonly #rooms = new Map<string, Map<string, number>>();
  readonly #timers = new Map<string, () => void>();
  #server!: Server;

  constructor(store: Store) {
    this.#kept = store.table<WaitingEvent>("waiting-events");
  }

  /** Goes on with what waited before the last stop. */
  begin(server: Server): void {
    this.#server = server;
    for (const [key, { room }] of this.#kept.entries()) this.#note(room, key);
    for (const room of this.#rooms.keys()) this.#schedule(room);
  }

  add(room: Room, eventId: string, pdu: Json, origin: string, lacks?: "key"): void {
    const key = keyOf(room.id, eventId);
    const known = this.#kept.get(key);
    if (!known || known.lacks !== lacks)
      this.#kept.set(key, { room: room.id, origin, pdu, ...(lacks && { lacks }) });
    this.#note(room.id, key);
    const waiting = this.#rooms.get(room.id)!;
    const [oldest] = waiting.keys();
    if (waiting.size > mostWaiting) this.#drop(room.id, oldest!);
    this.#schedule(room.id);
  }

  /** The event can be judged after all, or never. */
  settle(room: Room, eventId: string): void {
    this.#drop(room.id, keyOf(room.id, eventId));
  }

  /** Something was added to a room: it may be what others wait for. */
  async tryAgain(room: Room): Promise<void> {
    const ready = [...(this.#rooms.get(room.id)?.keys() ?? [])].filter((key) => {
      const waiting = this.#kept.get(key);
      // Whether a key can be had by now, time tells.
      if (!waiting || waiting.lacks === "key") return false;
      return (waiting.pdu as Pdu).prev_events.every((id) => room.has(id));
    });
    await this.#receive(room, ready);
  }

  #note(room: string, key: string): void {
    const waiting = this.#rooms.get(room) ?? new Map<string, number>();
    this.#rooms.set(room, waiting);
    if (!waiting.has(key)) waiting.set(key, 0);
  }

  #drop(room: string, key: string): void {
    if (this.#rooms.get(room)?.delete(key)) this.#kept.delete(key);
  }

  #schedule(roomId: string): void {
    const waiting = this.#rooms.get(roomId);
    if (this.#timers.has(roomId) || !waiting || waiting.size === 0) return;
    const tries = Math.min(...waiting.values());
    const delay = Math.min(wait.longest, wait.first * 2 ** tries);
    const cancel = this.#server.ports.clock.schedule(delay, () => void this.#due(roomId));
    this.#timers.set(roomId, cancel);
  }

  async #due(roomId: string): Promise<void> {
    this.#timers.delete(roomId);
    const waiting = this.#rooms.get(roomId);
    const room = this.#server.rooms.get(roomId);
    if (!room || !waiting) return;
    for (const [key, tries] of [...waiting]) {
      if (tries + 1 >= wait.tries) this.#drop(roomId, key);
      else waiting.set(key, tries + 1);
    }
    await this.#receive(room, [...waiting.keys()]);
    this.#schedule(roomId);
  }

  async #receive(room: Room, keys: readonly string[]): Promise<void> {
    const byOrigin = new Map<string, Json[]>();
    for (const key of keys) {
      const kept = this.#kept.get(key);
      if (kept) byOrigin.set(kept.origin, [...(byOrigin.get(kept.origin) ?? []), kept.pdu]);
    }
    for (const [origin, pdus] of byOrigin) {
      await receiveEvents(this.#server, room, pdus, { origin, via: "transaction" });
    }
  }
}
