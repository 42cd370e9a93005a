import { isJsonObject, type Json, type JsonObject } from "../../../../src/protocol/json.ts";
import type { Shape } from "./operations.ts";

/** The smallest value of a shape. */
export function sample(shape: Shape): Json {
  if (shape.enum) return shape.enum[0]!;
  if (shape.type === "integer" || shape.type === "number") return 1;
  if (shape.type === "boolean") return true;
  if (shape.type === "array") return [];
  if (shape.type === "object" || shape.properties) {
    const required = (shape.required ?? []).map((name): [string, Json] => [
      name,
      sample(shape.properties?.[name] ?? { type: "string" }),
    ]);
    return Object.fromEntries(required);
  }
  return "sample";
}

/** A place in a body, as a path of names. */
export type Place = readonly (string | number)[];

/** A body in which one thing is not as it has to be. */
export type Faulty = { place: Place; body: JsonObject };

/** A body for each required field that is missing in it. */
export function withoutRequired(shape: Shape, whole: JsonObject): Faulty[] {
  return placesOf(shape).flatMap(({ place, shape: inner }) =>
    (inner.required ?? []).map((name) => {
      const body = withValue(whole, shape, [...place, name], undefined);
      return { place: [...place, name], body };
    }),
  );
}

/** A body for each field, wherever it is, whose value has a wrong type. */
export function withWrongTypes(shape: Shape, whole: JsonObject): Faulty[] {
  return placesOf(shape)
    .filter(({ place }) => place.length > 0)
    .flatMap(({ place, shape: inner }) =>
      wrongValues(inner).map((value) => ({ place, body: withValue(whole, shape, place, value) })),
    );
}

function wrongValues({ type, properties }: Shape): Json[] {
  if (type === "string") return [7, { a: 1 }];
  if (type === "integer" || type === "number") return ["seven", true];
  if (type === "boolean") return ["yes", 1];
  if (type === "array") return ["none", { a: 1 }];
  if (type === "object" || properties) return ["none", [1]];
  return [];
}

/** Every place in a shape: the whole, its fields, the first item of each list, one more field of each map. */
function placesOf(shape: Shape, place: Place = []): { place: Place; shape: Shape }[] {
  const named = Object.entries(shape.properties ?? {});
  return [
    { place, shape },
    ...named.flatMap(([name, inner]) => placesOf(inner, [...place, name])),
    ...(shape.items ? placesOf(shape.items, [...place, 0]) : []),
    ...(shape.values && named.length === 0 ? placesOf(shape.values, [...place, "other"]) : []),
  ];
}

/** The body with a value at a place; what is on the way there is made of samples. */
function withValue(whole: JsonObject, shape: Shape, place: Place, value: Json | undefined): JsonObject {
  const body = structuredClone(whole);
  let at: Json = body;
  let inner: Shape = shape;
  for (const [index, name] of place.entries()) {
    const holder = at as JsonObject;
    if (index === place.length - 1) {
      if (value === undefined) delete holder[name];
      else holder[name] = value;
      break;
    }
    inner = (typeof name === "number" ? inner.items : (inner.properties?.[name] ?? inner.values)) ?? {};
    const known: Json | undefined = holder[name];
    holder[name] = isJsonObject(known) || Array.isArray(known) ? known : sample(inner);
    at = holder[name]!;
  }
  return body;
}
