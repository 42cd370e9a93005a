import { isJsonObject, type Json, type JsonObject, ownValue } from "../../protocol/json.ts";

/** What every event has: a client cannot do without it, and a server may send more than was asked for. */
const always = ["type", "sender", "event_id", "origin_server_ts", "state_key", "room_id"];

/**
 * A copy of an event with these properties alone, each named by its path, and with what makes it an event.
 * https://spec.matrix.org/v1.19/appendices/#dot-separated-property-paths
 */
export function pickFields(event: JsonObject, paths: readonly string[]): JsonObject {
  const picked: JsonObject = { content: {} };
  for (const name of always) copyPath(event, picked, [name]);
  for (const path of paths) copyPath(event, picked, pathParts(path));
  return picked;
}

function copyPath(from: JsonObject, to: JsonObject, [name, ...rest]: readonly string[]): void {
  const value = name === undefined ? undefined : ownValue(from, name);
  if (name === undefined || value === undefined) return;
  if (rest.length === 0) setOwn(to, name, value);
  else if (isJsonObject(value)) {
    const known = ownValue(to, name);
    const inner = isJsonObject(known) && known !== value ? known : {};
    if (known === value) return;
    setOwn(to, name, inner);
    copyPath(value, inner, rest);
  }
}

/** Also `__proto__` is a name like others. */
function setOwn(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A backslash before a dot or a backslash takes its meaning away. */
function pathParts(path: string): string[] {
  const parts = [""];
  for (let index = 0; index < path.length; index++) {
    const [character, next] = [path[index]!, path[index + 1]];
    if (character === ".") parts.push("");
    else if (character === "\\" && (next === "." || next === "\\")) {
      parts[parts.length - 1] += next;
      index += 1;
    } else parts[parts.length - 1] += character;
  }
  return parts;
}
