import type { StateMap } from "./state-map.ts";

/** Some states, apart into what they agree on and what they do not. */
export type Conflicts = {
  /** State key → the event that each of the states has there, in their order. */
  conflicted: ReadonlyMap<string, readonly (string | undefined)[]>;
  unconflicted: UnconflictedState;
};

/** The unconflicted state map: only the keys on which all states agree. A Map does. */
export interface UnconflictedState {
  get(key: string): string | undefined;
  values(): Iterable<string>;
}

/**
 * If a given key K is present in every state with the same value V in each state map, then the pair (K, V)
 * belongs to the unconflicted state map. Otherwise, V belongs to the conflicted state set.
 */
export function separate(states: readonly [StateMap, ...StateMap[]]): Conflicts & { unconflicted: StateMap } {
  const [first, ...others] = states;
  const unconflicted = new Map<string, string>();
  const conflicted = new Map<string, (string | undefined)[]>();
  for (const [key, id] of first) {
    if (others.every((state) => state.get(key) === id)) unconflicted.set(key, id);
    else conflicted.set(key, []);
  }
  for (const state of others) {
    for (const key of state.keys()) if (!first.has(key)) conflicted.set(key, []);
  }
  for (const [key, ids] of conflicted) for (const state of states) ids.push(state.get(key));
  return { conflicted, unconflicted };
}
