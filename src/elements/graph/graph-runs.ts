import type { GraphEvent, GraphRoom } from "./graph-state.ts";

/** What the graph draws as one: an event, or a long straight run of them. */
export type GraphNode = {
  /** The event's id; of a run, that of its first event. */
  id: string;
  /** Oldest first; more than one of a run. */
  events: readonly GraphEvent[];
  /** The nodes that it follows. */
  parents: readonly string[];
  /** Events before it that nobody here has. */
  unknownParents: number;
};

export type GraphNodes = {
  nodes: readonly GraphNode[];
  byId: ReadonlyMap<string, GraphNode>;
  /** Event → the node that it is in. */
  nodeOf: ReadonlyMap<string, string>;
  /** Node → the nodes that follow it. */
  children: ReadonlyMap<string, readonly string[]>;
};

/** Rooms of so few events show each. */
const fewEvents = 26;
/** So long is the shortest run that folds. */
const shortestRun = 5;
/** So many of the newest events of a room never fold. */
const newestShown = 8;

/** Who has the event, and what each made of it: a run is the same to everybody. */
function standing(room: GraphRoom, id: string): string {
  let key = "";
  for (const [host, copy] of room.copies) {
    const verdict = copy.events.get(id)?.verdict;
    if (verdict) key += `${host} ${verdict} `;
  }
  return key;
}

/**
 * The room's events as nodes, straight runs folded.
 * @param open runs that stay unfolded: ids of events in them.
 */
export function graphNodes(room: GraphRoom, open: ReadonlySet<string>): GraphNodes {
  const order = [...room.order.items()];
  const followers = new Map<string, string[]>();
  for (const id of order) {
    for (const parent of new Set(room.events.get(id)!.pdu.prev_events)) {
      if (!room.events.get(parent)) continue;
      const known = followers.get(parent);
      if (known) known.push(id);
      else followers.set(parent, [id]);
    }
  }
  const fold = order.length > fewEvents;
  const shown = new Set(order.slice(-newestShown));
  const parentsOf = (id: string) => [...new Set(room.events.get(id)!.pdu.prev_events)];
  /** Is it a link in the middle of a straight chain, that may be folded? */
  const straight = (id: string): boolean => {
    const [parent, second] = parentsOf(id);
    return (
      parent !== undefined &&
      second === undefined &&
      room.events.get(parent) !== undefined &&
      followers.get(id)?.length === 1 &&
      !shown.has(id)
    );
  };

  const nodeOf = new Map<string, string>();
  const groups: GraphEvent[][] = [];
  for (const id of sorted(room, order)) {
    if (nodeOf.has(id)) continue;
    const run = [id];
    if (fold && straight(id)) {
      const look = standing(room, id);
      for (let next = followers.get(id)![0]!; straight(next) && standing(room, next) === look; ) {
        run.push(next);
        next = followers.get(next)![0]!;
      }
    }
    const folds = run.length >= shortestRun && !run.some((each) => open.has(each));
    for (const group of folds ? [run] : run.map((each) => [each])) {
      for (const each of group) nodeOf.set(each, group[0]!);
      groups.push(group.map((each) => room.events.get(each)!));
    }
  }
  const nodes = groups.map((events): GraphNode => {
    const { id } = events[0]!;
    const known = parentsOf(id).filter((parent) => nodeOf.has(parent));
    const parents = [...new Set(known.map((parent) => nodeOf.get(parent)!))];
    return { id, events, parents, unknownParents: parentsOf(id).length - known.length };
  });
  const children = new Map<string, string[]>();
  for (const { id, parents } of nodes) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known) known.push(id);
      else children.set(parent, [id]);
    }
  }
  return { nodes, byId: new Map(nodes.map((node) => [node.id, node])), nodeOf, children };
}

/** Parents before children, as depth has it; of the same depth the one that was told of first. */
function sorted(room: GraphRoom, order: readonly string[]): string[] {
  const depth = (id: string) => room.events.get(id)!.pdu.depth;
  return order
    .map((id, place) => ({ id, place }))
    .sort((one, other) => depth(one.id) - depth(other.id) || one.place - other.place)
    .map(({ id }) => id);
}
