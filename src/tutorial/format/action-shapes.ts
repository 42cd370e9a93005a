import type { Action } from "../../world/action.ts";
import type { SolutionPart } from "../tutorial.ts";
import { condition, lookTarget } from "./condition-shapes.ts";
import { encryptionActionShapes } from "./encryption-shapes.ts";
import { federationActionShapes } from "./federation-shapes.ts";
import { kept, keyed } from "./keyed-shapes.ts";
import { pair } from "./list-shapes.ts";
import { messageActionShapes } from "./message-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { addressField, by, device, filledText, host, user } from "./reference-shapes.ts";
import { roomActionShapes } from "./room-shapes.ts";
import { choice, name, number, truth } from "./scalar-shapes.ts";
import { map, named, type Shape } from "./shape.ts";

const credentials = { name: required(filledText), password: required(filledText) };

/** Every action that a script, a solution or a beginning may hold. */
export const actionWords = kept("action", {
  signUp: object({ ...by, ...credentials }),
  signIn: object({ ...by, ...credentials }),
  signOut: object({ ...by, everywhere: optional(truth) }),
  endSession: object({ ...by, target: required(device), password: optional(filledText) }),
  ...roomActionShapes,
  ...encryptionActionShapes,
  ...messageActionShapes,
  ignore: map(
    object({ ...by, user: required(user), stop: optional(truth, "Shows again what the person says.") }),
    ({ stop = false, ...action }) => ({ ...action, ignored: !stop }),
  ),
  setDisplayName: object({ ...by, name: required(filledText) }),
  addDevice: object({
    ...by,
    device: required(name("device", "a new device's name", true, /^[a-z][a-z0-9-]*$/)),
    client: optional(choice("bubbles", "lines")),
    kind: optional(choice("laptop", "phone", "tablet")),
  }),
  loseDevice: object({ ...by, device: required(device) }),
  look: lookTarget,
  answer: object({
    quiz: required(name("quiz", "a quiz of this step")),
    with: required(name("answer", "an answer of the quiz")),
  }),
  writeAddress: object({ field: required(addressField), text: required(filledText) }),
  openAddress: object({ ...by, text: required(filledText) }),
  cutLink: object({ between: required(pair(host, "two hosts")) }),
  mendLink: object({ between: required(pair(host, "two hosts")) }),
  setLink: object({
    between: required(pair(host, "two hosts")),
    latency: optional(number("milliseconds", 0, 600_000)),
    loss: optional(number("a share from 0 to 1", 0, 1)),
  }),
  stopHost: object({ host: required(host) }),
  startHost: object({ host: required(host) }),
  crashHost: object({ host: required(host) }),
  changeKey: object({ host: required(host) }),
  ...federationActionShapes,
  setSpeed: object({ speed: required(number("world time per real time", 0.01, 100)) }),
});

/** Actions that nobody in particular takes. */
const nobodys = new Set([
  "look",
  "answer",
  "writeAddress",
  "cutLink",
  "mendLink",
  "setLink",
  "stopHost",
  "startHost",
  "crashHost",
  "forge",
  "changeKey",
  "setSpeed",
]);

/** A person's action; without `person` it is `owner`'s, and without an owner that is a fault. */
export function actionOf(owner?: string): Shape<Action> {
  return named("action", () =>
    withOwner(
      map(keyed("an action", actionWords, {}), ({ word }) => word as Action),
      owner,
    ),
  );
}

const partWords = { ...actionWords, wait: map(condition, (of) => ({ for: of })) };

/** A part of a solution: an action, or something to wait for. */
export const solutionPart: Shape<SolutionPart> = named("part", () =>
  withOwner(map(keyed("an action, or wait", partWords, {}), ({ word }) => word as SolutionPart)),
);

function withOwner<Part extends SolutionPart>(of: Shape<Part>, owner?: string): Shape<Part> {
  return {
    ...of,
    read(node, reading) {
      const part = of.read(node, reading);
      if (!part || part.type === "wait" || nobodys.has(part.type)) return part;
      if ("person" in part && part.person !== undefined) return part;
      if (owner !== undefined) return { person: owner, ...part };
      reading.fault(node, `${part.type} by nobody`, "person: who does it");
      return undefined;
    },
  };
}
