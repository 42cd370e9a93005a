import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from "yaml";
import type { Json, JsonObject } from "../../protocol/json.ts";
import { nearest, oneOfWords, type TutorialFault } from "./fault.ts";

// The format is described once, here and in the two files of shapes; the parser and the JSON Schema for editors are
// both read off that description. A schema library checks values that have lost their place in the file; these
// shapes check YAML nodes, so every fault knows its line and column, and all faults come at once.

/** A name that refers to something declared elsewhere in the tutorial. */
export type Reference = { kind: ReferenceKind; name: string; node: Node; scope: string };
export type ReferenceKind =
  | "person"
  | "room"
  | "user"
  | "host"
  | "device"
  | "goal"
  | "say"
  | "field"
  | "quiz"
  | "answer"
  | "step"
  | "miss"
  | "server"
  | "text";

/** What reading a file has found so far. */
export class Reading {
  readonly faults: TutorialFault[] = [];
  readonly references: Reference[] = [];
  readonly declared: Reference[] = [];
  /** The step that is being read. */
  scope = "";
  readonly file: string;
  readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  fault(node: Node | null | undefined, found: string, expected: string): void {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    this.faults.push({ file: this.file, line: Math.max(1, line), column: Math.max(1, col), found, expected });
  }
}

/** Reads one kind of value from a node. `undefined` where it is faulty; the faults are in the reading. */
export interface Shape<Value> {
  readonly expected: string;
  read(node: Node | null, reading: Reading): Value | undefined;
  schema(definitions: Definitions): JsonObject;
}
/** Shapes of the JSON Schema's `$defs`. */
export type Definitions = Map<string, JsonObject>;
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

function shape<Value>(
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

/** Text, perhaps of a pattern. */
export function text(expected = "text", pattern?: RegExp): Shape<string> {
  return shape(
    expected,
    () => ({ type: "string", description: expected, ...(pattern && { pattern: pattern.source }) }),
    (node, reading) => {
      if (isScalar(node) && typeof node.value === "string" && (pattern?.test(node.value) ?? true))
        return node.value;
      const quoted = isScalar(node) && node.value !== null && typeof node.value !== "string";
      reading.fault(node, describe(node), quoted ? `${expected} (in quotes)` : expected);
      return undefined;
    },
  );
}

/** A name that points at something that is declared, or (with `declares`) declares it. */
export function name(
  kind: ReferenceKind,
  expected: string,
  declares = false,
  pattern?: RegExp,
): Shape<string> {
  const inner = text(expected, pattern);
  return {
    ...inner,
    read(node, reading) {
      const value = inner.read(node, reading);
      if (value !== undefined && node) {
        (declares ? reading.declared : reading.references).push({
          kind,
          name: value,
          node,
          scope: reading.scope,
        });
      }
      return value;
    },
  };
}

export function choice<const Choice extends string>(...choices: Choice[]): Shape<Choice> {
  const expected = oneOfWords(choices);
  return shape(
    expected,
    () => ({ enum: choices }),
    (node, reading) => {
      const value = isScalar(node) ? node.value : undefined;
      const found = choices.find((known) => known === value);
      if (found !== undefined) return found;
      const meant = typeof value === "string" ? nearest(value, choices) : undefined;
      reading.fault(node, describe(node), meant ? `${expected}; did you mean ${meant}?` : expected);
      return undefined;
    },
  );
}

export function number(expected: string, least: number, most: number, whole = false): Shape<number> {
  return shape(
    expected,
    () => ({ type: whole ? "integer" : "number", minimum: least, maximum: most }),
    (node, reading) => {
      const value = isScalar(node) ? node.value : undefined;
      const fits =
        typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
      if (fits) return value;
      reading.fault(node, describe(node), expected);
      return undefined;
    },
  );
}

export const truth: Shape<boolean> = shape(
  "true or false",
  () => ({ type: "boolean" }),
  (node, reading) => {
    if (isScalar(node) && typeof node.value === "boolean") return node.value;
    reading.fault(node, describe(node), "true or false");
    return undefined;
  },
);

const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m)$/;
const unitLength: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** A span of world time, in milliseconds: `1.5s`. */
export const duration: Shape<number> = shape(
  "a duration such as 1.5s, 200ms or 2m",
  () => ({
    type: "string",
    pattern: durationPattern.source,
    description: "A duration such as 1.5s, 200ms or 2m",
  }),
  (node, reading) => {
    const [, amount, unit] = (isScalar(node) && durationPattern.exec(String(node.value))) || [];
    if (amount !== undefined && unit !== undefined) return Number(amount) * (unitLength[unit] ?? 1);
    reading.fault(node, describe(node), "a duration such as 1.5s, 200ms or 2m");
    return undefined;
  },
);

