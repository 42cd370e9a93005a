import { isWordsKey, say } from "../../catalogue/late.ts";
import type { Json, JsonObject } from "../../protocol/json.ts";

/** Where a JSON value comes from; the same name may mean different things. */
export type FieldContext = {
  /** The request's name in the table of traffic: `login`, `sync`, …; `pdu` for an event as servers store it. */
  about: string;
};

export type JsonPath = readonly (string | number)[];

function valueAt(root: Json, path: JsonPath): Json | undefined {
  let value: Json | undefined = root;
  for (const part of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = Array.isArray(value) ? value[Number(part)] : value[part];
  }
  return value;
}

/** The type of the event that a path leads into the content of, and the path inside the content. */
function eventContent(root: Json, path: JsonPath): { type: string; inside: string[] } | undefined {
  for (let end = path.length - 1; end >= 1; end--) {
    const name = path[end - 1];
    if (name !== "content" && name !== "prev_content") continue;
    const event = valueAt(root, path.slice(0, end - 1));
    const type =
      event !== null && typeof event === "object" && !Array.isArray(event) ? event.type : undefined;
    if (typeof type === "string")
      return { type, inside: path.slice(end).filter((part) => typeof part === "string") };
  }
  return undefined;
}

const sigils: Record<string, string> = { "@": "user", "!": "room", $: "event", "#": "alias" };

/** The catalogue's keys that may explain a field, the most particular first. */
export function fieldKeys(root: Json, path: JsonPath, { about }: FieldContext): string[] {
  const name = path.at(-1);
  if (typeof name !== "string") return [];
  const names = path.filter((part) => typeof part === "string");
  const parent = names.at(-2) ?? "";
  const keys: string[] = [];
  const content = eventContent(root, path);
  if (content) {
    keys.push(`${content.type}/${content.inside.join("/")}`);
    if (content.inside.length > 1) keys.push(`${content.type}/${content.inside.at(-2)}/*`);
  }
  if (names.length === 1) keys.push(`${about}/${name}`);
  keys.push(`${about}/${parent}/${name}`, `${about}/${parent}/*`, `${parent}/${name}`, `${parent}/*`);
  const kind = sigils[name[0] ?? ""];
  if (kind) keys.push(`key-${kind}`);
  if (/^(ed25519|curve25519|signed_curve25519):/.test(name)) keys.push("key-key");
  keys.push(name);
  return keys;
}

/** What a field of JSON means, in words; undefined where nobody wrote them. */
export function fieldWords(root: Json, path: JsonPath, context: FieldContext): string | undefined {
  for (const key of fieldKeys(root, path, context)) {
    const words = `field.${key}`;
    if (isWordsKey(words)) return say(words);
  }
  return undefined;
}

/** Every field in a JSON value that has no words: its most particular key, for the check of the catalogue. */
export function fieldsWithoutWords(root: Json, context: FieldContext): string[] {
  const missing: string[] = [];
  const walk = (value: Json, path: JsonPath) => {
    if (value === null || typeof value !== "object") return;
    for (const [name, inner] of Object.entries(value as JsonObject)) {
      const here = [...path, Array.isArray(value) ? Number(name) : name];
      if (!Array.isArray(value) && fieldWords(root, here, context) === undefined)
        missing.push(`${context.about}: ${here.join("/")}`);
      walk(inner, here);
    }
  };
  walk(root, []);
  return missing;
}

/** What a header, a part of the query or a part of the path means. */
export function partWords(
  kind: "header" | "query" | "path",
  name: string,
  about: string,
): string | undefined {
  const keys = [`field.${kind}/${about}/${name}`, `field.${kind}/${name}`];
  const key = keys.find(isWordsKey);
  return key && say(key);
}
