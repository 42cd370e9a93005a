import type { AuthGraph, AuthNode } from "./auth-graph.ts";
import type { Conflicts } from "./conflicts.ts";

/**
 * The auth difference is calculated by first calculating the full auth chain for each state, that is the union
 * of the auth chains for each event in it, and then taking every event that doesn't appear in every auth chain.
 *
 * A state's own events count as part of its chain here, as in the servers that rooms are shared with. What
 * that leaves out is an event on which all states agree and which the chain of only some of them has.
 */
export function authDifference(graph: AuthGraph, { conflicted, unconflicted }: Conflicts): Set<AuthNode> {
  const states: AuthNode[][] = [];
  for (const ids of conflicted.values()) {
    ids.forEach((id, state) => {
      states[state] ??= [];
      if (id !== undefined) states[state].push(graph.get(id));
    });
  }
  const agreed = new Set(unconflicted.values());
  const [first = [], ...others] = states;
  const difference = new Set<AuthNode>();
  // What is in some chains and not in all is in the first and not in another, or the other way round.
  for (let from = 0; from < others.length; from += atOnce) {
    const some = [first, ...others.slice(from, from + atOnce)];
    for (const node of differenceOf(some, agreed, graph)) difference.add(node);
  }
  return difference;
}

/** As many states as there are bits in a mark, but for the first one. */
const atOnce = 29;

/**
 * Goes from the latest generation back, and notes at each event in whose chains it is. Once all that is left to
 * look at is in all of them, so is everything before it.
 */
function differenceOf(
  states: readonly AuthNode[][],
  agreed: ReadonlySet<string>,
  graph: AuthGraph,
): AuthNode[] {
  const all = 2 ** states.length - 1;
  const marks = new Map<AuthNode, number>();
  const byGeneration = new Map<number, AuthNode[]>();
  let latest = 0;
  let undecided = 0;
  const mark = (node: AuthNode, bits: number) => {
    const before = marks.get(node);
    const after = (before ?? 0) | bits;
    if (after === before || agreed.has(node.id)) return;
    marks.set(node, after);
    if (before === undefined) {
      const { generation } = node;
      const alike = byGeneration.get(generation);
      if (alike) alike.push(node);
      else byGeneration.set(generation, [node]);
      latest = Math.max(latest, generation);
      if (after !== all) undecided++;
    } else if (after === all) undecided--;
  };
  for (const id of new Set([...agreed].flatMap((agreedId) => graph.citedIds(agreedId)))) {
    const node = graph.find(id);
    if (node) mark(node, all);
  }
  states.forEach((nodes, state) => {
    for (const node of nodes) mark(node, 1 << state);
  });
  const difference: AuthNode[] = [];
  for (let generation = latest; generation >= 0 && undecided > 0; generation--) {
    for (const node of byGeneration.get(generation) ?? []) {
      const bits = marks.get(node)!;
      if (bits !== all) {
        undecided--;
        difference.push(node);
      }
      for (const cited of node.cited) mark(cited, bits);
    }
  }
  return difference;
}
