import { parsePlaceholder } from "./placeholder.ts";

/** A piece of prose: words, or an address that wears its server's colour. */
export type ProsePart = { text: string } | { address: string } | { fill: string };

// A placeholder; an identifier with its server; a server of our examples by itself.
const piece =
  /\{([a-z][a-z0-9.-]*)\}|(?<![\w@#!./:-])(?:[@#!][\w.=/+-]+:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?|(?:[a-z0-9-]+\.)+example(?::\d+)?)(?![\w@/-]|[.:]\w)/gi;

/** Takes a text apart into words, addresses and placeholders. */
export function splitProse(text: string): ProsePart[] {
  const parts: ProsePart[] = [];
  let end = 0;
  for (const match of text.matchAll(piece)) {
    const [whole, fill] = match;
    if (fill !== undefined && !parsePlaceholder(fill)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(fill === undefined ? { address: whole } : { fill });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Is this whole text an address? */
export function isAddress(text: string): boolean {
  const [only, ...more] = splitProse(text);
  return more.length === 0 && only !== undefined && "address" in only;
}
