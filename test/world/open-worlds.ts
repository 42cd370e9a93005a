import type { Condition } from "../../src/world/condition.ts";
import { holds } from "../../src/world/condition.ts";
import { type OpenWorldOptions, openWorld } from "../../src/world/open-world.ts";
import type { Scenario } from "../../src/world/scenario.ts";
import type { SimulatedWorld } from "../../src/world/simulated-world.ts";
import { keepWorldTraffic } from "../traffic.ts";
import { say } from "./scenarios.ts";

/** Milliseconds after which something that should have come true has not, on however slow a machine. */
const patience = 60_000;

const open = new Set<SimulatedWorld>();

/** A world that `closeWorlds` stops. */
export async function openTestWorld(
  scenario: Scenario,
  options: Partial<OpenWorldOptions> = {},
): Promise<SimulatedWorld> {
  const { world } = await openWorld({ tutorialId: "test", scenario, say, storage: "memory", ...options });
  open.add(world);
  return world;
}

export function alsoClose(world: SimulatedWorld): void {
  open.add(world);
}

export async function closeWorlds(): Promise<void> {
  const worlds = [...open];
  open.clear();
  for (const world of worlds) {
    keepWorldTraffic(world.log.entries());
    await world.stop();
  }
}

export function isTrue(world: SimulatedWorld, condition: Condition): boolean {
  return holds(condition, world.observation(), world.bindings(), { step: 0, goals: {} });
}

/** Resolves when the condition holds; fails when it never does. */
export function until(world: SimulatedWorld, condition: Condition): Promise<void> {
  return untilLog(
    world,
    () => isTrue(world, condition),
    () => JSON.stringify(condition),
  );
}

/** Resolves when it is so, looking after each thing that comes into the log; fails when that never comes. */
export function untilLog(
  world: SimulatedWorld,
  isSo: () => unknown,
  what: () => string = () => String(isSo),
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (!isSo()) return;
      end();
      resolve();
    };
    const endLooking = world.log.subscribe(look);
    const timer = setTimeout(() => {
      end();
      reject(new Error(`Not so after ${patience} ms: ${what()}`));
    }, patience);
    const end = (): void => {
      endLooking();
      clearTimeout(timer);
    };
    look();
  });
}
