import type { InspectedSubject } from "../elements/network/homeroom-network.ts";
import type { ServerLooks } from "../elements/server-look.ts";
import type { Fold } from "../simulation/log.ts";
import type { StepProse } from "../tutorial/tutorial.ts";
import type { Bindings, ClockReading, World } from "../world/world.ts";

/** All that the views of the stage are drawn from. */
export type StageScene = {
  /** Absent until it is opened. */
  world: World | undefined;
  /** The log's sequence number that is looked at; absent: now. */
  at: number | undefined;
  /** The world time that is looked at, where it lies between two entries. */
  timeLookedAt: number | undefined;
  clock: ClockReading;
  bindings: Bindings;
  looks: ServerLooks;
  prose: StepProse;
  /** Nothing can be done: the past is looked at, or an earlier step. */
  readonly: boolean;
  /** The tutorial is at its beginning: nobody who has no account yet can have one. */
  untouched: boolean;
  subject: InspectedSubject | undefined;
  allTraffic: boolean;
};

/** A view's state, now or at the moment that is looked at. */
export function folded<State>({ world, at }: StageScene, fold: Fold<State>): State {
  return world ? world.log.fold(fold, at) : fold.initial;
}

/** World time of the moment that is looked at. */
export function timeShown({ world, at, timeLookedAt }: StageScene): number | undefined {
  if (!world || at === undefined) return undefined;
  return timeLookedAt ?? world.log.entry(Math.max(world.log.oldest, at - 1))?.at;
}
