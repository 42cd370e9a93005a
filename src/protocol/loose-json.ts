import { canonicalJson, compareCodePoints, numberFormFault } from "./canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** A number as it stands in a text. */
class Written {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Loose = Json | Written | Loose[] | { [key: string]: Loose };

/**
 * JSON text in the order and spelling of canonical JSON, with numbers as they are written: what those sign who do
 * not hold to canonical JSON. The text has to be JSON, and not too deeply nested.
 */
export function looseCanonicalJson(text: string): string {
  return encode(parse(text, (source) => new Written(source)));
}

/**
 * The value of a JSON text, with a fraction for each number that canonical JSON writes otherwise: a parser would hide
 * them, so no check could find them.
 */
export function parseMarkingOddNumbers(text: string): Json {
  const mark = (source: string) => (numberFormFault(`[${source}]`) ? 0.5 : Number(source));
  return parse(text, mark) as Json;
}

/** https://tc39.es/proposal-json-parse-with-source/ */
type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

function parse(text: string, number: (source: string) => Loose): Loose {
  const reviver: Reviver = (_, value, context) =>
    typeof value === "number" ? number(context?.source ?? String(value)) : value;
  return JSON.parse(text, reviver);
}

function encode(value: Loose): string {
  if (value instanceof Written) return value.source;
  if (Array.isArray(value)) return `[${value.map(encode).join(",")}]`;
  if (!isJsonObject(value)) return typeof value === "string" ? encodeText(value) : String(value);
  const object = value as JsonObject;
  const keys = Object.keys(object).sort(compareCodePoints);
  return `{${keys.map((key) => `${encodeText(key)}:${encode(object[key]!)}`).join(",")}}`;
}

function encodeText(text: string): string {
  return text.isWellFormed() ? canonicalJson(text) : JSON.stringify(text);
}
