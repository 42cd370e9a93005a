import type { Json, JsonObject } from "./json.ts";
import type { Refusal } from "./refusal.ts";

/** The codes of {@link canonicalFault} and {@link numberFormFault}. */
export const refusalCodes = [
  "json/float",
  "json/integer-range",
  "json/lone-surrogate",
  "json/negative-zero",
  "json/not-json",
  "json/too-deep",
] as const;

/**
 * How deep arrays and objects may nest. The specification sets no limit, but a 64 KiB event has room for
 * 32,000 levels, which would exhaust the stack; the parsers of other servers stop at 128 to 1,000.
 */
export const deepestNesting = 512;

/** Thrown for a value that has no canonical form: {@link canonicalFault} says why, and where. */
export class CanonicalJsonError extends Error {
  override readonly name = "CanonicalJsonError";
}

/**
 * The shortest JSON with keys in the order of their Unicode code points: the one text that all servers
 * hash and sign. https://spec.matrix.org/v1.19/appendices/#canonical-json
 * @throws CanonicalJsonError for floats, integers beyond ±(2^53−1) and lone surrogates.
 */
export function canonicalJson(value: Json): string {
  // JavaScript's own JSON of a value whose keys stand in order is the same, at half the cost. But it hides lone
  // surrogates, and surrogates in keys have another order.
  const ordered = inOrder(value);
  const text = ordered === undefined ? undefined : JSON.stringify(ordered);
  return text === undefined || surrogateOrEscaped.test(text) ? encode(value, 0) : text;
}

/** {@link canonicalJson} of an object as if it had none of the `omitted` keys at its top level. */
export function canonicalJsonWithout(object: JsonObject, omitted: readonly string[]): string {
  if (!omitted.some((key) => Object.hasOwn(object, key))) return canonicalJson(object);
  const keys = Object.keys(object).filter((key) => !omitted.includes(key));
  return encodeObject(object, keys, 0);
}

/** {@link canonicalJson} in UTF-8. */
export function canonicalBytes(value: Json): Uint8Array {
  return utf8.encode(canonicalJson(value));
}

/** The order of strings by their Unicode code points, as a comparison for sorting. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** What keeps a value from having a canonical form, and where; `undefined` if nothing does. */
export function canonicalFault(value: Json): Refusal | undefined {
  const found = findFault(value, 0);
  return found && { code: found.code, facts: { ...found.facts, path: found.path.reverse().join(".") } };
}

/**
 * Numbers in JSON text that canonical JSON writes otherwise, and that a parser hides: `1.0`, `1e3`, `-0`.
 * https://spec.matrix.org/v1.19/rooms/v6/#canonical-json
 */
export function numberFormFault(text: string): Refusal | undefined {
  if (!maybeOddNumber.test(text)) return undefined;
  for (const [token] of text.matchAll(stringOrNumber)) {
    if (token.startsWith('"')) continue;
    if (/[.eE]/.test(token)) return { code: "json/float", facts: { value: token, path: "" } };
    if (token === "-0") return { code: "json/negative-zero", facts: { path: "" } };
  }
  return undefined;
}

const utf8 = new TextEncoder();
const maybeOddNumber = /\d[.eE]|-0/;
const stringOrNumber = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;

const surrogateOrEscaped = /[\ud800-\udfff]|\\ud/;

/**
 * The value with its keys in the order of their UTF-16 units: itself, if they stand so. `undefined` for what has no
 * canonical form, and for keys that JavaScript orders by itself.
 */
function inOrder(value: Json, depth = 0): Json | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isSafeInteger(value) ? value : undefined;
    case "object":
      if (value === null) return value;
      if (depth === deepestNesting) return undefined;
      return Array.isArray(value) ? arrayInOrder(value, depth) : objectInOrder(value, depth);
    default:
      return undefined;
  }
}

function arrayInOrder(values: Json[], depth: number): Json[] | undefined {
  let copy: Json[] | undefined;
  for (let i = 0; i < values.length; i++) {
    const ordered = inOrder(values[i]!, depth + 1);
    if (ordered === undefined) return undefined;
    if (ordered === values[i]) continue;
    copy ??= [...values];
    copy[i] = ordered;
  }
  return copy ?? values;
}

