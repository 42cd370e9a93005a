import type { LookTarget } from "../../world/action.ts";
import type { Condition } from "../../world/condition.ts";
import { encryptionConditionShapes } from "./encryption-shapes.ts";
import { federationConditionShapes } from "./federation-shapes.ts";
import { kept, keyed, type WordOf } from "./keyed-shapes.ts";
import { list, pair } from "./list-shapes.ts";
import { deedConditionShapes } from "./message-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { addressField, device, filledText, host, person, room, user, when } from "./reference-shapes.ts";
import { roomConditionShapes } from "./room-shapes.ts";
import { choice, number, text, truth } from "./scalar-shapes.ts";
import { map, named, type Shape } from "./shape.ts";

const httpStatus = number("an HTTP status", 100, 599, true);

const lookWords = {
  exchange: object({
    method: optional(text("a method such as PUT")),
    path: optional(text("a part of the path")),
    from: optional(host),
    to: optional(host),
    status: optional(httpStatus),
    last: optional(truth, "Takes the newest that fits."),
  }),
  event: object({
    in: optional(room),
    from: optional(person),
    is: optional(text("the type of an event such as m.room.create")),
    last: optional(truth),
  }),
  host: map(host, (name) => ({ name })),
};

function targetOf(word: WordOf<typeof lookWords>): LookTarget {
  switch (word.type) {
    case "exchange": {
      const { type: _, ...exchange } = word;
      return { exchange };
    }
    case "event": {
      const { type: _, ...event } = word;
      return { event };
    }
    case "host":
      return { host: word.name };
  }
}

/** What is to be looked at. */
export const lookTarget = map(keyed("what is looked at", lookWords, {}), ({ word }) => ({
  at: targetOf(word),
}));
const looked = map(keyed("what was looked at", lookWords, when), ({ word, beside }) => ({
  at: targetOf(word),
  ...beside,
}));

const many = map(
  list(
    named<Condition>("condition", () => conditionForm),
    "a list of conditions",
    1,
  ),
  (of) => ({ of }),
);

/** The words that a goal, a near miss, a script or a wait can be made of. The table in tutorials/README.md explains them. */
export const conditionWords = kept("condition", {
  account: object({ person: required(person), ...when }),
  signedIn: object({
    person: required(person),
    device: optional(device),
    count: optional(number("how many devices at once", 1, 20, true)),
    ...when,
  }),
  signedOut: object({ person: required(person), device: required(device), ...when }),
  deviceLost: object({ person: required(person), device: required(device), ...when }),
  message: object({
    in: optional(room),
    notIn: optional(room),
    from: optional(person),
    device: optional(device),
    text: optional(filledText),
    ...when,
  }),
  shown: object({
    person: required(person),
    device: optional(device),
    in: optional(room),
    from: optional(person),
    text: optional(filledText),
    ...when,
  }),
  ...deedConditionShapes,
  ignored: object({ person: required(person), user: required(user), ...when }),
  ...roomConditionShapes,
  ...encryptionConditionShapes,
  ...federationConditionShapes,
  displayName: object({ person: required(person), is: optional(filledText), ...when }),
  exchange: object({
    method: optional(text("a method such as PUT")),
    path: optional(text("a part of the path")),
    from: optional(host),
    to: optional(host),
    status: optional(httpStatus),
    errcode: optional(text("an errcode such as M_USER_IN_USE", /^[A-Z][A-Z0-9_.]*$/)),
    ...when,
  }),
  looked,
  address: object({
    field: required(addressField),
    form: optional(choice("identifier", "matrix.to", "matrix-uri")),
    kind: optional(choice("user", "room", "alias", "event")),
    localpart: optional(filledText),
    server: optional(filledText),
    equals: optional(filledText),
    valid: optional(truth),
    fault: optional(text("a fault's code such as identifier/no-colon")),
    ...when,
  }),
  addressOpened: object({
    kind: optional(choice("user", "room", "alias")),
    server: optional(filledText),
    equals: optional(filledText),
    status: optional(httpStatus),
    ...when,
  }),
  link: object({ between: required(pair(host, "two hosts")), cut: required(truth), ...when }),
  host: object({ host: required(host), running: required(truth), ...when }),
  all: many,
  any: many,
  inOrder: many,
  not: map(
    named<Condition>("condition", () => conditionForm),
    (of) => ({ of }),
  ),
});

const conditionForm: Shape<Condition> = map(keyed("a condition", conditionWords, {}), ({ word }) => word);

/** One condition by itself, as scripts and `wait` have it. */
export const condition: Shape<Condition> = named("condition", () => conditionForm);
