import { isScalar } from "yaml";
import { nearest, oneOfWords } from "./fault.ts";
import type { ReferenceKind } from "./reading.ts";
import { describe, type Shape, shape } from "./shape.ts";

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

/** One of these words. */
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

/** A number from `least` to `most`, or a whole one. */
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
