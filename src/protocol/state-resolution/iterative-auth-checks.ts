import { type AuthState, authorize } from "../auth-rules.ts";
import type { Pdu } from "../pdu.ts";
import type { Refusal } from "../refusal.ts";
import type { RoomVersion } from "../room-versions.ts";
import { type AuthGraph, type AuthNode, citedBy } from "./auth-graph.ts";
import { stateKeyOf } from "./state-map.ts";

/** A room's state in the making: what was allowed so far, over what it started from. */
export type PartialState = { changes: Map<string, string>; base: { get(key: string): string | undefined } };

/** What came of one check. */
export type Checked = {
  node: AuthNode;
  refusal: Refusal | undefined;
  /** What it takes the place of. */
  replaces: string | undefined;
  /** What the state lacked and the event's own `auth_events` had. */
  fromAuthEvents: ReadonlySet<AuthNode>;
};

/**
 * The iterative auth checks algorithm takes as input an initial room state and a sorted list of state events, and
 * constructs a new room state by iterating through the event list and applying the state event to the room
 * state if the state event is allowed by the authorisation rules.
 */
export function iterativeAuthChecks(
  events: Iterable<AuthNode>,
  state: PartialState,
  graph: AuthGraph,
  version: RoomVersion,
  onCheck?: (checked: Checked) => void,
): void {
  for (const node of events) {
    // Only hostile auth_events lead to what is no state event.
    if (node.key === undefined) continue;
    const replaces = onCheck && find(state, node.key);
    const fromAuthEvents = onCheck && new Set<AuthNode>();
    const refusal = decide(node, version, stateFor(node, state, graph, version, fromAuthEvents));
    // If the state event is not allowed by the authorisation rules, then the event is ignored.
    if (!refusal) state.changes.set(node.key, node.id);
    if (fromAuthEvents) onCheck({ node, refusal, replaces, fromAuthEvents });
  }
}

/** What was decided of an event, and all that was looked at in the state. */
type Decision = {
  version: RoomVersion;
  rejected: boolean;
  create: AuthState["create"];
  reads: readonly { type: string; stateKey: string; pdu: Pdu | undefined }[];
  refusal: Refusal | undefined;
};

/**
 * The latest decision on each event. A fork is resolved with each event that comes to it, and what the rules look at
 * for one event seldom changes by another.
 */
const decisions = new WeakMap<Pdu, Decision>();

function decide(node: AuthNode, version: RoomVersion, state: AuthState): Refusal | undefined {
  const { pdu, rejected } = node;
  const { create } = state;
  const known = decisions.get(pdu);
  if (
    known?.version === version &&
    known.rejected === rejected &&
    known.create === create &&
    known.reads.every((read) => state.get(read.type, read.stateKey) === read.pdu)
  ) {
    return known.refusal;
  }
  const reads: { type: string; stateKey: string; pdu: Pdu | undefined }[] = [];
  const noted: AuthState = {
    ...state,
    get(type, stateKey) {
      const read = { type, stateKey, pdu: state.get(type, stateKey) };
      reads.push(read);
      return read.pdu;
    },
  };
  // Verified when it came, and its keys are those of the event that it cites.
  const refusal = authorize(pdu, version, noted, { thirdPartyInviteSigned: !rejected });
  decisions.set(pdu, { version, rejected, create, reads, refusal });
  return refusal;
}

/**
 * If a (event_type, state_key) key that is required for checking the authorisation rules is not present in the
 * state, then the appropriate state event from the event's auth_events is used if the auth event is not rejected.
 */
function stateFor(
  node: AuthNode,
  state: PartialState,
  graph: AuthGraph,
  version: RoomVersion,
  fromAuthEvents?: Set<AuthNode>,
): AuthState {
  const get = (type: string, stateKey: string): AuthNode | undefined => {
    const cited = citedBy(node, type, stateKey);
    const id = find(state, cited?.key ?? stateKeyOf(type, stateKey));
    if (id !== undefined) return graph.get(id);
    if (!cited || cited.rejected) return undefined;
    fromAuthEvents?.add(cited);
    return cited;
  };
  const create = version.authEventsCiteCreate ? get("m.room.create", "") : impliedCreate(node, graph);
  return {
    create: create?.pdu,
    ...(create && { createId: create.id }),
    get: (type, stateKey) => get(type, stateKey)?.pdu,
  };
}

/** Where a room's id is that of its create event, it stands for the one among the auth_events. */
function impliedCreate(node: AuthNode, graph: AuthGraph): AuthNode | undefined {
  const create = graph.createOf(node);
  return create?.rejected ? undefined : create;
}

function find({ changes, base }: PartialState, key: string): string | undefined {
  return changes.get(key) ?? base.get(key);
}
