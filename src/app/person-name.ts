import { say } from "../catalogue/catalogue.ts";
import type { ScenarioPerson } from "../world/scenario.ts";
import type { StageScene } from "./stage-scene.ts";

/** What a person is called: by the name that they show, and the learner by “You” until they have one. */
export function personName({ bindings }: StageScene, { id, name }: ScenarioPerson): string {
  const bound = bindings.people[id];
  if (id === "you" && bound?.user === undefined) return say("stage.you");
  return bound?.name ?? name;
}
