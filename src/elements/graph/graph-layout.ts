import {
  coordGreedy,
  coordSimplex,
  decrossDfs,
  decrossTwoLayer,
  graphStratify,
  layeringLongestPath,
  layeringSimplex,
  sugiyama,
} from "d3-dag";
import type { GraphNode } from "./graph-runs.ts";

export type GraphPlace = { x: number; y: number };

/** Where each node stands, and how large the whole is. Oldest on the left. */
export type GraphLayout = {
  places: ReadonlyMap<string, GraphPlace>;
  width: number;
  height: number;
};

/** A node's share of the picture: its mark, and its words below. */
export const cell = { width: 104, height: 70 } as const;
/** The finest layout takes its time with more than so many nodes. */
const fineMost = 60;

/** The same nodes always give the same places. */
export function graphLayout(nodes: readonly GraphNode[]): GraphLayout {
  if (nodes.length === 0) return { places: new Map(), width: 0, height: 0 };
  const known = new Set(nodes.map(({ id }) => id));
  const graph = graphStratify()(
    nodes.map(({ id, parents }) => ({ id, parentIds: parents.filter((parent) => known.has(parent)) })),
  );
  const size = [cell.height, cell.width] as const;
  const fine = sugiyama()
    .nodeSize(size)
    .gap([0, 0])
    .layering(layeringSimplex())
    .decross(decrossTwoLayer())
    .coord(coordSimplex());
  const quick = sugiyama()
    .nodeSize(size)
    .gap([0, 0])
    .layering(layeringLongestPath())
    .decross(decrossDfs())
    .coord(coordGreedy());
  // It lays out from the top down; time goes from left to right here.
  const { width: height, height: width } = nodes.length <= fineMost ? fine(graph) : quick(graph);
  const places = new Map<string, GraphPlace>();
  for (const node of graph.nodes())
    places.set(node.data.id, { x: Math.round(node.y), y: Math.round(node.x) });
  return { places, width: Math.ceil(width), height: Math.ceil(height) };
}
