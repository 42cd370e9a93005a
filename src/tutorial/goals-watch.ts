import type { Condition } from "../world/condition.ts";
import { roomGivenRole } from "../world/conditions/made-rooms.ts";
import { observationFold } from "../world/observation.ts";
import type { World } from "../world/world.ts";
import { type GoalsReading, readGoals, sameStatus } from "./goals.ts";
import type { GoalsStatus } from "./goals-status.ts";
import type { Step } from "./tutorial.ts";

export type GoalsWatched = {
  world: World;
  step: Step;
  /** The log's sequence number when the step began. */
  since: number;
  /** How the goals stood when they were watched last. */
  goals: GoalsStatus;
  /** Called at once with how they stand, and at each change. */
  changed(goals: GoalsStatus): void;
};

/**
 * Reads a step's goals again for each entry that comes into the world's log: one by one, so that what came after
 * what is known even where entries come in heaps. Returns what ends it.
 */
export function watchGoals({ world, step, since, goals, changed }: GoalsWatched): () => void {
  const { log } = world;
  const from = Math.min(Math.max(since, log.oldest), log.length);
  let observation = log.fold(observationFold, from);
  let reading: GoalsReading = { status: goals, readUpTo: since };
  let told: GoalsStatus | undefined;

  const read = () => {
    const before = reading.status.met;
    reading = readGoals(step, since, reading, observation, world.bindings());
    for (const { id, condition } of step.goals) {
      if (before[id] === undefined && reading.status.met[id] !== undefined) giveRole(condition);
    }
  };
  /** The room that met the goal is from now on the one that later goals speak of. */
  const giveRole = (condition: Condition) => {
    const bindings = world.bindings();
    const given = roomGivenRole(condition, { observation, bindings, since: { step: since, goals: {} } });
    if (given && bindings.rooms[given.role] === undefined) world.bindRoom(given.role, given.room);
  };
  const tell = () => {
    if (told && sameStatus(told, reading.status)) return;
    told = reading.status;
    changed(told);
  };
  // What the step found when it began may meet a goal already.
  read();
  for (const entry of log.entries(from)) {
    observation = observationFold.step(observation, entry);
    read();
  }
  const end = log.subscribe((entries) => {
    for (const entry of entries) {
      observation = observationFold.step(observation, entry);
      read();
    }
    tell();
  });
  tell();
  return end;
}
