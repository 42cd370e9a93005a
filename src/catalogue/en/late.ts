import { fields } from "./fields.ts";
import { forge } from "./forge.ts";
import { graph } from "./graph.ts";
import { inspector } from "./inspector.ts";
import { log } from "./log.ts";
import { network } from "./network.ts";
import { rules } from "./rules.ts";
import { time } from "./time.ts";

/** English texts of the views that no first step shows: they come with these views. */
export const lateWords = {
  ...network,
  ...inspector,
  ...forge,
  ...graph,
  ...fields,
  ...log,
  ...rules,
  ...time,
};
