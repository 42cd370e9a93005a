import { forwardExtremitiesAfter } from "../../protocol/event-graph.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { type PowerLevels, powerLevels } from "../../protocol/power-levels.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import { type ResolutionTrace, stateKeyOf } from "../../protocol/state-resolution.ts";
import { keyOf } from "../store/table.ts";
import { Members, membershipOf } from "./members.ts";
import { mergeStates } from "./merge-states.ts";
import { Relations } from "./relations.ts";
import {
  compareTopologically,
  placeOf,
  type RoomEvent,
  type RoomState,
  type Transaction,
} from "./room-event.ts";
import { StateTrie } from "./state-trie.ts";
import { Timeline } from "./timeline.ts";

/** An event that was judged and may be kept. */
export type JudgedEvent = {
  id: string;
  pdu: Pdu;
  before: RoomState;
  historical?: boolean | undefined;
  rejected?: Refusal | undefined;
  softFailed?: Refusal | undefined;
  transaction?: Transaction | undefined;
  relayed?: boolean | undefined;
  /** The server comes back to the room by it: earlier ends of the graph count no more. */
  restarts?: boolean | undefined;
  /** The room's state once it is there, where it is known already, from the state after it. */
  current?: (after: RoomState) => RoomState;
};

/** An event that is kept without its place in the graph. It was judged by its auth events alone. */
export type UnplacedEvent = { id: string; pdu: Pdu; rejected?: Refusal | undefined };

/** One room as this server has it: its graph of events, the states, and what is made from them. */
export class Room {
  readonly id: string;
  readonly version: RoomVersion;
  events = new Map<string, RoomEvent>();
  timeline = new Timeline();
  members: Members;
  relations = new Relations();
  /** User → the last event in the graph by which a user joined. */
  lastJoins = new Map<string, RoomEvent>();
  /** User → the event that ended what {@link lastJoins} began. */
  lastEnds = new Map<string, RoomEvent>();
  /** Events that are missing from the graph → those that follow them. */
  gaps = new Map<string, RoomEvent[]>();
  /** The stream position at which it was {@link takeOver taken over}: what clients know from before is void. */
  rebuiltAt = 0;
  /** Called when states had to be resolved, with how it came about. Absent: no trace is written. */
  onResolved?: (trace: ResolutionTrace) => void;
  /** The depth at which this server came to the room, the last time that it did. */
  startDepth = 0;
  #transactions = new Map<string, RoomEvent>();
  #current: RoomState = StateTrie.empty();
  #extremities: string[] = [];
  #levels: PowerLevels | undefined;
  /** What waits for its turn to add events. */
  #turn: Promise<unknown> = Promise.resolve();
  /** How many have it or wait for it. */
  #inTurn = 0;

  /** The stream position at which a user here had all erased that they had said. */
  readonly erasedAt: (userId: string) => number | undefined;
  readonly #onMember: (userId: string, event: RoomEvent | undefined) => void;

  constructor(
    id: string,
    version: RoomVersion,
    users: {
      isLocal(userId: string): boolean;
      erasedAt(userId: string): number | undefined;
      onMember(userId: string, event: RoomEvent | undefined): void;
    },
  ) {
    this.id = id;
    this.version = version;
    this.members = new Members((userId) => users.isLocal(userId));
    this.erasedAt = (userId) => users.erasedAt(userId);
    this.#onMember = (userId, event) => users.onMember(userId, event);
  }

  /** The current state. */
  get current(): RoomState {
    return this.#current;
  }

  /** The events without a child: what a new event follows. */
  get extremities(): readonly string[] {
    return this.#extremities;
  }

  /** An event of the current state. */
  state(type: string, stateKey = ""): RoomEvent | undefined {
    return this.#current.get(stateKeyOf(type, stateKey));
  }

  /** A property of a state event's content, where it is a string. */
  stateText(type: string, property: string): string | undefined {
    const value = this.state(type)?.pdu.content[property];
    return typeof value === "string" ? value : undefined;
  }

