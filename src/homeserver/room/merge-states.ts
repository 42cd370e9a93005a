import type { RoomVersion } from "../../protocol/room-versions.ts";
import { type ResolutionTrace, resolveConflicts } from "../../protocol/state-resolution.ts";
import type { RoomEvent, RoomState } from "./room-event.ts";

/** What it takes to resolve states; a room has it. */
export type Resolving = {
  readonly version: RoomVersion;
  readonly events: ReadonlyMap<string, RoomEvent>;
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
  const keys = differingKeys(first, states);
  if (keys.size === 0) return first;
  if (!room) throw new Error("Branches of a room differ in their state");
  const known = merges.get(first)?.find((merge) => isSame(merge.states, states));
  if (known) return known.merged;
  const merged = resolve(first, states, keys, room);
  merges.set(first, [{ states, merged }, ...(merges.get(first) ?? [])].slice(0, kept));
  return merged;
}

/**
 * What came of the latest merges that begin with a state. A fork's ends are asked for their state by each event
 * that follows them, and states never change.
 */
const merges = new WeakMap<RoomState, { states: readonly RoomState[]; merged: RoomState }[]>();
const kept = 4;

function isSame(a: readonly RoomState[], b: readonly RoomState[]): boolean {
  return a.length === b.length && a.every((state, index) => state === b[index]);
}

/** Found without a look at what states share. */
function differingKeys(first: RoomState, states: readonly RoomState[]): Set<string> {
  const keys = new Set<string>();
  for (const state of states) for (const [key] of first.differences(state)) keys.add(key);
  return keys;
}

function resolve(
  first: RoomState,
  states: readonly RoomState[],
  keys: ReadonlySet<string>,
  { version, events, onResolved }: Resolving,
): RoomState {
  const conflicted = new Map([...keys].map((key) => [key, states.map((state) => state.get(key)?.id)]));
  const unconflicted = {
    get: (key: string) => (keys.has(key) ? undefined : first.get(key)?.id),
    *values() {
      for (const [key, { id }] of first.entries()) if (!keys.has(key)) yield id;
    },
  };
  const { changes, trace } = resolveConflicts(version, { conflicted, unconflicted }, events, {
    trace: onResolved !== undefined,
  });
  if (trace) onResolved?.(trace);
  let merged = first;
  for (const key of keys) if (!changes.has(key)) merged = merged.without(key);
  for (const [key, id] of changes) merged = merged.with(key, events.get(id)!);
  return merged;
}
