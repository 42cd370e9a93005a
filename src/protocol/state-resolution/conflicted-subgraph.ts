import { type AuthNode, compareGenerations } from "./auth-graph.ts";

/**
 * Starting from an event in the conflicted state set and following `auth_events` edges may lead to another event
 * in the conflicted state set. The union of all such paths between any pair of events in the conflicted state
 * set (including endpoints) forms a subgraph of the original auth_event graph, called the conflicted state
 * subgraph.
 * https://spec.matrix.org/v1.19/rooms/v12/#state-resolution
 * @returns its events but for those of the conflicted state set.
 */
export function conflictedSubgraph(conflicted: ReadonlySet<AuthNode>): Set<AuthNode> {
  // No path to a conflicted event leads through a generation before all of theirs.
  let earliest = Number.POSITIVE_INFINITY;
  for (const node of conflicted) earliest = Math.min(earliest, node.generation);
  const reached = new Set(conflicted);
  // A set can grow while it is walked.
  for (const node of reached) {
    for (const cited of node.cited) if (cited.generation > earliest) reached.add(cited);
  }
  const between = new Set<AuthNode>();
  const leadsThere = (node: AuthNode) => conflicted.has(node) || between.has(node);
  for (const node of [...reached].sort(compareGenerations)) {
    if (!conflicted.has(node) && node.cited.some(leadsThere)) between.add(node);
  }
  return between;
}
