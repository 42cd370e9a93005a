import type { Prose, Tutorial } from "../../tutorial/tutorial.ts";
import { firstScene } from "../../world/scene.ts";
import { SimulatedWorld } from "../../world/simulated-world.ts";
import { memoryWorldStore } from "../../world/world-store.ts";
import type { WorldSource } from "./world-source.ts";

/** Worlds of a tutorial, simulated in this browser. */
export function browserWorlds(
  tutorial: Tutorial,
  prose: Prose,
  { lasting }: { lasting: boolean },
): WorldSource {
  let world: SimulatedWorld | undefined;
  return {
    lasting,
    async fresh() {
      world = await SimulatedWorld.start({
        scenario: tutorial.scenario,
        say: prose.say,
        scene: firstScene(tutorial.scenario, Date.now()),
        store: memoryWorldStore(),
        announce: true,
        name: tutorial.id,
      });
      await world.prepare();
      return world;
    },
    kept: async () => undefined,
    checkpoint: async (name) => world?.kept(name),
    copy: async () => new Blob([]),
  };
}