export function list<Value>(
  item: Shape<Value>,
  expected = "a list",
  least = 0,
  most = Infinity,
): Shape<Value[]> {
  return shape(
    expected,
    (definitions) => ({
      type: "array",
      items: item.schema(definitions),
      ...(least > 0 && { minItems: least }),
      ...(most < Infinity && { maxItems: most }),
    }),
    (node, reading) => {
      if (!isSeq(node) || node.items.length < least || node.items.length > most) {
        reading.fault(node, isSeq(node) ? `a list of ${node.items.length}` : describe(node), expected);
        return undefined;
      }
      const values = node.items.map((each) => item.read(each as Node | null, reading));
      return values.every((value) => value !== undefined) ? (values as Value[]) : undefined;
    },
  );
}

/** Two host names. */
export function pair<Value>(item: Shape<Value>, expected: string): Shape<[Value, Value]> {
  return map(list(item, expected, 2, 2), ([first, second]) => [first as Value, second as Value]);
}

/** One value, or a list of them. */
export function oneOrMore<Value>(item: Shape<Value>): Shape<Value | Value[]> {
  const several = list(item, `${item.expected}, or a list of them`, 1);
  return {
    expected: several.expected,
    schema: (definitions) => ({ anyOf: [item.schema(definitions), several.schema(definitions)] }),
    read: (node, reading) => (isSeq(node) ? several.read(node, reading) : item.read(node, reading)),
  };
}

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

export type Field<Value, Optional extends boolean = boolean> = {
  shape: Shape<Value>;
  optional: Optional;
  /** What editors show on hover. */
  about?: string;
};
export function required<Value>(of: Shape<Value>, about?: string): Field<Value, false> {
  return { shape: of, optional: false, ...(about !== undefined && { about }) };
}
export function optional<Value>(of: Shape<Value>, about?: string): Field<Value, true> {
  return { shape: of, optional: true, ...(about !== undefined && { about }) };
}

export type Fields = Record<string, Field<unknown>>;
export type ObjectOf<F extends Fields> = {
  [K in keyof F as F[K] extends Field<unknown, false> ? K : never]: ValueOf<F[K]["shape"]>;
} & {
  [K in keyof F as F[K] extends Field<unknown, false> ? never : K]?: ValueOf<F[K]["shape"]>;
};

/** A map with these fields and no others. */
export function object<F extends Fields>(fields: F, expected = "a map"): Shape<ObjectOf<F>> {
  return shape(
    expected,
    (definitions) => objectSchema(fields, definitions),
    (node, reading) => {
      if (!isMap(node)) {
        reading.fault(node, describe(node), expected);
        return undefined;
      }
      return readFields(node.items as Pair[], node, fields, Object.keys(fields), reading) as
        | ObjectOf<F>
        | undefined;
    },
  );
}

/** A map from names to values. */
export function record<Value>(
  key: Shape<string>,
  value: Shape<Value>,
  expected = "a map",
): Shape<Record<string, Value>> {
  return shape(
    expected,
    (definitions) => ({
      type: "object",
      propertyNames: key.schema(definitions),
      additionalProperties: value.schema(definitions),
    }),
    (node, reading) => {
      if (!isMap(node)) {
        reading.fault(node, describe(node), expected);
        return undefined;
      }
      const entries: [string, Value][] = [];
      for (const item of node.items as Pair[]) {
        const id = key.read(item.key as Node, reading);
        const read = value.read(item.value as Node | null, reading);
        if (id !== undefined && read !== undefined) entries.push([id, read]);
      }
      return entries.length === node.items.length ? Object.fromEntries(entries) : undefined;
    },
  );
}

