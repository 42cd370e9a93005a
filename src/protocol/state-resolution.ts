import type { RoomVersion } from "./room-versions.ts";
import { authDifference } from "./state-resolution/auth-difference.ts";
import { AuthGraph, type AuthNode, type KnownEvents } from "./state-resolution/auth-graph.ts";
import { conflictedSubgraph } from "./state-resolution/conflicted-subgraph.ts";
import { type Conflicts, separate } from "./state-resolution/conflicts.ts";
import { iterativeAuthChecks, type PartialState } from "./state-resolution/iterative-auth-checks.ts";
import { mainlineOrdering } from "./state-resolution/mainline-ordering.ts";
import { powerEventsWithChains, reverseTopologicalPowerOrdering } from "./state-resolution/power-ordering.ts";
import { type StateMap, stateKeyOf } from "./state-resolution/state-map.ts";
import { type ResolutionTrace, TraceWriter } from "./state-resolution/trace.ts";

export type { KnownEvent, KnownEvents } from "./state-resolution/auth-graph.ts";
export type { Conflicts, UnconflictedState } from "./state-resolution/conflicts.ts";
export { type StateMap, stateKeyOf } from "./state-resolution/state-map.ts";
export type { ResolutionCheck, ResolutionTrace } from "./state-resolution/trace.ts";

export type ResolutionOptions = {
  /** Whether to say how it came about. */
  trace?: boolean;
};

/**
 * The one state that follows from several, the same on every server: version 2 of the algorithm, or 2.1, as the
 * room's version says. https://spec.matrix.org/v1.19/rooms/v12/#state-resolution
 * @param events has all events of the states, with their auth chains.
 * @returns the resolved state, and a trace if one was asked for and there was anything to resolve.
 */
export function resolveState(
  version: RoomVersion,
  states: readonly StateMap[],
  events: KnownEvents,
  options: ResolutionOptions = {},
): { state: StateMap; trace?: ResolutionTrace } {
  const [first, ...others] = states;
  if (!first) return { state: new Map() };
  const conflicts = separate([first, ...others]);
  if (conflicts.conflicted.size === 0) return { state: first };
  const { changes, trace } = resolveConflicts(version, conflicts, events, options);
  const state = new Map([...conflicts.unconflicted, ...changes]);
  return { state, ...(trace && { trace }) };
}

/**
 * {@link resolveState} for who knows already where the states differ.
 * @returns the events that go over the unconflicted state; where a conflicted key is not among them, the resolved
 * state has nothing there.
 */
export function resolveConflicts(
  version: RoomVersion,
  conflicts: Conflicts,
  events: KnownEvents,
  options: ResolutionOptions = {},
): { changes: ReadonlyMap<string, string>; trace?: ResolutionTrace } {
  const algorithm = version.stateResolution;
  const graph = new AuthGraph(events, version);
  const writer = options.trace ? new TraceWriter(algorithm, graph) : undefined;
  const { unconflicted } = conflicts;

  // The full conflicted set is the union of the conflicted state set, the conflicted state subgraph (since 2.1),
  // and the auth difference.
  const conflictedStateSet = conflictedEvents(conflicts, graph);
  const subgraph = algorithm === "2.1" ? conflictedSubgraph(conflictedStateSet) : new Set<AuthNode>();
  const difference = authDifference(graph, conflicts);
  const fullConflictedSet = new Set([...conflictedStateSet, ...subgraph, ...difference]);
  writer?.conflicts(conflicts, difference, subgraph);

  // 1. Select the set X of all power events that appear in the full conflicted set. For each such power event P,
  //    enlarge X by adding the events in the auth chain of P which also belong to the full conflicted set. Sort X
  //    into a list using the reverse topological power ordering.
  const selected = powerEventsWithChains(fullConflictedSet);
  const powerEvents = reverseTopologicalPowerOrdering(selected, graph, version);
  writer?.powerEvents(powerEvents);

  // 2. Apply the iterative auth checks algorithm, starting from the unconflicted state map (since 2.1, from an
  //    empty state map), to the list of events from the previous step to get a partially resolved state.
  const state: PartialState = { changes: new Map(), base: algorithm === "2.1" ? noState : unconflicted };
  const check = (step: 2 | 4, nodes: AuthNode[]) =>
    iterativeAuthChecks(nodes, state, graph, version, writer && ((checked) => writer.check(step, checked)));
  check(
    2,
    powerEvents.map(({ node }) => node),
  );

  // 3. Take all remaining events that weren't picked in step 1 and order them by the mainline ordering based on
  //    the power level in the partially resolved state obtained in step 2.
  const powerLevelsId = state.changes.get(powerLevelsKey) ?? state.base.get(powerLevelsKey);
  const powerLevels = powerLevelsId === undefined ? undefined : graph.get(powerLevelsId);
  const remaining = [...fullConflictedSet].filter((node) => !selected.has(node));
  const { order, mainline } = mainlineOrdering(powerLevels, remaining);
  writer?.otherEvents(order, mainline);

  // 4. Apply the iterative auth checks algorithm on the partial resolved state and the list of events from the
  //    previous step.
  check(
    4,
    order.map(({ node }) => node),
  );

  // 5. Update the result by replacing any event with the event with the same key from the unconflicted state map,
  //    if such an event exists, to get the final resolved state.
  const { changes } = state;
  for (const key of changes.keys()) if (unconflicted.get(key) !== undefined) changes.delete(key);
  return { changes, ...(writer && { trace: writer.end(conflicts, changes) }) };
}

const noState = new Map<string, string>();
const powerLevelsKey = stateKeyOf("m.room.power_levels", "");

function conflictedEvents({ conflicted }: Conflicts, graph: AuthGraph): Set<AuthNode> {
  const nodes = new Set<AuthNode>();
  for (const ids of conflicted.values()) {
    let last: string | undefined;
    for (const id of ids) {
      if (id === undefined || id === last) continue;
      nodes.add(graph.get(id));
      last = id;
    }
  }
  return nodes;
}
