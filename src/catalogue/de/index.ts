import { address } from "./address.ts";
import { app } from "./app.ts";
import { chat } from "./chat.ts";
import { encryption } from "./encryption.ts";
import { fields } from "./fields.ts";
import { forge } from "./forge.ts";
import { graph } from "./graph.ts";
import { inspector } from "./inspector.ts";
import { log } from "./log.ts";
import { messages } from "./messages.ts";
import { network } from "./network.ts";
import { pages } from "./pages.ts";
import { refusals } from "./refusals.ts";
import { rooms } from "./rooms.ts";
import { rules } from "./rules.ts";
import { step } from "./step.ts";
import { time } from "./time.ts";
import { trial } from "./trial.ts";

/** German texts, of all areas that are translated. */
export const words = {
  ...address,
  ...app,
  ...chat,
  ...encryption,
  ...fields,
  ...forge,
  ...graph,
  ...inspector,
  ...log,
  ...messages,
  ...network,
  ...pages,
  ...refusals,
  ...rooms,
  ...rules,
  ...step,
  ...time,
  ...trial,
};
