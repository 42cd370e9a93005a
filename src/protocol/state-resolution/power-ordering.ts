import { compareCodePoints } from "../canonical-json.ts";
import { topologicalOrder } from "../event-graph.ts";
import type { Pdu } from "../pdu.ts";
import { type PowerLevels, powerLevels } from "../power-levels.ts";
import type { RoomVersion } from "../room-versions.ts";
import { type AuthGraph, type AuthNode, citedBy } from "./auth-graph.ts";

/** An event in reverse topological power ordering, and its sender's power level as its auth events have it. */
export type RankedEvent = { node: AuthNode; level: number };

/**
 * A power event is a state event with type `m.room.power_levels` or `m.room.join_rules`, or a state event with
 * type `m.room.member` where the `membership` is `leave` or `ban` and the `sender` does not match the
 * `state_key`. (Of the first two only the ones that count, those with an empty state key, as other servers
 * have it.)
 */
export function isPowerEvent({ type, state_key, sender, content }: Pdu): boolean {
  if (type === "m.room.power_levels" || type === "m.room.join_rules") return state_key === "";
  if (type !== "m.room.member" || state_key === undefined) return false;
  return (content.membership === "leave" || content.membership === "ban") && sender !== state_key;
}

/**
 * For each such power event P, enlarge X by adding the events in the auth chain of P which also belong to the
 * full conflicted set. (Found from one to the next within that set, as other servers do. In version 2.1 this is
 * no restriction, since the set has all that is between two of its events.)
 */
export function powerEventsWithChains(fullConflictedSet: ReadonlySet<AuthNode>): Set<AuthNode> {
  const selected = new Set<AuthNode>();
  for (const node of fullConflictedSet) if (isPowerEvent(node.pdu)) selected.add(node);
  // A set can grow while it is walked.
  for (const node of selected) {
    for (const cited of node.cited) if (fullConflictedSet.has(cited)) selected.add(cited);
  }
  return selected;
}

/**
 * The reverse topological power ordering of a set of events is the lexicographically smallest topological
 * ordering based on the DAG formed by auth events, from earliest event to latest.
 */
export function reverseTopologicalPowerOrdering(
  events: ReadonlySet<AuthNode>,
  graph: AuthGraph,
  version: RoomVersion,
): RankedEvent[] {
  const levelOf = senderLevels(graph, version);
  const ranked = new Map<string, RankedEvent>();
  const pdus = new Map<string, Pdu>();
  for (const node of events) {
    ranked.set(node.id, { node, level: levelOf(node) });
    pdus.set(node.id, node.pdu);
  }
  const compare = (aId: string, bId: string) => compareByPower(ranked.get(aId)!, ranked.get(bId)!);
  return topologicalOrder(pdus, "auth_events", compare).map((id) => ranked.get(id)!);
}

/** For events x and y, x < y if */
function compareByPower(x: RankedEvent, y: RankedEvent): number {
  // 1. x's sender has greater power level than y's sender, when looking at their respective auth_events; or
  if (x.level !== y.level) return x.level > y.level ? -1 : 1;
  return compareByTime(x.node, y.node);
}

/** What decides where nothing else does. */
export function compareByTime(x: AuthNode, y: AuthNode): number {
  return (
    // 2. the senders have the same power level, but x's origin_server_ts is less than y's origin_server_ts; or
    x.pdu.origin_server_ts - y.pdu.origin_server_ts ||
    // 3. the senders have the same power level and the events have the same origin_server_ts, but x's event_id
    //    is less than y's event_id.
    compareCodePoints(x.id, y.id)
  );
}

/** Reads each power levels event once. */
function senderLevels(graph: AuthGraph, version: RoomVersion): (node: AuthNode) => number {
  const read = new Map<AuthNode | undefined, PowerLevels>();
  return (node) => {
    const create = graph.createOf(node);
    // Only the create event itself is without one.
    if (!create) return 0;
    const cited = citedBy(node, "m.room.power_levels", "");
    let levels = read.get(cited);
    if (!levels) {
      levels = powerLevels(create.pdu, cited?.pdu, version);
      read.set(cited, levels);
    }
    return levels.user(node.pdu.sender);
  };
}
