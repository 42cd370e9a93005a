import type { Pdu } from "../pdu.ts";
import type { Refusal } from "../refusal.ts";
import type { RoomVersion } from "../room-versions.ts";
import { stateKeyOf } from "./state-map.ts";

/** Where the events of a room are found by their ids; a Map does. */
export interface KnownEvents {
  get(eventId: string): KnownEvent | undefined;
}

export type KnownEvent = {
  readonly pdu: Pdu;
  /** Whether, or why, it was rejected on receipt. */
  readonly rejected?: Refusal | boolean | undefined;
};

/** An event as a node of the graph that `auth_events` links make. */
export interface AuthNode {
  readonly id: string;
  readonly pdu: Pdu;
  readonly rejected: boolean;
  /** Its place in the state, {@link stateKeyOf}; `undefined` of what is no state event. */
  readonly key: string | undefined;
  /** Greater than that of every event in its auth chain; 0 where that is empty. */
  readonly generation: number;
  /** The events of its `auth_events` that are known. */
  readonly cited: readonly AuthNode[];
}

/**
 * The part of a room's auth graph that a resolution looks at, read as it goes. What makes that part small are
 * the generations: no path leads from an event to one of the same or a later generation, so a search for
 * events of some generation need not look at earlier ones.
 */
export class AuthGraph {
  readonly #events: KnownEvents;
  readonly #version: RoomVersion;
  readonly #nodes = new Map<string, AuthNode>();
  /** Of events whose auth chain has gaps. They may be filled before the next resolution. */
  readonly #generationsWithGaps = new Map<Pdu, number>();

  constructor(events: KnownEvents, version: RoomVersion) {
    this.#events = events;
    this.#version = version;
  }

  find(eventId: string): AuthNode | undefined {
    let node = this.#nodes.get(eventId);
    if (node) return node;
    const event = this.#events.get(eventId);
    if (!event) return undefined;
    node = new Node(this, eventId, event);
    this.#nodes.set(eventId, node);
    return node;
  }

  /** An event that has to be there. */
  get(eventId: string): AuthNode {
    const node = this.find(eventId);
    if (!node) throw new Error(`State names an event that is not there: ${eventId}`);
    return node;
  }

  /** The ids of an event's `auth_events`, for who needs no more of it. */
  citedIds(eventId: string): readonly string[] {
    return this.#events.get(eventId)?.pdu.auth_events ?? [];
  }

  /** The create event that an event belongs to, where it is known without a state. */
  createOf(node: AuthNode): AuthNode | undefined {
    if (this.#version.roomId !== "create-event") return citedBy(node, "m.room.create", "");
    const roomId = node.pdu.room_id;
    return roomId === undefined ? undefined : this.find(`$${roomId.slice(1)}`);
  }

  /** One more than the greatest of the events that it cites. Without recursion: chains are long. */
  generationOf(pdu: Pdu): number {
    const path = [pdu];
    // Hashes rule out cycles; where there are none, in a test, a search must end all the same.
    const onPath = new Set(path);
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const next = this.#known(last) === undefined ? this.#step(last, onPath) : undefined;
      if (next) {
        path.push(next);
        onPath.add(next);
      } else {
        path.pop();
        onPath.delete(last);
      }
    }
    return this.#known(pdu)!;
  }

  /** Notes an event's generation, or says for which of the events that it cites that has to be done first. */
  #step(pdu: Pdu, onPath: ReadonlySet<Pdu>): Pdu | undefined {
    let generation = 0;
    let hasGaps = false;
    for (const id of pdu.auth_events) {
      const cited = this.#events.get(id)?.pdu;
      const before = cited && this.#known(cited);
      if (cited && before === undefined && !onPath.has(cited)) return cited;
      if (before !== undefined) generation = Math.max(generation, before + 1);
      hasGaps ||= !cited || !generations.has(cited);
    }
    if (hasGaps) this.#generationsWithGaps.set(pdu, generation);
    else generations.set(pdu, generation);
    return undefined;
  }

  #known(pdu: Pdu): number | undefined {
    return generations.get(pdu) ?? this.#generationsWithGaps.get(pdu);
  }
}

/**
 * Generations of events whose auth chain is whole: nothing can change them any more, because an event's id is a
 * hash over the ids that it cites. So each new event of a room costs a look at those, and not at its chain.
 */
const generations = new WeakMap<Pdu, number>();

class Node implements AuthNode {
  readonly id: string;
  readonly pdu: Pdu;
  readonly rejected: boolean;
  readonly #graph: AuthGraph;
  #key: string | undefined;
  #generation: number | undefined;
  #cited: readonly AuthNode[] | undefined;

  constructor(graph: AuthGraph, id: string, { pdu, rejected }: KnownEvent) {
    this.#graph = graph;
    this.id = id;
    this.pdu = pdu;
    this.rejected = Boolean(rejected);
  }

  get key(): string | undefined {
    const { type, state_key: stateKey } = this.pdu;
    if (stateKey !== undefined) this.#key ??= stateKeyOf(type, stateKey);
    return this.#key;
  }

  get generation(): number {
    this.#generation ??= generations.get(this.pdu) ?? this.#graph.generationOf(this.pdu);
    return this.#generation;
  }

  get cited(): readonly AuthNode[] {
    if (this.#cited) return this.#cited;
    const cited: AuthNode[] = [];
    for (const id of this.pdu.auth_events) {
      const node = this.#graph.find(id);
      if (node) cited.push(node);
    }
    this.#cited = cited;
    return cited;
  }
}

/** The event of this place in the state among those that an event cites. */
export function citedBy(node: AuthNode, type: string, stateKey: string): AuthNode | undefined {
  for (const cited of node.cited) {
    if (cited.pdu.state_key === stateKey && cited.pdu.type === type) return cited;
  }
  return undefined;
}

/** Earlier generations first. */
export function compareGenerations(a: AuthNode, b: AuthNode): number {
  return a.generation - b.generation;
}
