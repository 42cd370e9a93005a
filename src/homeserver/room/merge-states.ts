import type { RoomVersion } from "../../protocol/room-versions.ts";
import { type ResolutionTrace, resolveConflicts } from "../../protocol/state-resolution.ts";
import type { RoomEvent, RoomState } from "./room-event.ts";

/** What it takes to resolve states; a room has it. */
export type Resolving = {
  readonly version: RoomVersion;
  readonly events: ReadonlyMap<string, RoomEvent>;
  /** A state that is much like the resolved one will be. */
  readonly current?: RoomState;
  /** Called when states had to be resolved, with how it came about. Absent: no trace is written. */
  onResolved?(trace: ResolutionTrace): void;
};

/**
 * The state where branches of a room's graph come together. Branches of one server always agree; those of
 * several need state resolution where they differ.
 * https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution
 * @param room of these states; without it they have to agree.
 */
export function mergeStates(states: readonly RoomState[], room?: Resolving): RoomState {
  const [first] = states;
  if (!first) throw new Error("No states to merge");
  if (states.length === 1) return first;
  if (!room) {
    if (states.every((state) => first.differences(state).length === 0)) return first;
    throw new Error("Branches of a room differ in their state");
  }
  const known = merges.get(first) ?? [];
  const same = known.find((merge) => isSame(merge.states, states));
  if (same) return same.merged;
  const shorter = known.find(
    (merge) => merge.conflicted && isSame(merge.states, states.slice(0, states.length - 1)),
  );
  const conflicted = conflictsOf(first, states, shorter);
  if (conflicted.size === 0) return first;
  const changes = resolve(first, conflicted, room);
  const merged = apply(changes, first, conflicted, shorter, room);
  merges.set(first, [{ states, conflicted, changes, merged }, ...known].slice(0, kept));
  return merged;
}

/** State key → the event that each of some states has there, where they differ. */
type Conflicted = Map<string, (string | undefined)[]>;
/** State key → the event that goes over what states agree on. */
type Changes = ReadonlyMap<string, string>;
type Merge = {
  states: readonly RoomState[];
  /** `undefined` once a longer merge went on with it. */
  conflicted: Conflicted | undefined;
  changes: Changes;
  merged: RoomState;
};

/**
 * What came of the latest merges that begin with a state. A fork's ends are asked for their state by each event
 * that follows them, and states never change.
 */
const merges = new WeakMap<RoomState, Merge[]>();
const kept = 4;

function isSame(a: readonly RoomState[], b: readonly RoomState[]): boolean {
  return a.length === b.length && a.every((state, index) => state === b[index]);
}

/**
 * Found without a look at what states share. A fork that many make at the same time grows by an end with each event:
 * then only that is looked at, over what was found for the others.
 */
function conflictsOf(first: RoomState, states: readonly RoomState[], shorter: Merge | undefined): Conflicted {
  const conflicted: Conflicted = shorter?.conflicted ?? new Map();
  if (shorter) shorter.conflicted = undefined;
  for (let index = shorter ? states.length - 1 : 1; index < states.length; index++) {
    const state = states[index]!;
    for (const [key, event] of first.differences(state)) {
      if (!conflicted.has(key)) conflicted.set(key, Array(index).fill(event?.id));
    }
    for (const [key, ids] of conflicted) ids.push(state.get(key)?.id);
  }
  return conflicted;
}

function resolve(
  first: RoomState,
  conflicted: Conflicted,
  { version, events, onResolved }: Resolving,
): Changes {
  const unconflicted = {
    get: (key: string) => (conflicted.has(key) ? undefined : first.get(key)?.id),
    *values() {
      for (const [key, { id }] of first.entries()) if (!conflicted.has(key)) yield id;
    },
  };
  const { changes, trace } = resolveConflicts(version, { conflicted, unconflicted }, events, {
    trace: onResolved !== undefined,
  });
  if (trace) onResolved?.(trace);
  return changes;
}

/** The resolved state, made from one that is much like it, so that the two share what they can. */
function apply(
  changes: Changes,
  first: RoomState,
  conflicted: Conflicted,
  shorter: Merge | undefined,
  { events, current }: Resolving,
): RoomState {
  let merged = shorter?.merged ?? current ?? first;
  const put = (key: string, event: RoomEvent | undefined) => {
    merged = event ? merged.with(key, event) : merged.without(key);
  };
  const others = shorter ? shorter.changes.keys() : [...first.differences(merged)].map(([key]) => key);
  for (const key of others) if (!conflicted.has(key) && !changes.has(key)) put(key, first.get(key));
  for (const key of conflicted.keys()) if (!changes.has(key)) put(key, undefined);
  for (const [key, id] of changes) if (shorter?.changes.get(key) !== id) put(key, events.get(id)!);
  return merged;
}