  get create(): RoomEvent {
    const create = this.state("m.room.create");
    if (!create) throw new Error(`No create event in ${this.id}`);
    return create;
  }

  /** Of the current state. */
  get levels(): PowerLevels {
    this.#levels ??= powerLevels(this.create.pdu, this.state("m.room.power_levels")?.pdu, this.version);
    return this.#levels;
  }

  /** The stream position of the newest event that may be shown. */
  get newest(): number {
    return this.timeline.live.at(-1)?.stream ?? 0;
  }

  /**
   * Lets only one at a time build on the end of the graph.
   * @param work is told whether others went before it since it was asked for.
   */
  inTurn<Result>(work: (waited: boolean) => Promise<Result>): Promise<Result> {
    const waits = this.#inTurn > 0;
    this.#inTurn += 1;
    const result = waits ? this.#turn.then(() => work(true)) : work(false);
    const ended = () => {
      this.#inTurn -= 1;
    };
    this.#turn = result.then(ended, ended);
    return result;
  }

  /** The event that a device sent by this name before. */
  findSent(userId: string, transaction: Transaction): RoomEvent | undefined {
    return this.#transactions.get(transactionKey(userId, transaction));
  }

  /** Whether an event is here with its place in the graph. */
  has(eventId: string): boolean {
    return this.events.get(eventId)?.placed === true;
  }

  /** The state after some events that have their place, which is the state before an event that follows them. */
  stateAfter(eventIds: readonly string[]): RoomState {
    const states = eventIds.map((id) => this.events.get(id)!.after);
    return states.length === 0 ? StateTrie.empty() : mergeStates(states, this);
  }

  /** Adds an event that has no place in the graph yet. One that is here already stays as it is. */
  addUnplaced({ id, pdu, rejected }: UnplacedEvent, stream: number): RoomEvent {
    const known = this.events.get(id);
    if (known) return known;
    const none: RoomState = StateTrie.empty();
    const states = { before: none, after: none, current: none };
    const event = { id, pdu, rejected, stream, roomId: this.id, placed: false, shown: false, ...states };
    this.events.set(id, event);
    return event;
  }

