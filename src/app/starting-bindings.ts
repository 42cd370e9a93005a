import type { Scenario } from "../world/scenario.ts";
import type { Bindings } from "../world/world.ts";

/** Who the roles are before anything has happened: what a step says while its world is not there yet. */
export function startingBindings(scenario: Scenario): Bindings {
  const people = scenario.people.map(({ id, name, at, account }) => [
    id,
    { name, server: at, ...(account !== undefined && { user: `@${account}:${at}` }) },
  ]);
  return { rooms: {}, people: Object.fromEntries(people) as Bindings["people"] };
}
