import type { JsonObject } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { RoomVersionId } from "../../protocol/room-versions.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import { keyOf, partsOf, type Table } from "../store/table.ts";
import type { RoomEvent, RoomState } from "./room-event.ts";
import { StateTrie } from "./state-trie.ts";

/** What is known of a room that this server is not in, to a user who is invited, knocks, or did. */
export type Outside = {
  version: RoomVersionId;
  /** Stripped state. */
  shown: JsonObject[];
  /** Servers by which the room can be reached. */
  servers: string[];
};

type Kept = Outside & { id: string; pdu: Pdu; stream: number };

export type OutsideMembership = { event: RoomEvent; outside: Outside };

/** The places of this server's users in rooms that it is not in: invites, knocks, and how those ended. */
export class OutsideMemberships {
  readonly #table: Table<Kept>;
  readonly #stream: Stream;
  /** User → room → membership. */
  readonly #byUser = new Map<string, Map<string, OutsideMembership>>();

  constructor(store: Store, stream: Stream) {
    this.#table = store.table<Kept>("outside-memberships");
    this.#stream = stream;
    for (const [key, kept] of this.#table.entries()) {
      const [userId, roomId] = partsOf(key, 2) as [string, string];
      this.#note(userId, roomId, kept);
    }
  }

  of(userId: string): ReadonlyMap<string, OutsideMembership> {
    return this.#byUser.get(userId) ?? none;
  }

  get(userId: string, roomId: string): OutsideMembership | undefined {
    return this.#byUser.get(userId)?.get(roomId);
  }

  set(roomId: string, member: { id: string; pdu: Pdu }, outside: Outside): void {
    const kept = { ...outside, ...member, stream: this.#stream.next() };
    this.#table.set(keyOf(member.pdu.state_key!, roomId), kept);
    this.#note(member.pdu.state_key!, roomId, kept);
  }

  delete(userId: string, roomId: string): void {
    this.#table.delete(keyOf(userId, roomId));
    this.#byUser.get(userId)?.delete(roomId);
  }

  /** The server is in the room now, and has all of it from there. */
  deleteRoom(roomId: string): void {
    for (const [userId, rooms] of this.#byUser) if (rooms.has(roomId)) this.delete(userId, roomId);
  }

  #note(userId: string, roomId: string, { id, pdu, stream, ...outside }: Kept): void {
    const before: RoomState = StateTrie.empty();
    const event = { id, pdu, roomId, stream, placed: false, shown: false, before, current: before };
    const after = before.with(stateKeyOf(pdu.type, userId), { ...event, after: before });
    const rooms = this.#byUser.get(userId) ?? new Map<string, OutsideMembership>();
    this.#byUser.set(userId, rooms);
    rooms.set(roomId, { event: { ...event, after }, outside });
  }
}

const none: ReadonlyMap<string, OutsideMembership> = new Map();
