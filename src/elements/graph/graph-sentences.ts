import { say, spokenLanguage } from "../../catalogue/late.ts";
import type { GraphNode } from "./graph-runs.ts";
import type { GraphScene } from "./graph-scene.ts";
import { eventWords, signerOf } from "./graph-words.ts";

function list(words: readonly string[]): string {
  return new Intl.ListFormat(spokenLanguage()).format(words);
}

function quoted({ nodes }: GraphScene, id: string): string {
  const events = nodes.byId.get(id)!.events;
  return say("graph.event-named", { words: eventWords(events.at(-1)!.pdu) });
}

/** Where a node stands in the graph: what it follows, what follows it, and who lacks it. */
export function standingWords(scene: GraphScene, node: GraphNode, host?: string): string[] {
  const { room, nodes } = scene;
  const last = node.events.at(-1)!;
  const { parents, unknownParents } = node;
  const children = nodes.children.get(node.id)?.length ?? 0;
  const copies = [...room.copies].filter(([name]) => host === undefined || name === host);
  const lacking = copies.flatMap(([name, { events }]) => (events.get(last.id) ? [] : [name]));
  const having = copies.length - lacking.length;
  const ends = copies.some(([, copy]) => copy.ends.includes(last.id));
  return [
    ...(parents.length > 0
      ? [say("graph.node-follows", { events: list(parents.map((id) => quoted(scene, id))) })]
      : unknownParents > 0
        ? [say("graph.unknown-past", { n: unknownParents })]
        : [say("graph.node-first")]),
    ...(parents.length > 1 ? [say("graph.node-merges", { n: parents.length })] : []),
    ...(children > 1 ? [say("graph.node-forks", { n: children })] : []),
    ...(ends ? [say("graph.node-end")] : []),
    ...(lacking.length === 0
      ? []
      : having === 1
        ? [say("graph.node-nobody", { servers: copies.find(([, { events }]) => events.get(last.id))![0] })]
        : lacking.map((server) => say("graph.node-absent", { server }))),
  ];
}

/** A node in a sentence. */
export function nodeSentence(scene: GraphScene, node: GraphNode, host?: string): string {
  const [first, last] = [node.events[0]!, node.events.at(-1)!];
  const name =
    node.events.length > 1
      ? say("graph.run-name", {
          n: node.events.length,
          first: eventWords(first.pdu),
          last: eventWords(last.pdu),
        })
      : say("graph.node", { words: eventWords(last.pdu), server: signerOf(last.pdu) });
  return [name, ...standingWords(scene, node, host)].join("; ");
}