function objectInOrder(object: JsonObject, depth: number): JsonObject | undefined {
  let copy = haveOrder(object) ? undefined : sorted(object);
  for (const key in object) {
    const ordered = inOrder(object[key]!, depth + 1);
    if (ordered === undefined) return undefined;
    if (ordered === object[key]) continue;
    copy ??= { ...object };
    copy[key] = ordered;
  }
  if (copy && !haveOrder(copy)) return undefined;
  return copy ?? object;
}

function haveOrder(object: JsonObject): boolean {
  let last = "";
  for (const key in object) {
    if (key < last) return false;
    last = key;
  }
  return true;
}

/** JavaScript puts keys that are numbers first nevertheless. */
function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, object[key]!]),
  );
}

function encode(value: Json, depth: number): string {
  switch (typeof value) {
    case "string":
      return encodeString(value);
    case "number":
      if (!Number.isSafeInteger(value))
        throw new CanonicalJsonError(`No integer of canonical JSON: ${value}`);
      return `${value}`;
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      if (depth === deepestNesting) throw new CanonicalJsonError("Nested too deep");
      if (Array.isArray(value)) return encodeArray(value, depth);
      return encodeObject(value, Object.keys(value), depth);
    default:
      throw new CanonicalJsonError(`No JSON: ${typeof value}`);
  }
}

function encodeArray(values: Json[], depth: number): string {
  if (values.length === 0) return "[]";
  let text = `[${encode(values[0]!, depth + 1)}`;
  for (let i = 1; i < values.length; i++) text += `,${encode(values[i]!, depth + 1)}`;
  return `${text}]`;
}

function encodeObject(object: JsonObject, keys: string[], depth: number): string {
  if (keys.length === 0) return "{}";
  sortByCodePoint(keys);
  let text = "{";
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    text += `${i === 0 ? "" : ","}${encodeString(key)}:${encode(object[key]!, depth + 1)}`;
  }
  return `${text}}`;
}

/** Whatever `JSON.stringify` would escape, and surrogates, which have to come in pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const needsCare = /[\u0000-\u001f"\\\ud800-\udfff]/;

function encodeString(text: string): string {
  if (!needsCare.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new CanonicalJsonError("Lone surrogate");
  return JSON.stringify(text); // its escapes are those of canonical JSON
}

const surrogate = /[\ud800-\udfff]/;

/**
 * Sorts in place. By insertion while there are few keys, because most come sorted already. `>` orders by
 * UTF-16 units, which differs from the order of code points only where there are surrogates.
 */
function sortByCodePoint(keys: string[]): void {
  if (keys.some((key) => surrogate.test(key))) {
    keys.sort(compareCodePoints);
    return;
  }
  if (keys.length > 40) {
    keys.sort();
    return;
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let j = i;
    while (j > 0 && keys[j - 1]! > key) {
      keys[j] = keys[j - 1]!;
      j--;
    }
    keys[j] = key;
  }
}

/** Surrogates stand for code points beyond U+FFFF, so they come after all other UTF-16 units. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** `path` from the fault outwards. */
type Fault = { code: (typeof refusalCodes)[number]; facts: Refusal["facts"]; path: (string | number)[] };

function findFault(value: unknown, depth: number): Fault | undefined {
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : { code: "json/lone-surrogate", facts: {}, path: [] };
    case "number":
      if (Number.isSafeInteger(value)) return undefined;
      if (!Number.isFinite(value)) return { code: "json/not-json", facts: { found: `${value}` }, path: [] };
      if (Number.isInteger(value)) return { code: "json/integer-range", facts: { value }, path: [] };
      return { code: "json/float", facts: { value }, path: [] };
    case "boolean":
      return undefined;
    case "object":
      if (value === null) return undefined;
      if (depth === deepestNesting) return { code: "json/too-deep", facts: { limit: depth }, path: [] };
      return Array.isArray(value)
        ? findFaultIn(value.entries(), depth)
        : findFaultIn(Object.entries(value), depth);
    default:
      return { code: "json/not-json", facts: { found: typeof value }, path: [] };
  }
}

function findFaultIn(entries: Iterable<[string | number, unknown]>, depth: number): Fault | undefined {
  for (const [key, value] of entries) {
    const fault =
      (typeof key === "string" ? findFault(key, depth) : undefined) ?? findFault(value, depth + 1);
    if (!fault) continue;
    fault.path.push(key);
    return fault;
  }
  return undefined;
}
