import { authEventKeys } from "../../../src/protocol/auth-events.ts";
import { forwardExtremitiesAfter } from "../../../src/protocol/event-graph.ts";
import { eventIdOf, roomIdOfCreate } from "../../../src/protocol/hashes.ts";
import type { Json, JsonObject } from "../../../src/protocol/json.ts";
import type { Pdu } from "../../../src/protocol/pdu.ts";
import type { Refusal } from "../../../src/protocol/refusal.ts";
import { roomVersions } from "../../../src/protocol/room-versions.ts";
import { resolveState, type StateMap, stateKeyOf } from "../../../src/protocol/state-resolution.ts";
import { garden, harbor, MadeLog } from "../made-log.ts";

type Told = {
  type: string;
  sender: string;
  content: JsonObject;
  stateKey?: string;
  /** What it follows; the newest where nothing is said. */
  after?: string[];
  /** Who takes it; both where nothing is said. */
  at?: string[];
};

const version = roomVersions["12"];
export const you = "@you:garden.example";
export const bo = "@bo:harbor.example";

/** A room of version 12 at two servers, with real ids and citations, told to a log. */
export class MadeRoom {
  readonly log: MadeLog;
  readonly events = new Map<string, { pdu: Pdu }>();
  readonly id: string;
  #states = new Map<string, StateMap>();
  #ends = new Map<string, string[]>();
  #newest: string;

  constructor(log = new MadeLog().server(garden, "leaf").server(harbor, "anchor")) {
    this.log = log;
    this.id = "";
    this.#newest = "";
    const create = this.add({
      type: "m.room.create",
      sender: you,
      content: { room_version: "12" },
      stateKey: "",
      after: [],
    });
    this.id = roomIdOfCreate(create);
    // The create event's own room is known only now.
    for (const entry of this.log.entries)
      if (entry.type === "host-fact" && "room" in entry.fact)
        entry.fact = { ...entry.fact, room: this.id } as never;
    this.member(you, "join");
    this.add({ type: "m.room.power_levels", sender: you, content: { users: { [bo]: 50 } }, stateKey: "" });
    this.add({ type: "m.room.join_rules", sender: you, content: { join_rule: "public" }, stateKey: "" });
    this.member(bo, "join");
  }

  get newest(): string {
    return this.#newest;
  }

  member(user: string, membership: string, by = user, more: Partial<Told> = {}): string {
    return this.add({ type: "m.room.member", sender: by, content: { membership }, stateKey: user, ...more });
  }

  says(sender: string, body: string, more: Partial<Told> = {}): string {
    return this.add({ type: "m.room.message", sender, content: { msgtype: "m.text", body }, ...more });
  }

  topic(sender: string, topic: string, more: Partial<Told> = {}): string {
    return this.add({ type: "m.room.topic", sender, content: { topic }, stateKey: "", ...more });
  }

  /** An event as its server makes it; who is `at` takes it. */
  add({ type, sender, content, stateKey, after = [this.#newest], at = [garden, harbor] }: Told): string {
    const states = after.map((id) => this.#states.get(id)!);
    const { state } = resolveState(version, states, this.events);
    const stated = stateKey === undefined ? {} : { state_key: stateKey };
    const keys = authEventKeys({ type, sender, content, ...stated }, version);
    this.log.wait(700);
    const pdu: Pdu = {
      type,
      sender,
      content,
      ...stated,
      ...(this.id && { room_id: this.id }),
      origin_server_ts: this.log.at,
      depth: 1 + Math.max(0, ...after.map((id) => this.events.get(id)!.pdu.depth)),
      prev_events: after,
      auth_events: keys.flatMap(([cited, key]) => state.get(stateKeyOf(cited, key)) ?? []),
      hashes: { sha256: "x".repeat(43) },
      signatures: { [sender.split(":")[1]!]: { "ed25519:1": "y".repeat(86) } },
    };
    const id = eventIdOf(pdu, version);
    this.events.set(id, { pdu });
    this.#states.set(id, stateKey === undefined ? state : new Map(state).set(stateKeyOf(type, stateKey), id));
    this.#newest = id;
    for (const host of at) this.take(host, id);
    return id;
  }

  /** A server takes an event that another has. */
  take(host: string, id: string): void {
    const { pdu } = this.events.get(id)!;
    const fact = { room: this.id, event: id, pdu: pdu as unknown as JsonObject };
    this.log.fact(host, { type: "event-stored", roomVersion: "12", ...fact });
    const ends = forwardExtremitiesAfter(this.#ends.get(host) ?? [], id, pdu);
    this.#ends.set(host, ends);
    this.log.fact(host, { type: "forward-extremities", room: this.id, events: ends });
  }

  refuse(host: string, id: string, how: "event-rejected" | "event-soft-failed", refusal: Refusal): void {
    const pdu = this.events.get(id)!.pdu as unknown as JsonObject;
    this.log.fact(host, { type: how, room: this.id, event: id, pdu, refusal });
  }

  /** A server brings together the branches that end with these events. */
  resolve(host: string, ...ends: string[]): void {
    const states = ends.map((id) => this.#states.get(id)!);
    const { trace } = resolveState(version, states, this.events, { trace: true });
    this.log.fact(host, { type: "state-resolved", room: this.id, trace: trace as unknown as Json });
  }
}

/** You set a topic at one server and ban Bo, who sets another at the other: and then they talk again. */
export function banRace(): MadeRoom & { ban: string; tea: string; coffee: string } {
  const room = new MadeRoom();
  const start = room.says(you, "Earl Grey or mint?");
  const tea = room.topic(you, "Tea", { at: [garden] });
  const ban = room.member(bo, "ban", you, { at: [garden] });
  const coffee = room.topic(bo, "Coffee", { at: [harbor], after: [start] });
  return Object.assign(room, { ban, tea, coffee });
}

/** Two branches that go on beside each other and meet now and then, so that nothing folds. */
export function braidedRoom(pairs: number): MadeRoom {
  const room = new MadeRoom();
  let [left, right] = [room.newest, room.newest];
  for (let at = 0; at < pairs; at++) {
    const [from, to] = [left, right];
    left = room.says(you, `l ${at}`, { after: at % 5 === 0 ? [...new Set([from, to])] : [from] });
    right = room.says(bo, `r ${at}`, { after: [to], at: at % 2 === 0 ? [harbor] : [garden, harbor] });
  }
  return room;
}
