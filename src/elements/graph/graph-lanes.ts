import type { GraphNode } from "./graph-runs.ts";

/** A node's column, oldest first, and its lane, from the top. */
export type LanePlace = { column: number; lane: number };

/**
 * Places many nodes at once: each one column behind the last that it follows, and branches in lanes of their own. It
 * looks at each node once, and what is added later leaves the others where they are.
 */
export function graphLanes(nodes: readonly GraphNode[]): ReadonlyMap<string, LanePlace> {
  const columns = columnsOf(nodes);
  const inOrder = nodes.toSorted((one, other) => columns.get(one.id)! - columns.get(other.id)!);
  /** Node → the first that follows it, which stays in its lane. */
  const heirs = new Map<string, string>();
  for (const { id, parents } of inOrder) {
    const [first] = parents;
    if (first !== undefined && !heirs.has(first)) heirs.set(first, id);
  }
  const places = new Map<string, LanePlace>();
  /** Lane → the first column in which it is free. */
  const freeFrom: number[] = [];
  for (const { id, parents } of inOrder) {
    const [first] = parents;
    const column = columns.get(id)!;
    const before = first === undefined ? undefined : places.get(first);
    const inherits = first !== undefined && heirs.get(first) === id;
    const lane = before && inherits ? before.lane : nearestFree(freeFrom, before?.lane ?? 0, column);
    const heir = heirs.get(id);
    freeFrom[lane] = 1 + (heir === undefined ? column : columns.get(heir)!);
    places.set(id, { column, lane });
  }
  return places;
}

/** One more than the greatest of those that a node follows. Depths, by which nodes are sorted, can be lies. */
function columnsOf(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  let settled = false;
  for (let pass = 0; !settled && pass < nodes.length; pass++) {
    settled = true;
    for (const { id, parents } of nodes) {
      let column = 0;
      for (const parent of parents) column = Math.max(column, 1 + (columns.get(parent) ?? -1));
      if (column === columns.get(id)) continue;
      columns.set(id, column);
      settled = false;
    }
  }
  return columns;
}

function nearestFree(freeFrom: readonly number[], wanted: number, column: number): number {
  let nearest = freeFrom.length;
  for (const [lane, from] of freeFrom.entries()) {
    if (from <= column && Math.abs(lane - wanted) < Math.abs(nearest - wanted)) nearest = lane;
  }
  return nearest;
}