  /** Adds an event to the graph and does what follows from it. The state before it is known. */
  add(judged: JudgedEvent, stream: number): RoomEvent {
    const { id, pdu, before, historical, rejected, softFailed, restarts, current } = judged;
    const known: Writable<RoomEvent> | undefined = this.events.get(id);
    const isState = pdu.state_key !== undefined && !rejected;
    const values = {
      id,
      roomId: this.id,
      pdu: known?.redactedBy ? known.pdu : pdu,
      stream: known && historical ? known.stream : stream,
      placed: true,
      shown: false,
      historical,
      rejected,
      softFailed,
      transaction: judged.transaction,
      relayed: judged.relayed,
      before,
      after: before,
      current: before,
    };
    const event: Writable<RoomEvent> = known ? Object.assign(known, values) : values;
    if (isState) event.after = before.with(stateKeyOf(pdu.type, pdu.state_key!), event);
    this.events.set(event.id, event);
    const followers = this.#closeGap(event);
    if (!rejected && !softFailed && !historical) {
      const ends = restarts ? [] : this.#extremities;
      if (ends.length === 0) this.startDepth = pdu.depth;
      const closed = this.#closedBy(pdu);
      // What came as part of a state, or of what that cites, is before something that is here; unless that itself never
      // found its place: then no end is left that can be after it.
      const mayFollow = (id: string) => !closed.includes(id) && this.events.get(id)!.pdu.depth > pdu.depth;
      const hasChild = (known !== undefined && ends.some(mayFollow)) || this.#lead(followers);
      this.#extremities = forwardExtremitiesAfter(ends, event.id, { prev_events: closed }, hasChild);
      this.#moveTo(current ? current(event.after) : this.stateAfter(this.#extremities));
    }
    if (historical && !rejected && !softFailed && this.#lead(followers)) {
      const closed = new Set(this.#closedBy(pdu));
      if (this.#extremities.some((id) => closed.has(id))) {
        this.#extremities = this.#extremities.filter((id) => !closed.has(id));
        this.#moveTo(this.stateAfter(this.#extremities));
      }
    }
    event.current = this.#current;
    if (event.transaction) this.#transactions.set(transactionKey(pdu.sender, event.transaction), event);
    return event;
  }

  /** The events that a good one follows, also over those that were never an end themselves. */
  #closedBy({ prev_events }: Pdu): string[] {
    if (!prev_events.some((id) => this.#wasNoEnd(id))) return prev_events;
    const closed = new Set(prev_events);
    for (const id of closed) {
      if (!this.#wasNoEnd(id)) continue;
      for (const parent of this.events.get(id)!.pdu.prev_events) closed.add(parent);
    }
    return [...closed];
  }

  #wasNoEnd(eventId: string): boolean {
    const event = this.events.get(eventId);
    return event?.placed === true && Boolean(event.rejected || event.softFailed || event.historical);
  }

  /** Whether one of some events is good, or a good one follows it. */
  #lead(events: readonly RoomEvent[]): boolean {
    return events.some((event) => {
      if (!event.rejected && !event.softFailed) return true;
      const children = [...this.events.values()].filter(
        ({ placed, pdu }) => placed && pdu.prev_events.includes(event.id),
      );
      return this.#lead(children);
    });
  }

  /** Notes what is missing before an event. Returns those that wait for it to be there. */
  #closeGap(event: RoomEvent): RoomEvent[] {
    for (const parent of event.pdu.prev_events) {
      if (this.has(parent)) continue;
      const followers = this.gaps.get(parent);
      if (!followers) this.gaps.set(parent, [event]);
      // A parent may be named twice.
      else if (followers.at(-1) !== event) followers.push(event);
    }
    const followers = this.gaps.get(event.id);
    if (!followers) return [];
    this.gaps.delete(event.id);
    return followers;
  }

  /** Becomes what another is: the same room, put together anew. */
  takeOver(rebuilt: Room): void {
    this.events = rebuilt.events;
    this.timeline = rebuilt.timeline;
    this.members = rebuilt.members;
    this.relations = rebuilt.relations;
    this.lastJoins = rebuilt.lastJoins;
    this.lastEnds = rebuilt.lastEnds;
    this.gaps = rebuilt.gaps;
    this.startDepth = rebuilt.startDepth;
    this.rebuiltAt = rebuilt.rebuiltAt;
    this.#transactions = rebuilt.#transactions;
    this.#current = rebuilt.#current;
    this.#extremities = rebuilt.#extremities;
    this.#levels = undefined;
    for (const [userId, event] of this.members.entries()) this.#onMember(userId, event);
  }

  /** Puts an event among those that may be shown. */
  show(event: RoomEvent): void {
    event.shown = true;
    this.timeline.add(event);
    this.relations.add(event);
    if (event.pdu.type === "m.room.member") this.#noteStay(event, event.pdu.state_key!);
  }

  #noteStay(event: RoomEvent, userId: string): void {
    const lastJoin = this.lastJoins.get(userId);
    if (lastJoin && compareTopologically(placeOf(lastJoin), placeOf(event)) > 0) return;
    if (membershipOf(event) === "join") {
      this.lastJoins.set(userId, event);
      this.lastEnds.delete(userId);
    } else if (lastJoin && !this.lastEnds.has(userId)) this.lastEnds.set(userId, event);
  }

  #moveTo(state: RoomState): void {
    for (const [key, after] of state.differences(this.#current)) {
      this.#levels = undefined;
      if (!key.startsWith(memberKeys)) continue;
      const userId = key.slice(memberKeys.length);
      this.members.set(userId, after);
      this.#onMember(userId, after);
    }
    this.#current = state;
  }
}

export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const memberKeys = stateKeyOf("m.room.member", "");

function transactionKey(userId: string, { deviceId, path, id }: Transaction): string {
  return keyOf(userId, deviceId, path, id);
}
