import { address } from "./address.ts";
import { app } from "./app.ts";
import { chat } from "./chat.ts";
import { log } from "./log.ts";
import { network } from "./network.ts";
import { pages } from "./pages.ts";
import { refusals } from "./refusals.ts";
import { step } from "./step.ts";
import { time } from "./time.ts";
import { trial } from "./trial.ts";

/** French texts, of all areas that are translated. */
export const words = {
  ...app,
  ...step,
  ...chat,
  ...address,
  ...pages,
  ...network,
  ...log,
  ...time,
  ...trial,
  ...refusals,
};
