import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type OptionName, type OptionValues, option, optionNames } from "./options.ts";

/**
 * Reads a file of settings in YAML or JSON. Its paths are meant from where it lies.
 * @returns its values, or its faults: file, line, column, what was found and what was expected
 */
export function readConfigFile(path: string): OptionValues | { fault: string } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { fault: `--config ${path} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults: string[] = [];
  const fault = (offset: number, found: string, expected: string) => {
    const { line, col } = lines.linePos(offset);
    faults.push(`${path}:${line}:${col}: found ${found}, expected ${expected}`);
  };
  for (const { pos, message } of document.errors) fault(pos[0], message.replace(/\.?$/, ""), "YAML or JSON");
  const root = document.contents;
  const values: Record<string, unknown> = {};
  if (faults.length === 0 && !isMap(root))
    fault(0, found(root), "settings, each a name, a colon and a value");
  else if (faults.length === 0 && isMap(root)) {
    for (const { key, value } of root.items) {
      const name = String(isScalar(key) ? key.value : "");
      if (!isOption(name)) {
        fault(offsetOf(key), `the setting "${name}"`, `one of ${optionNames.join(", ")}`);
        continue;
      }
      const read = readOption(name, value as Node | null, dirname(path));
      if ("expected" in read)
        fault(offsetOf(read.node ?? key), `${found(read.node)} for "${name}"`, read.expected);
      else values[name] = read.value;
    }
  }
  return faults.length > 0 ? { fault: faults.join("\n") } : (values as OptionValues);
}

function isOption(name: string): name is OptionName {
  return (optionNames as string[]).includes(name);
}

type Read = { value: unknown } | { node: Node | null; expected: string };

function readOption(name: OptionName, node: Node | null, folder: string): Read {
  const { kind, expected } = option(name);
  if (kind !== "list" && kind !== "files") return single(name, node, folder);
  const items = isSeq(node) ? (node.items as (Node | null)[]) : [node];
  const read = items.map((item) => single(name, item, folder));
  const wrong = read.find((it) => "expected" in it);
  return wrong
    ? { ...wrong, expected: `a list, each ${expected}` }
    : { value: read.flatMap((it) => ("value" in it ? [it.value] : [])) };
}

function single(name: OptionName, node: Node | null, folder: string): Read {
  const { kind, expected, fits } = option(name);
  const value = isScalar(node) ? node.value : undefined;
  if (kind === "switch") return typeof value === "boolean" ? { value } : { node, expected };
  if (kind === "number")
    return typeof value === "number" && fits?.(String(value)) ? { value } : { node, expected };
  // A room version or a token may look like a number.
  const text = typeof value === "number" && isScalar(node) ? (node.source ?? String(value)) : value;
  if (typeof text !== "string" || text === "" || (fits && !fits(text))) return { node, expected };
  return { value: kind === "file" || kind === "files" ? resolve(folder, text) : text };
}

function found(node: unknown): string {
  if (isMap(node)) return "settings within settings";
  if (isSeq(node)) return "a list";
  if (!isScalar(node) || node.value === null) return "nothing";
  return JSON.stringify(node.value);
}

function offsetOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
