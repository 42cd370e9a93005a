import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";
import type { Path } from "./content-schema.ts";

/** Where in a JSON text something stands, by the path to it; the whole text where it is not to be found. */
export function placeOf(state: EditorState, path: Path): { from: number; to: number } {
  let node: SyntaxNode | null = syntaxTree(state).topNode.firstChild;
  for (const part of path) {
    if (!node) break;
    node = typeof part === "number" ? itemOf(node, part) : valueIn(propertyOf(state, node, part));
  }
  return node ? { from: node.from, to: node.to } : { from: 0, to: state.doc.length };
}

const values = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

function itemOf(array: SyntaxNode, at: number): SyntaxNode | null {
  return children(array).filter(({ name }) => values.has(name))[at] ?? null;
}

function propertyOf(state: EditorState, object: SyntaxNode, key: string): SyntaxNode | undefined {
  return children(object).find((child) => child.name === "Property" && keyOf(state, child) === key);
}

function valueIn(property: SyntaxNode | undefined): SyntaxNode | null {
  return children(property ?? null).find(({ name }) => values.has(name)) ?? null;
}

function children(node: SyntaxNode | null): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node?.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function keyOf(state: EditorState, property: SyntaxNode): string | undefined {
  const name = property.getChild("PropertyName");
  if (!name) return undefined;
  try {
    return JSON.parse(state.sliceDoc(name.from, name.to)) as string;
  } catch {
    return undefined;
  }
}

export type Spot = {
  /** The object or the value that the cursor is in. */
  path: Path;
  /** A key is being written, or a value. */
  part: "key" | "value";
  /** What is there already is between these. */
  from: number;
  to: number;
  /** The keys that the object has. */
  keys: readonly string[];
};

/** What is being written at a position. */
export function spotAt(state: EditorState, position: number): Spot | undefined {
  const node = syntaxTree(state).resolveInner(position, -1);
  if (node.name === "PropertyName") {
    const object = node.parent?.parent;
    return object ? { ...within(state, object), part: "key", from: node.from, to: node.to } : undefined;
  }
  const inner = node.name === "⚠" ? node.parent : node;
  if (inner?.name === "Object") return { ...within(state, inner), part: "key", from: position, to: position };
  if (inner?.name === "Property")
    return { path: pathTo(state, inner), part: "value", from: position, to: position, keys: [] };
  if (inner && values.has(inner.name))
    return { path: pathTo(state, inner), part: "value", from: inner.from, to: inner.to, keys: [] };
  return undefined;
}

function within(state: EditorState, object: SyntaxNode): { path: Path; keys: readonly string[] } {
  const keys = children(object).flatMap((child) =>
    child.name === "Property" ? (keyOf(state, child) ?? []) : [],
  );
  return { path: pathTo(state, object), keys };
}

function pathTo(state: EditorState, node: SyntaxNode): Path {
  const path: (string | number)[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === "Property") path.unshift(keyOf(state, at) ?? "");
    else if (at.parent?.name === "Array") {
      const items = children(at.parent).filter(({ name }) => values.has(name));
      path.unshift(
        Math.max(
          0,
          items.findIndex(({ from }) => from === at?.from),
        ),
      );
    }
  }
  return path;
}
