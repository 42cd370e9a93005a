import { isMap, type Node, type Pair } from "yaml";
import type { JsonObject } from "../../protocol/json.ts";
import { oneOfWords } from "./fault.ts";
import { type Fields, keyOf, type ObjectOf, objectSchema, readFields } from "./object-shapes.ts";
import { describe, named, type Shape, shape, type ValueOf } from "./shape.ts";

/** Word → what stands under it. */
export type Words = Record<string, Shape<unknown>>;

/** The value of the one word that is there, with the word as its `type`. */
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
