import * as v from "valibot";
import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { Refusal } from "../../protocol/refusal.ts";

/** A schema of an object, for a body or for a query. */
export type ObjectSchema = v.GenericSchema<unknown, object>;

/** Reads a body or a query by its schema. */
export function validate<Schema extends ObjectSchema>(
  schema: Schema,
  input: unknown,
  place: "body" | "query",
): v.InferOutput<Schema> | Refusal {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const name = v.getDotPath(issue) ?? "";
  const expected = issue.expected ?? issue.message;
  const isMissing = issue.kind === "schema" && issue.received === "undefined";
  // What is missing further inside is no parameter of the request: its value is malformed.
  if (isMissing && (issue.path?.length ?? 0) < 2) {
    return { code: "request/missing-param", facts: { name, place } };
  }
  // A value of the right type that is none of those allowed is another fault than a wrong type.
  const isWrongValue =
    issue.kind !== "schema" ||
    (valueTypes.has(issue.type) && typeof issue.input === "string") ||
    place === "query";
  const code = isWrongValue ? "request/invalid-param" : "request/wrong-type";
  return { code, facts: { name, place, expected, found: issue.received } };
}

const valueTypes = new Set(["picklist", "literal", "enum"]);

/** In a query: an integer. */
export const integerText = v.pipe(
  v.string(),
  v.regex(/^-?\d+$/, "an integer"),
  v.transform(Number),
  v.safeInteger("an integer"),
);

/** In a query: how many, zero or more. */
export const countText = v.pipe(integerText, v.minValue(0, "zero or more"));

/** In a query: `true` or `false`. */
export const booleanText = v.pipe(
  v.picklist(["true", "false"], "true or false"),
  v.transform((text) => text === "true"),
);

/** In a body: an integer as JSON has it. */
export const integer = v.pipe(v.number(), v.safeInteger("an integer"));

/** In a body: why somebody does something, if they say. Libraries of bots say `null` for nothing. */
export const reasonText = v.optional(
  v.pipe(
    v.union([v.string(), v.null()], "a string"),
    v.transform((reason) => reason ?? undefined),
  ),
);

/** In a body: any JSON object, as it is. */
export const anyObject = v.custom<JsonObject>(isJsonObject, "an object");

/** In a body: an object with these fields among others. valibot's own takes a list for an object, too. */
export function objectWith<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.LazySchema<v.LooseObjectSchema<Entries, undefined>> {
  const schema = v.looseObject(entries);
  return v.lazy((input) => (Array.isArray(input) ? (anyObject as never) : schema));
}

/** In a body: an object whose names are anybody's. valibot's own takes a list for one, too. */
export function objectOf<
  const Key extends v.BaseSchema<string, string, v.BaseIssue<unknown>>,
  const Value extends v.GenericSchema,
>(key: Key, value: Value): v.LazySchema<v.RecordSchema<Key, Value, undefined>> {
  const schema = v.record(key, value);
  return v.lazy((input) => (Array.isArray(input) ? (anyObject as never) : schema));
}

/**
 * In the body of an operation with interactive authentication.
 * https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api
 */
export const authenticationData = v.optional(
  objectWith({ type: v.optional(v.string()), session: v.optional(v.string()) }),
);

/** In a body: a device id that a client chose. The specification sets no limit; no client comes near this. */
export const deviceId = v.pipe(
  v.string(),
  v.minLength(1, "not empty"),
  v.maxLength(512, "at most 512 characters"),
);
