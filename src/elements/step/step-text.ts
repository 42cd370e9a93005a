import { html, type TemplateResult } from "lit";
import { fillPlaceholder, parsePlaceholder } from "../../tutorial/placeholder.ts";
import type { Bindings } from "../../world/world.ts";
import type { ServerLooks } from "../server-look.ts";
import "../addresses/homeroom-address.ts";

/** What prose is filled with: who the roles are, and what their servers wear. */
export type Cast = { bindings: Bindings | undefined; looks: ServerLooks | undefined };

/** A piece of a text of the prose; `mark` is what must stay on the line of an address before it. */
type Piece = { kind: "plain" | "strong" | "em" | "code" | "address"; text: string; mark?: string };

const marksAfter = /^[.,;:!?…)”’»]+/;

const address = String.raw`[@#!][A-Za-z0-9._=/+-]+:[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9](?::\d{1,5})?`;
const mark = String.raw`\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\x60([^\x60]+)\x60`;

/** A line of prose (a goal, a hint): roles filled, addresses in their colours, `*…*`, `**…**` and code. */
export function inlineText(text: string, cast: Cast): TemplateResult {
  return html`${pieces(text, cast).map((piece) => drawn(piece, cast))}`;
}

function drawn({ kind, text, mark }: Piece, { looks }: Cast): unknown {
  switch (kind) {
    case "plain":
      return text;
    case "strong":
      return html`<strong>${text}</strong>`;
    case "em":
      return html`<em>${text}</em>`;
    case "code":
      return html`<code>${text}</code>`;
    case "address":
      return html`<span class="whole"><homeroom-address .text=${text} .looks=${looks}></homeroom-address>${mark}</span>`;
  }
}

/** The same as plain words, for what is spoken. */
export function spokenText(text: string, cast: Cast): string {
  return pieces(text, cast)
    .map(({ text, mark = "" }) => text + mark)
    .join("");
}

/**
 * The elements of a step's text. Its HTML is the prose compiler's own, sanitised there; roles are filled as text,
 * so that a name can never be markup.
 */
export function filledHtml(source: string, cast: Cast): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = source;
  const walker = document.createTreeWalker(template.content, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest("a, code, pre")) continue;
    if (text.parentElement?.localName === "homeroom-address") {
      text.data = filled(text.data, cast);
      continue;
    }
    const parts = addressPieces(filled(text.data, cast), cast);
    if (parts.every(({ kind }) => kind === "plain")) text.data = parts.map((part) => part.text).join("");
    else
      text.replaceWith(
        ...parts.map((part) => (part.kind === "address" ? addressElement(part.text) : part.text)),
      );
  }
  const content = document.importNode(template.content, true);
  for (const element of content.querySelectorAll("homeroom-address")) {
    element.looks = cast.looks;
    keepWithMark(element);
  }
  return content;
}

/** No line begins with the comma after an address, though an address is a box of its own. */
function keepWithMark(address: Element): void {
  const next = address.nextSibling;
  const mark = next instanceof Text ? marksAfter.exec(next.data)?.[0] : undefined;
  if (!(next instanceof Text) || mark === undefined) return;
  next.data = next.data.slice(mark.length);
  const whole = document.createElement("span");
  whole.className = "whole";
  address.replaceWith(whole);
  whole.append(address, mark);
}

/** All that the filling of a text depends on, to fill again only when it changed. */
export function castKey(source: string, cast: Cast): string {
  return `${filled(source, cast)}\n${cast.looks ? [...cast.looks.keys()].join() : ""}`;
}

function addressElement(text: string): HTMLElement {
  const element = document.createElement("homeroom-address");
  element.textContent = text;
  return element;
}

function pieces(text: string, cast: Cast): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(mark, "g"))) {
    found.push(...addressPieces(filled(text.slice(from, match.index), cast), cast));
    const [whole, strong, em, code] = match;
    const inside = strong ?? em ?? code ?? "";
    const kind = strong !== undefined ? "strong" : em !== undefined ? "em" : "code";
    found.push({ kind, text: filled(inside, cast) });
    from = match.index + whole.length;
  }
  found.push(...addressPieces(filled(text.slice(from), cast), cast));
  return found.map((piece, at) => {
    const mark = (each: Piece | undefined): string =>
      each?.kind === "plain" ? (marksAfter.exec(each.text)?.[0] ?? "") : "";
    if (piece.kind === "address") return { ...piece, mark: mark(found[at + 1]) };
    return found[at - 1]?.kind === "address"
      ? { ...piece, text: piece.text.slice(mark(piece).length) }
      : piece;
  });
}

/** Addresses, and names of the scene's servers, apart from the words around them. */
function addressPieces(text: string, cast: Cast): Piece[] {
  const servers = [...(cast.looks?.keys() ?? [])].map((name) => `\\b${escapeRegExp(name)}\\b`);
  const pattern = new RegExp([address, ...servers].join("|"), "g");
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) found.push({ kind: "plain", text: text.slice(from, match.index) });
    found.push({ kind: "address", text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "plain", text: text.slice(from) });
  return found;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Roles filled. Somebody without an account yet is called by name. */
function filled(text: string, { bindings }: Cast): string {
  return text.replace(/\{([a-z][a-z0-9.-]*)\}/g, (whole, inside: string) => {
    const placeholder = parsePlaceholder(inside);
    if (!placeholder || !bindings) return whole;
    const value = fillPlaceholder(placeholder, bindings);
    if (value !== undefined) return value;
    return placeholder.kind === "person" ? (bindings.people[placeholder.person]?.name ?? whole) : whole;
  });
}
