import type { JsonObject } from "../../protocol/json.ts";
import type { Definitions } from "./shape.ts";
import { tutorialShape } from "./tutorial-shape.ts";

/** The JSON Schema of tutorial.yaml, for editors: the same description that the parser reads by. */
export function tutorialSchema(): JsonObject {
  const definitions: Definitions = new Map();
  const root = tutorialShape.schema(definitions);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Homeroom tutorial (tutorial.yaml)",
    ...root,
    $defs: Object.fromEntries(definitions),
  };
}
