import type { SnapshotFrom } from "xstate";
import { firstContext } from "../../tutorial/first-context.ts";
import type { StartingPoint } from "../../tutorial/starting-point.ts";
import type { StepContext } from "../../tutorial/step-events.ts";
import type { StepMachine } from "../../tutorial/step-machine.ts";
import type { Tutorial } from "../../tutorial/tutorial.ts";

/** What the page reads of the step machine. */
export type SessionState = Pick<SnapshotFrom<StepMachine>, "context" | "matches" | "hasTag">;

/**
 * What the page draws before the machine is there: the saved place as it was, else a step that has just begun.
 * @param asked the step that the page's address names
 */
export function sketchedState(
  tutorial: Tutorial,
  point: StartingPoint,
  asked: string | undefined,
): SessionState {
  // What startingPoint lets through has both.
  const saved =
    point.from === "snapshot"
      ? (point.snapshot as unknown as { value: string; context: StepContext })
      : undefined;
  const value = saved?.value ?? "opening";
  const context =
    saved?.context ?? firstContext(tutorial, asked ?? (point.from === "step" ? point.step : undefined));
  return {
    context,
    matches: (state) => state === value,
    hasTag: (tag) => tag === "busy",
  };
}
