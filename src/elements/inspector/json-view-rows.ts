import type { Json, JsonObject } from "../../protocol/json.ts";
import type { JsonPath } from "./inspector-fields.ts";

/** One line of the tree. */
export type JsonRow = {
  kind: "leaf" | "open" | "folded" | "close" | "more";
  path: JsonPath;
  value: Json;
  /** The object that the value is a field of. */
  beside?: JsonObject;
  /** For lists and objects: is it a list, and how many are inside. */
  list?: boolean;
  size: number;
  comma: "," | "";
  /** Its place among its siblings, from 1, and how many these are. */
  place: number;
  of: number;
};

/** So many lines are open at first; what does not fit is folded, the deeper first. */
const linesAtFirst = 46;
/** So many items of a list are drawn until one asks for all. */
const itemsAtFirst = 100;

export function rowId({ kind, path }: JsonRow): string {
  return `${kind === "more" ? "+" : ""}${JSON.stringify(path)}`;
}

function inside(value: Json): [string | number, Json][] {
  if (value === null || typeof value !== "object") return [];
  return Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
}

/** The paths that are open at first: breadth first, as long as the lines last. */
function openAtFirst(root: Json): Set<string> {
  const open = new Set<string>();
  let lines = 1;
  let level: { path: JsonPath; value: Json }[] = [{ path: [], value: root }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { path, value } of level) {
      const children = inside(value);
      if (children.length === 0) continue;
      if (path.length > 0 && lines + children.length + 1 > linesAtFirst) continue;
      open.add(JSON.stringify(path));
      lines += Math.min(children.length, itemsAtFirst) + 1;
      for (const [name, child] of children.slice(0, itemsAtFirst))
        next.push({ path: [...path, name], value: child });
    }
    level = next;
  }
  return open;
}

/** The lines of a value. `toggled` holds the ids of nodes that are not as they are at first, `whole` of long lists shown whole. */
export function jsonRows(root: Json, toggled: ReadonlySet<string>, whole: ReadonlySet<string>): JsonRow[] {
  const first = openAtFirst(root);
  const rows: JsonRow[] = [];
  const add = (
    value: Json,
    path: JsonPath,
    place: number,
    of: number,
    beside: JsonObject | undefined,
  ): void => {
    const comma = place < of ? "," : "";
    const children = inside(value);
    const bag = value !== null && typeof value === "object";
    const row: JsonRow = { kind: "leaf", path, value, size: children.length, comma, place, of };
    if (beside) row.beside = beside;
    if (bag) row.list = Array.isArray(value);
    rows.push(row);
    if (!bag || children.length === 0) return;
    const id = JSON.stringify(path);
    row.kind = first.has(id) !== toggled.has(id) ? "open" : "folded";
    if (row.kind === "folded") return;
    const object = Array.isArray(value) ? undefined : (value as JsonObject);
    const shown = whole.has(`+${id}`) ? children.length : itemsAtFirst;
    for (const [index, [name, child]] of children.slice(0, shown).entries()) {
      add(child, [...path, name], index + 1, children.length, object);
    }
    const rest = children.length - shown;
    if (rest > 0)
      rows.push({
        kind: "more",
        path,
        value: null,
        size: rest,
        comma: "",
        place: shown + 1,
        of: children.length,
      });
    rows.push({ kind: "close", path, value: null, list: Array.isArray(value), size: 0, comma, place, of });
  };
  add(root, [], 1, 1, undefined);
  return rows;
}
