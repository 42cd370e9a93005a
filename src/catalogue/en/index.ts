import { address } from "./address.ts";
import { app } from "./app.ts";
import { chat } from "./chat.ts";
import { step } from "./step.ts";

/** English texts of what every page, and the first step of a tutorial, says. Keys are `area.what`. */
export const words = { ...app, ...step, ...chat, ...address };
