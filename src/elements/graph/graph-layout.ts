import { coordSimplex, decrossTwoLayer, graphStratify, layeringSimplex, sugiyama } from "d3-dag";
import { graphLanes } from "./graph-lanes.ts";
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
/** So many nodes get the finest layout, which takes its time; of more each gets a lane. */
const fineMost = 60;

/** The same nodes always give the same places. */
export function graphLayout(nodes: readonly GraphNode[]): GraphLayout {
  if (nodes.length === 0) return { places: new Map(), width: 0, height: 0 };
  return nodes.length <= fineMost ? fineLayout(nodes) : quickLayout(nodes);
}

function fineLayout(nodes: readonly GraphNode[]): GraphLayout {
  const known = new Set(nodes.map(({ id }) => id));
  const graph = graphStratify()(
    nodes.map(({ id, parents }) => ({ id, parentIds: parents.filter((parent) => known.has(parent)) })),
  );
  const layOut = sugiyama()
    .nodeSize([cell.height, cell.width])
    .gap([0, 0])
    .layering(layeringSimplex())
    .decross(decrossTwoLayer())
    .coord(coordSimplex());
  // It lays out from the top down; time goes from left to right here.
  const { width: height, height: width } = layOut(graph);
  const places = new Map<string, GraphPlace>();
  for (const node of graph.nodes())
    places.set(node.data.id, { x: Math.round(node.y), y: Math.round(node.x) });
  return { places, width: Math.ceil(width), height: Math.ceil(height) };
}

function quickLayout(nodes: readonly GraphNode[]): GraphLayout {
  const places = new Map<string, GraphPlace>();
  let [width, height] = [0, 0];
  for (const [id, { column, lane }] of graphLanes(nodes)) {
    places.set(id, { x: (column + 0.5) * cell.width, y: (lane + 0.5) * cell.height });
    width = Math.max(width, (column + 1) * cell.width);
    height = Math.max(height, (lane + 1) * cell.height);
  }
  return { places, width, height };
}
