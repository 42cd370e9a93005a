import { eventIdOf } from "../../protocol/hashes.ts";
import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import type { Store } from "../store/store.ts";
import { keyOf, type Table } from "../store/table.ts";
import { checkedPdus, keepUnplaced } from "./incoming-events.ts";
import { rejudgeRoom } from "./rejudge-room.ts";

/** What a state lacks that came with a join, because nobody could be asked for the keys to check it with. */
export type LackingState = {
  room: string;
  /** The join. */
  event: string;
  origin: string;
  /** The events of the state, and those that they cite. */
  state: Json[];
  cited: Json[];
};

/** How long to wait before keys are asked for again, milliseconds, and how often. */
const wait = { first: 5_000, longest: 600_000, tries: 60 };

/** Sees to it that states become whole once the keys can be had. */
export class LackingStates {
  readonly #kept: Table<LackingState>;
  #server!: Server;

  constructor(store: Store) {
    this.#kept = store.table<LackingState>("lacking-states");
  }

  /** Goes on with what was lacking before the last stop. */
  begin(server: Server): void {
    this.#server = server;
    for (const [key] of [...this.#kept.entries()]) this.#tryLater(key, 0);
  }

  /** Whether a room's state lacks something. */
  has(room: Room): boolean {
    for (const [, lacking] of this.#kept.entries()) if (lacking.room === room.id) return true;
    return false;
  }

  note(lacking: LackingState): void {
    if (lacking.state.length === 0) return;
    const key = keyOf(lacking.room, lacking.event);
    this.#kept.set(key, lacking);
    this.#tryLater(key, 0);
  }

  #tryLater(key: string, tries: number): void {
    if (tries >= wait.tries) {
      this.#kept.delete(key);
      return;
    }
    const delay = Math.min(wait.longest, wait.first * 2 ** tries);
    this.#server.ports.clock.schedule(delay, () => void this.#try(key, tries));
  }

  async #try(key: string, tries: number): Promise<void> {
    const lacking = this.#kept.get(key);
    const room = lacking && this.#server.rooms.get(lacking.room);
    if (!lacking || !room) return;
    const rest = await this.#complete(room, lacking);
    if (rest.state.length === 0) this.#kept.delete(key);
    else {
      this.#kept.set(key, rest);
      this.#tryLater(key, tries + 1);
    }
  }

  /** Takes in what can be checked by now. Returns what still is lacking. */
  async #complete(room: Room, lacking: LackingState): Promise<LackingState> {
    const source = { origin: lacking.origin, via: "join" } as const;
    const values = [...lacking.cited, ...lacking.state];
    const checked = await checkedPdus(this.#server, room, values, source, () => undefined);
    await keepUnplaced(this.#server, room, checked, source);
    const isLacking = (value: Json) => !room.events.has(eventIdOf(value as Pdu, room.version));
    const rest = {
      ...lacking,
      cited: lacking.cited.filter(isLacking),
      state: lacking.state.filter(isLacking),
    };
    const came = lacking.state.filter((value) => !rest.state.includes(value));
    const added = came
      .map((value) => eventIdOf(value as Pdu, room.version))
      .filter((id) => !room.events.get(id)!.rejected);
    if (added.length > 0) {
      await room.inTurn(async () => rejudgeRoom(this.#server, room, { event: lacking.event, added }));
      this.#server.federation.catchUpArrivals(room);
    }
    return rest;
  }
}
