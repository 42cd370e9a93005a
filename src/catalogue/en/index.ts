import { address } from "./address.ts";
import { app } from "./app.ts";
import { chat } from "./chat.ts";
import { inspector } from "./inspector.ts";
import { log } from "./log.ts";
import { network } from "./network.ts";
import { refusals } from "./refusals.ts";
import { step } from "./step.ts";
import { time } from "./time.ts";

/** Every text for people, in English. Keys are `area.what`. */
export const words = { ...app, ...step, ...chat, ...network, ...inspector, ...log, ...time, ...address, ...refusals };
