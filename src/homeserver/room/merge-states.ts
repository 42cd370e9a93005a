import type { RoomState } from "./room-event.ts";

/**
 * The state where branches of a room's graph come together. Branches of one server always agree; those of
 * several need state resolution where they differ.
 * https://spec.matrix.org/v1.19/server-server-api/#room-state-resolution
 */
export function mergeStates(states: readonly RoomState[]): RoomState {
  const [first, ...others] = states;
  if (!first) throw new Error("No states to merge");
  for (const other of others) {
    if (!first.differences(other).next().done) throw new Error("Branches of a room differ in their state");
  }
  return first;
}
