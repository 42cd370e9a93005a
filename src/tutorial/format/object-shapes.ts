import { isMap, isScalar, type Node, type Pair } from "yaml";
import type { Json, JsonObject } from "../../protocol/json.ts";
import { nearest, oneOfWords } from "./fault.ts";
import type { Reading } from "./reading.ts";
import { type Definitions, describe, type Shape, shape, type ValueOf } from "./shape.ts";

/** A field of a map. */
export type Field<Value, Optional extends boolean = boolean> = {
  shape: Shape<Value>;
  optional: Optional;
  /** What editors show on hover. */
  about?: string;
};

/** A field that must be there. */
export function required<Value>(of: Shape<Value>, about?: string): Field<Value, false> {
  return { shape: of, optional: false, ...(about !== undefined && { about }) };
}

/** A field that may be there. */
export function optional<Value>(of: Shape<Value>, about?: string): Field<Value, true> {
  return { shape: of, optional: true, ...(about !== undefined && { about }) };
}

/** The fields of a map, by name. */
export type Fields = Record<string, Field<unknown>>;

/** The value of a map with these fields. */
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

/** The name of an entry of a map. */
export function keyOf(item: Pair): string {
  return isScalar(item.key) ? String(item.key.value) : "";
}

/** What JSON Schema says of a map with these fields and no others. */
export function objectSchema(fields: Fields, definitions: Definitions): JsonObject {
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

/**
 * The values of these fields, from the entries of a map.
 * @param node the map itself, for what is missing there
 * @param known the names to choose from, where one is unknown
 */
export function readFields(
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
