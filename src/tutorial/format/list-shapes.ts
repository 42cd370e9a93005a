import { isSeq, type Node } from "yaml";
import { describe, map, type Shape, shape } from "./shape.ts";

/** A list of so many items. */
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
