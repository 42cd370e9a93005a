import { isAlias, isMap, isScalar, isSeq, type Node } from "yaml";
import type { JsonObject } from "../../protocol/json.ts";
import type { Reading } from "./reading.ts";

// The format is described once, in the files of shapes; the parser and the JSON Schema for editors are
// both read off that description. A schema library checks values that have lost their place in the file; these
// shapes check YAML nodes, so every fault knows its line and column, and all faults come at once.

/** Reads one kind of value from a node. `undefined` where it is faulty; the faults are in the reading. */
export interface Shape<Value> {
  readonly expected: string;
  read(node: Node | null, reading: Reading): Value | undefined;
  schema(definitions: Definitions): JsonObject;
}

/** Shapes of the JSON Schema's `$defs`. */
export type Definitions = Map<string, JsonObject>;

/** What a shape reads. */
export type ValueOf<S> = S extends Shape<infer Value> ? Value : never;

/** A node's value in an author's words. */
export function describe(node: Node | null): string {
  if (!node) return "nothing";
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  if (isAlias(node)) return `the alias *${node.source}`;
  if (isScalar(node)) {
    const { value } = node;
    if (value === null) return "nothing";
    if (typeof value === "string") return `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`;
    if (typeof value === "number" || typeof value === "bigint") return `the number ${value}`;
    return String(value);
  }
  return "something else";
}

/** A shape of nodes that are there; a missing one, or an alias, is a fault. */
export function shape<Value>(
  expected: string,
  schema: (definitions: Definitions) => JsonObject,
  read: (node: Node, reading: Reading) => Value | undefined,
): Shape<Value> {
  return {
    expected,
    schema,
    read(node, reading) {
      if (!node || isAlias(node)) {
        reading.fault(node, describe(node), expected);
        return undefined;
      }
      return read(node, reading);
    },
  };
}

/** The same nodes, their value made into another. */
export function map<From, To>(from: Shape<From>, to: (value: From) => To): Shape<To> {
  return {
    expected: from.expected,
    schema: (definitions) => from.schema(definitions),
    read(node, reading) {
      const value = from.read(node, reading);
      return value === undefined ? undefined : to(value);
    },
  };
}

/** A shape that refers to itself, kept under a name in the JSON Schema. */
export function named<Value>(title: string, get: () => Shape<Value>): Shape<Value> {
  return {
    expected: title,
    schema(definitions) {
      if (!definitions.has(title)) {
        definitions.set(title, {});
        definitions.set(title, get().schema(definitions));
      }
      return { $ref: `#/$defs/${title}` };
    },
    read: (node, reading) => get().read(node, reading),
  };
}
