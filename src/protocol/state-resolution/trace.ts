import { levelFact } from "../auth-rules/rule.ts";
import type { Refusal } from "../refusal.ts";
import type { AuthGraph, AuthNode } from "./auth-graph.ts";
import type { Conflicts } from "./conflicts.ts";
import type { Checked } from "./iterative-auth-checks.ts";
import type { PlacedEvent } from "./mainline-ordering.ts";
import type { RankedEvent } from "./power-ordering.ts";

/** How a resolution came about: plain data, in the order of the algorithm. Events are their ids. */
export type ResolutionTrace = {
  algorithm: "2" | "2.1";
  /** The conflicted state set by its places in the state, with what states have there, each once. */
  conflicts: { type: string; stateKey: string; events: (string | null)[] }[];
  /** Earliest first. */
  authDifference: string[];
  /** What 2.1 adds: the events between two of the conflicted state set. Earliest first. */
  subgraph: string[];
  /** Step 1: in reverse topological power ordering, with the sender's power level. */
  powerEvents: { event: string; level: number | string }[];
  /** From the power levels after step 2 back, as far as step 3 looked at it. */
  mainline: string[];
  /** Step 3: in mainline ordering, with the mainline position; `null` for those that nothing of it is behind. */
  otherEvents: { event: string; position: number | null }[];
  /** Steps 2 and 4: the iterative auth checks in their order. */
  checks: ResolutionCheck[];
  /** What each place of `conflicts`, and each other that changed, came to have. */
  outcome: { type: string; stateKey: string; event: string | null }[];
};

export type ResolutionCheck = {
  step: 2 | 4;
  event: string;
  /** `null` where it is allowed. */
  refusal: Refusal | null;
  /** What it takes, or would have taken, the place of. */
  replaces: string | null;
  /** What the state lacked and the event's own `auth_events` had. */
  fromAuthEvents: string[];
};

/** Writes a trace while a resolution goes on. */
export class TraceWriter {
  readonly #trace: ResolutionTrace;
  readonly #graph: AuthGraph;

  constructor(algorithm: "2" | "2.1", graph: AuthGraph) {
    this.#graph = graph;
    this.#trace = {
      algorithm,
      conflicts: [],
      authDifference: [],
      subgraph: [],
      powerEvents: [],
      mainline: [],
      otherEvents: [],
      checks: [],
      outcome: [],
    };
  }

  conflicts({ conflicted }: Conflicts, difference: Iterable<AuthNode>, subgraph: Iterable<AuthNode>): void {
    for (const ids of conflicted.values()) {
      const events = [...new Set(ids)].map((id) => id ?? null);
      this.#trace.conflicts.push({ ...this.#placeOf(ids.find((id) => id !== undefined)!), events });
    }
    this.#trace.authDifference = earliestFirst(difference);
    this.#trace.subgraph = earliestFirst(subgraph);
  }

  powerEvents(order: readonly RankedEvent[]): void {
    this.#trace.powerEvents = order.map(({ node, level }) => ({ event: node.id, level: levelFact(level) }));
  }

  otherEvents(order: readonly PlacedEvent[], mainline: readonly AuthNode[]): void {
    this.#trace.mainline = mainline.map(({ id }) => id);
    this.#trace.otherEvents = order.map(({ node, position }) => ({
      event: node.id,
      position: Number.isFinite(position) ? position : null,
    }));
  }

  check(step: 2 | 4, { node, refusal, replaces, fromAuthEvents }: Checked): void {
    this.#trace.checks.push({
      step,
      event: node.id,
      refusal: refusal ?? null,
      replaces: replaces ?? null,
      fromAuthEvents: [...fromAuthEvents].map(({ id }) => id),
    });
  }

  /** @param changes what goes over the unconflicted state. */
  end({ conflicted }: Conflicts, changes: ReadonlyMap<string, string>): ResolutionTrace {
    for (const [key, ids] of conflicted) {
      const place = this.#placeOf(ids.find((id) => id !== undefined)!);
      this.#trace.outcome.push({ ...place, event: changes.get(key) ?? null });
    }
    for (const [key, id] of changes) {
      if (!conflicted.has(key)) this.#trace.outcome.push({ ...this.#placeOf(id), event: id });
    }
    return this.#trace;
  }

  #placeOf(eventId: string): { type: string; stateKey: string } {
    const { type, state_key: stateKey = "" } = this.#graph.get(eventId).pdu;
    return { type, stateKey };
  }
}

function earliestFirst(nodes: Iterable<AuthNode>): string[] {
  const order = (a: AuthNode, b: AuthNode) => a.generation - b.generation || (a.id < b.id ? -1 : 1);
  return [...nodes].sort(order).map(({ id }) => id);
}