export type Words = Record<string, Shape<unknown>>;
export type WordOf<W extends Words> = { [K in keyof W & string]: { type: K } & ValueOf<W[K]> }[keyof W &
  string];

/**
 * The keyed form: a map with one word that says what it is, `{ signUp: { person: you, … } }`. With `fields` these stand
 * beside the word. The word's value becomes an object with the word as its `type`.
 */
export function keyed<W extends Words, F extends Fields>(
  what: string,
  words: W,
  fields: F,
): Shape<{ word: WordOf<W>; beside: ObjectOf<F> }> {
  const known = Object.keys(words);
  const expected = `${what}: one of ${oneOfWords(known)}`;
  return shape(
    expected,
    (definitions) => {
      const base = objectSchema(fields, definitions);
      return {
        ...base,
        properties: {
          ...(base.properties as JsonObject),
          ...Object.fromEntries(known.map((word) => [word, words[word]?.schema(definitions) ?? {}])),
        },
        oneOf: known.map((word) => ({ required: [word] })),
      };
    },
    (node, reading) => {
      if (!isMap(node)) {
        reading.fault(node, describe(node), expected);
        return undefined;
      }
      const items = node.items as Pair[];
      const found = items.filter((item) => keyOf(item) in words);
      const rest = items.filter((item) => !(keyOf(item) in words));
      const beside = readFields(rest, node, fields, [...Object.keys(fields), ...known], reading);
      const [item, second] = found;
      if (!item) {
        // An unknown word has its own fault already.
        if (rest.every((other) => keyOf(other) in fields)) reading.fault(node, "no word for it", expected);
        return undefined;
      }
      if (second) {
        reading.fault(
          second.key as Node,
          `“${keyOf(second)}” beside “${keyOf(item)}”`,
          `${what}: one word only`,
        );
        return undefined;
      }
      const word = keyOf(item);
      const value = words[word]?.read(item.value as Node | null, reading);
      if (typeof value !== "object" || beside === undefined) return undefined;
      return { word: { type: word, ...value } as WordOf<W>, beside: beside as ObjectOf<F> };
    },
  );
}

/** The same words, each kept once in the JSON Schema. */
export function kept<W extends Words>(prefix: string, words: W): W {
  return Object.fromEntries(
    Object.entries(words).map(([word, of]) => [word, named(`${prefix}-${word}`, () => of)]),
  ) as W;
}

function keyOf(item: Pair): string {
  return isScalar(item.key) ? String(item.key.value) : "";
}

function objectSchema(fields: Fields, definitions: Definitions): JsonObject {
  const properties: Record<string, Json> = {};
  for (const [key, field] of Object.entries(fields)) {
    properties[key] = {
      ...field.shape.schema(definitions),
      ...(field.about && { description: field.about }),
    };
  }
  const needed = Object.keys(fields).filter((key) => !fields[key]?.optional);
  return {
    type: "object",
    properties,
    additionalProperties: false,
    ...(needed.length > 0 && { required: needed }),
  };
}

function readFields(
  items: Pair[],
  node: Node,
  fields: Fields,
  known: string[],
  reading: Reading,
): Record<string, unknown> | undefined {
  let whole = true;
  const values: Record<string, unknown> = {};
  for (const item of items) {
    const key = keyOf(item);
    const field = fields[key];
    if (!field) {
      const meant = nearest(key, known);
      const expected = known.length === 0 ? "nothing here" : oneOfWords(known);
      reading.fault(item.key as Node, `“${key}”`, meant ? `${expected}; did you mean ${meant}?` : expected);
      whole = false;
      continue;
    }
    const value: unknown = field.shape.read(item.value as Node | null, reading);
    if (value === undefined) whole = false;
    else values[key] = value;
  }
  for (const [key, field] of Object.entries(fields)) {
    if (field.optional || items.some((item) => keyOf(item) === key)) continue;
    reading.fault(node, `no “${key}”`, `${key}: ${field.shape.expected}`);
    whole = false;
  }
  return whole ? values : undefined;
}
