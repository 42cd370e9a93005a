/** A JSON value as the wire carries it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON object. Values may be absent, never `undefined` once encoded. */
export type JsonObject = { [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of the object itself. Where keys come from others, `constructor` is no value of theirs. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
