import type { Prose, Tutorial } from "../../tutorial/tutorial.ts";
import type { WorldSource } from "./world-source.ts";

/** Worlds of a tutorial, simulated in this browser. What plays them comes with the first one. */
export function browserWorlds(tutorial: Tutorial, prose: Prose): WorldSource {
  const asked = { tutorialId: tutorial.id, scenario: tutorial.scenario, say: prose.say };
  const opening = () => import("../../world/open-world.ts");
  return {
    warmUp() {
      opening().catch((error: unknown) => console.error(error));
    },
    async fresh({ lasting, storageLost, cryptoProgress }) {
      const { openWorld } = await opening();
      const storage = lasting ? "indexeddb" : "memory";
      const opened = await openWorld({ ...asked, storage, storageLost, cryptoProgress });
      if (opened.storage !== storage) storageLost();
      return opened.world;
    },
    async kept(heard) {
      const { reopenWorld } = await opening();
      return (await reopenWorld({ ...asked, ...heard }))?.world;
    },
    async copy() {
      const { copyOfSavedWorld } = await opening();
      return copyOfSavedWorld(tutorial.id);
    },
  };
}
