import { expect } from "chai";
import { authEventKeys } from "../../../src/protocol/auth-events.ts";
import { authorize } from "../../../src/protocol/auth-rules.ts";
import { eventIdOf, roomIdOfCreate } from "../../../src/protocol/hashes.ts";
import type { JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import type { Refusal } from "../../../src/protocol/refusal.ts";
import { type RoomVersion, type RoomVersionId, roomVersions } from "../../../src/protocol/room-versions.ts";
import {
  type KnownEvent,
  type ResolutionTrace,
  resolveState,
  type StateMap,
  stateKeyOf,
} from "../../../src/protocol/state-resolution.ts";

/** The people of these stories, each on a server of their own. Ada makes the room. */
export const ada = "@ada:ada.example";
export const bo = "@bo:bo.example";
export const cy = "@cy:cy.example";
export const dee = "@dee:dee.example";

/** What somebody sends. */
export type Change = {
  type: string;
  sender: string;
  stateKey?: string;
  content: JsonObject;
  /** Milliseconds; if not given, later than everything before. */
  at?: number;
  /** Ids, where they are not those that the selection takes from the state. */
  authEvents?: string[];
  /** Whether it was rejected when it came: in the room, and in no state. */
  rejected?: boolean;
};

/** A room whose graph forks, of a given version: Ada is in it, and anyone may join. */
export class ForkedRoom {
  readonly version: RoomVersion;
  readonly events = new Map<string, KnownEvent>();
  /** The state at the end of what all branches share. */
  readonly start: Branch;
  readonly #createId: string;
  #now = 1000;

  constructor(id: RoomVersionId) {
    this.version = roomVersions[id];
    const start = new Branch(this, new Map());
    const creator: JsonObject = this.version.creator === "content" ? { creator: ada } : {};
    const content = { room_version: id, ...creator };
    this.#createId = start.put({ type: "m.room.create", sender: ada, content });
    start.member(ada, "join");
    this.start = start;
    const users: JsonObject = this.version.creatorsAreUnbounded ? {} : { [ada]: 100 };
    start.powerLevels(ada, { users });
    start.joinRule(ada, "public");
  }

  /** Keeps an event without asking whether it may be. */
  add(change: Change, state: StateMap): string {
    const { type, sender, content, stateKey = "" } = change;
    this.#now = Math.max(this.#now + 1, change.at ?? 0);
    const isCreate = type === "m.room.create";
    const hasRoomId = !isCreate || this.version.roomId === "with-server";
    const byHash = this.version.roomId === "create-event" && !isCreate;
    const selected = () =>
      authEventKeys({ type, sender, content, state_key: stateKey }, this.version).flatMap(
        ([citedType, key]) => state.get(stateKeyOf(citedType, key)) ?? [],
      );
    const authoriser = content.join_authorised_via_users_server;
    const pdu: Pdu = {
      type,
      sender,
      content,
      state_key: stateKey,
      ...(hasRoomId && { room_id: byHash ? roomIdOfCreate(this.#createId) : "!room:ada.example" }),
      origin_server_ts: change.at ?? this.#now,
      depth: this.events.size + 1,
      prev_events: isCreate ? [] : [[...this.events.keys()].at(-1)!],
      auth_events: change.authEvents ?? selected(),
      hashes: { sha256: "" },
      signatures: typeof authoriser === "string" ? { [authoriser.split(":")[1]!]: {} } : {},
    };
    const id = eventIdOf(pdu, this.version);
    this.events.set(id, { pdu, rejected: change.rejected ?? false });
    return id;
  }

  pdu(eventId: string): Pdu {
    return this.events.get(eventId)!.pdu;
  }

  /** Whether an event is allowed by a state. */
  judge(eventId: string, state: StateMap): Refusal | undefined {
    const get = (type: string, key: string) => this.events.get(state.get(stateKeyOf(type, key)) ?? "")?.pdu;
    const byState = state.get(stateKeyOf("m.room.create", ""));
    const createId = this.version.roomId === "create-event" ? this.#createId : byState;
    const create = createId === undefined ? undefined : this.events.get(createId)?.pdu;
    return authorize(this.pdu(eventId), this.version, { create, ...(createId && { createId }), get });
  }

  /** Where branches come together. Their order makes no difference. */
  resolve(...branches: Branch[]): Resolved {
    const states = branches.map(({ state }) => state);
    const { state, trace } = resolveState(this.version, states, this.events, { trace: true });
    const reversed = resolveState(this.version, [...states].reverse(), this.events);
    expect([...reversed.state].sort()).to.deep.equal([...state].sort());
    return new Resolved(this, new Map(state), trace);
  }
}

/** One way on from a fork: a state, and who does what in it. Each act returns its event's id. */
export class Branch {
  readonly state: Map<string, string>;
  readonly room: ForkedRoom;

  constructor(room: ForkedRoom, state: Map<string, string>) {
    this.room = room;
    this.state = state;
  }

  fork(): Branch {
    return new Branch(this.room, new Map(this.state));
  }

  /** Sends what this branch allows. */
  send(change: Change): string {
    const id = this.room.add(change, this.state);
    const refusal = this.room.judge(id, this.state);
    expect(refusal, `${change.type} by ${change.sender}`).to.equal(undefined);
    return this.#take(id);
  }

  /** Puts an event here that nobody asked whether it may be. */
  put(change: Change): string {
    return this.#take(this.room.add(change, this.state));
  }

  member(user: string, membership: string, by = user, more: Partial<Change> = {}): string {
    const content = { membership };
    return this.send({ type: "m.room.member", sender: by, stateKey: user, content, ...more });
  }

  topic(by: string, topic: string, more: Partial<Change> = {}): string {
    return this.send({ type: "m.room.topic", sender: by, content: { topic }, ...more });
  }

  powerLevels(by: string, content: JsonObject, more: Partial<Change> = {}): string {
    return this.send({ type: "m.room.power_levels", sender: by, content, ...more });
  }

  /** Changes some users' levels. */
  levels(by: string, users: Record<string, number>, more: Partial<Change> = {}): string {
    const before = this.event("m.room.power_levels")?.content.users as JsonObject;
    return this.powerLevels(by, { users: { ...before, ...users } }, more);
  }

  joinRule(by: string, joinRule: string, more: Partial<Change> = {}): string {
    return this.send({ type: "m.room.join_rules", sender: by, content: { join_rule: joinRule }, ...more });
  }

  id(type: string, key = ""): string | undefined {
    return this.state.get(stateKeyOf(type, key));
  }

  event(type: string, key = ""): Pdu | undefined {
    const id = this.id(type, key);
    return id === undefined ? undefined : this.room.pdu(id);
  }

  membershipOf(user: string): unknown {
    return this.event("m.room.member", user)?.content.membership;
  }

  topicNow(): unknown {
    return this.event("m.room.topic")?.content.topic;
  }

  levelOf(user: string): unknown {
    return (this.event("m.room.power_levels")?.content.users as JsonObject | undefined)?.[user];
  }

  joinRuleNow(): unknown {
    return this.event("m.room.join_rules")?.content.join_rule;
  }

  #take(id: string): string {
    const { pdu, rejected } = this.room.events.get(id)!;
    if (!rejected) this.state.set(stateKeyOf(pdu.type, pdu.state_key!), id);
    return id;
  }
}

/** What became of branches. One can go on from here. */
export class Resolved extends Branch {
  readonly #trace: ResolutionTrace | undefined;

  constructor(room: ForkedRoom, state: Map<string, string>, trace: ResolutionTrace | undefined) {
    super(room, state);
    this.#trace = trace;
  }

  get trace(): ResolutionTrace {
    if (!this.#trace) throw new Error("There was nothing to resolve");
    return this.#trace;
  }

  get hadConflicts(): boolean {
    return this.#trace !== undefined;
  }

  /** Some of the power events, in their order, with their senders' levels. */
  ranked(...eventIds: string[]): ResolutionTrace["powerEvents"] {
    return this.trace.powerEvents.filter(({ event }) => eventIds.includes(event));
  }

  /** The code of the refusal that an event met, `undefined` if it was allowed. */
  refusalOf(eventId: string): string | undefined {
    const check = this.trace.checks.find(({ event }) => event === eventId);
    if (!check) throw new Error("It was not checked");
    return check.refusal?.code;
  }
}
