import { isMap, isSeq, type Node } from "yaml";
import type { JsonObject } from "../../protocol/json.ts";
import { list } from "./list-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { filledText, host, person, room, when } from "./reference-shapes.ts";
import { choice, number, text, truth } from "./scalar-shapes.ts";
import { describe, type Shape } from "./shape.ts";

/** JSON as it stands: what is in an event. */
const json: Shape<JsonObject> = {
  expected: "a map",
  schema: () => ({ type: "object" }),
  read(node, reading) {
    if (isMap(node)) return node.toJSON() as JsonObject;
    reading.fault(node, describe(node), "a map");
    return undefined;
  },
};

const eventType = text("the type of an event such as m.room.topic");
const code = text("a refusal's code such as auth/sender-not-joined, or what it begins with");
const refused = object({
  at: optional(host),
  origin: optional(host),
  of: optional(room),
  from: optional(person),
  event: optional(eventType),
  code: optional(code),
  ...when,
});

/** What may be true of servers that share rooms. */
export const federationConditionShapes = {
  agree: object({ of: required(room), servers: optional(list(host)), ...when }),
  ends: object({
    at: required(host),
    of: required(room),
    count: required(number("how many ends", 0, 100, true)),
    ...when,
  }),
  copyHas: object({
    at: required(host),
    of: optional(room),
    from: optional(person),
    event: optional(eventType),
    text: optional(filledText),
    ...when,
  }),
  queue: object({ from: required(host), to: required(host), waiting: required(truth), ...when }),
  rejected: refused,
  softFailed: refused,
  dropped: refused,
  state: object({
    at: required(host),
    of: required(room),
    event: required(eventType),
    key: optional(text("a state key, or a person's role")),
    content: required(json, "What must stand in it; it may have more."),
    ...when,
  }),
  resolved: object({ at: optional(host), of: optional(room), ...when }),
  keyChanged: object({ server: required(host), knownBy: optional(host), ...when }),
};

/** What can be done to a homeserver's honesty and its keys. */
export const federationActionShapes = {
  forge: object({
    server: required(host),
    in: required(room),
    from: optional(person),
    event: optional(eventType),
    change: optional(json, "What is put into the event."),
    hash: optional(choice("fits", "kept"), "Is the content hash made to fit? It is where nothing is said."),
    sign: optional(
      choice("own", "stranger", "kept"),
      "By the server itself; in the sender's server's name by a wrong key; or as it was signed before.",
    ),
    claim: optional(host, "The name that the server gives itself."),
    to: optional(list(host)),
  }),
};

/** A view of one thing: its name alone, or in a list as other views have theirs. */
export function oneOf(item: Shape<string>, expected: string): Shape<string> {
  return {
    expected,
    schema: (definitions) => list(item).schema(definitions),
    read(node: Node | null, reading): string | undefined {
      if (isSeq(node)) return list(item, expected, 1).read(node, reading)?.[0];
      reading.fault(node, describe(node), expected);
      return undefined;
    },
  };
}
