import type { JsonObject } from "../../protocol/json.ts";
import type { Notifier } from "../notifier.ts";
import type { Clock } from "../ports.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Store } from "../store/store.ts";
import type { Stream } from "../store/stream.ts";
import type { Table } from "../store/table.ts";
import { LatestChanges } from "./latest-changes.ts";

export const presenceStates = ["online", "unavailable", "offline"] as const;
export type PresenceState = (typeof presenceStates)[number];

type Known = {
  state: PresenceState;
  /** Place in the stream of what others were told last. */
  at: number;
  /** When the user was last seen to do something. */
  lastActive: number;
  /** Syncs that are under way now. */
  polls: number;
  /** Ends the wait for the next sync. */
  cancel?: (() => void) | undefined;
};

/** How long without a sync until a user counts as gone, milliseconds: clients pause between two. */
const grace = 30_000;
/** How long without doing anything until a user counts as idle, milliseconds. */
const idleAfter = 300_000;

/**
 * Who is here now. Nobody is after a restart, so only the status message is kept.
 * https://spec.matrix.org/v1.19/client-server-api/#presence
 */
export class Presence {
  readonly #clock: Clock;
  readonly #stream: Stream;
  readonly #notifier: Notifier;
  readonly #rooms: Rooms;
  readonly #messages: Table<string>;
  readonly #known = new Map<string, Known>();
  readonly #changes = new LatestChanges();
  readonly #listeners: ((userId: string) => void)[] = [];

  constructor(store: Store, parts: { clock: Clock; stream: Stream; notifier: Notifier; rooms: Rooms }) {
    this.#clock = parts.clock;
    this.#stream = parts.stream;
    this.#notifier = parts.notifier;
    this.#rooms = parts.rooms;
    this.#messages = store.table<string>("status-messages");
  }

  /** Calls back when a user of this server has something new for others to see. */
  onChange(listener: (userId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** What another server says of one of its users. @param news.ago since they did something, milliseconds. */
  learn(
    userId: string,
    state: PresenceState,
    { ago, message }: { ago: number; message: string | undefined },
  ): void {
    if (this.#messages.get(userId) !== message) this.#setMessage(userId, message);
    const known = this.#of(userId);
    known.lastActive = this.#clock.now() - ago;
    this.#tell(userId, known, state);
  }

  /** What a client sets by hand. */
  set(userId: string, state: PresenceState, message: string | undefined): void {
    this.#setMessage(userId, message);
    this.#change(userId, state, true);
  }

  #setMessage(userId: string, message: string | undefined): void {
    if (message === undefined || message === "") this.#messages.delete(userId);
    else this.#messages.set(userId, message);
  }

  /** A sync begins; the returned function is called when it ends. `offline` leaves everything as it is. */
  pollBegins(userId: string, state: PresenceState): () => void {
    if (state === "offline") return () => undefined;
    const known = this.#of(userId);
    known.cancel?.();
    known.polls += 1;
    if (known.state === "offline" || state === "unavailable") this.#change(userId, state, false);
    return () => {
      known.polls -= 1;
      if (known.polls > 0) return;
      known.cancel = this.#clock.schedule(grace, () => this.#change(userId, "offline", false));
    };
  }

  /** The user did something that only a person does. */
  active(userId: string): void {
    const known = this.#known.get(userId);
    if (!known || known.state === "offline") return;
    known.lastActive = this.#clock.now();
    if (known.state === "unavailable") this.#change(userId, "online", true);
  }

  /** What one user may know of another. */
  of(userId: string): JsonObject {
    const known = this.#known.get(userId);
    const message = this.#messages.get(userId);
    const ago = known && Math.max(0, this.#clock.now() - known.lastActive);
    const state = this.#stateOf(known, ago);
    return {
      presence: state,
      ...(ago !== undefined && { last_active_ago: ago }),
      ...(state === "online" && { currently_active: ago! < grace }),
      ...(message !== undefined && { status_msg: message }),
    };
  }

  /** Presence events for a user's sync: their own, and of those who share a room with them. */
  changedSince(userId: string, position: number | undefined): JsonObject[] {
    const changed: JsonObject[] = [];
    const met = position === undefined ? none : this.#metSince(userId, position);
    const others =
      position === undefined ? this.#known.keys() : new Set([...this.#changes.after(position), ...met]);
    for (const other of others) {
      const known = this.#known.get(other);
      const isNews = known && (known.at > (position ?? known.at) || known.state !== "offline");
      // Of who is new to the user it is told too that they are away.
      if (!isNews && !met.has(other)) continue;
      if (other !== userId && !this.#rooms.sharesRoom(userId, other)) continue;
      changed.push({ type: "m.presence", sender: other, content: this.of(other) });
    }
    return changed;
  }

  /** Who came into the user's rooms, and whom the user came to, as far as their presence is known here. */
  #metSince(userId: string, position: number): Set<string> {
    const met = new Set<string>();
    const meet = (room: Room, member: string) => {
      if (this.#known.has(member) || room.members.localJoined.has(member)) met.add(member);
    };
    for (const [roomId, { membership, event }] of this.#rooms.roomsOf(userId)) {
      const room = membership === "join" ? this.#rooms.get(roomId) : undefined;
      if (!room || room.newest <= position) continue;
      if (event.stream > position) for (const member of room.members.joined) meet(room, member);
      const { timeline } = room;
      for (const { pdu } of timeline.live.slice(timeline.liveCount(position))) {
        if (pdu.type === "m.room.member" && pdu.content.membership === "join") meet(room, pdu.state_key!);
      }
    }
    return met;
  }

  #stateOf(known: Known | undefined, ago: number | undefined): PresenceState {
    if (!known) return "offline";
    return known.state === "online" && ago! >= idleAfter ? "unavailable" : known.state;
  }

  #of(userId: string): Known {
    let known = this.#known.get(userId);
    if (!known) {
      known = { state: "offline", at: 0, lastActive: this.#clock.now(), polls: 0 };
      this.#known.set(userId, known);
    }
    return known;
  }

  #change(userId: string, state: PresenceState, byHand: boolean): void {
    const known = this.#of(userId);
    if (state === "online") known.lastActive = this.#clock.now();
    if (known.state === state && !byHand) return;
    this.#tell(userId, known, state);
    for (const listener of this.#listeners) listener(userId);
  }

  #tell(userId: string, known: Known, state: PresenceState): void {
    known.state = state;
    known.at = this.#stream.next();
    this.#changes.note(userId, known.at);
    const concerned = new Set([userId]);
    for (const room of this.#rooms.all()) {
      if (!room.members.joined.has(userId)) continue;
      for (const member of room.members.localJoined) concerned.add(member);
    }
    this.#notifier.wake(concerned);
  }
}

const none: ReadonlySet<string> = new Set();
