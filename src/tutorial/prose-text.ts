import type { Bindings } from "../world/world.ts";
import { fillPlaceholder, parsePlaceholder } from "./placeholder.ts";

/** A piece of prose: words, or an address that wears its server's colour. */
export type ProsePart = { text: string } | { address: string } | { fill: string };

// A placeholder; an identifier with its server; a server of our examples by itself.
const piece =
  /\{([a-z][a-z0-9.-]*)\}|(?<![\w@#!./:-])(?:[@#!][\w.=/+-]+:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?|(?:[a-z0-9-]+\.)+example(?::\d+)?)(?![\w/:@-])/gi;

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

/** A plain text of the prose with its roles filled, for an element to draw. */
export function proseParts(text: string, bindings: Bindings): ({ text: string } | { address: string })[] {
  return splitProse(text).map((part) => ("fill" in part ? filled(part.fill, bindings) : part));
}

/** A plain text of the prose with its roles filled, in one piece. */
export function proseLine(text: string, bindings: Bindings): string {
  return proseParts(text, bindings)
    .map((part) => ("text" in part ? part.text : part.address))
    .join("");
}

/** Gives each address of the compiled HTML that stands for a role the address of whoever plays it now. */
export function fillAddresses(root: ParentNode, bindings: Bindings): void {
  for (const element of root.querySelectorAll("homeroom-address[fill]")) {
    const part = filled(element.getAttribute("fill") ?? "", bindings);
    element.setAttribute("text", "address" in part ? part.address : part.text);
  }
}

/** While nobody has the role's account yet, the person's name stands for it. */
function filled(inside: string, bindings: Bindings): { text: string } | { address: string } {
  const placeholder = parsePlaceholder(inside);
  if (!placeholder) return { text: `{${inside}}` };
  const value = fillPlaceholder(placeholder, bindings);
  if (value !== undefined)
    return isAddress(value) || /^[@#!]/.test(value) ? { address: value } : { text: value };
  if (placeholder.kind === "person")
    return { text: bindings.people[placeholder.person]?.name ?? placeholder.person };
  return { text: placeholder.room };
}
