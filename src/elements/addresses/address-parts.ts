import { type MatrixLink, parseMatrixLink } from "../../protocol/matrix-links.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";

/** A piece of an address as it is written. Together they are the whole of it. */
export type AddressPart = {
  kind:
    | "wrapper"
    | "type"
    | "sigil"
    | "localpart"
    | "colon"
    | "separator"
    | "server"
    | "port"
    | "hash"
    | "event"
    | "via"
    | "action"
    | "ignored";
  text: string;
};

/** What a text is: taken apart, or what is wrong with it and where. Nothing for nothing written. */
export type AddressReading =
  | { state: "empty" }
  | { state: "whole"; link: MatrixLink; parts: AddressPart[] }
  | { state: "faulty"; refusal: Refusal /** In UTF-16 units of the text. */; position: number | undefined };

export function readAddress(text: string): AddressReading {
  if (text.trim() === "") return { state: "empty" };
  const link = parseMatrixLink(text);
  if (!isRefusal(link))
    return { state: "whole", link, parts: partsOf(text.trim(), link).filter((part) => part.text !== "") };
  const refusal = nearerRefusal(text, link);
  return { state: "faulty", refusal, position: positionOf(text, refusal) };
}

function partsOf(text: string, link: MatrixLink): AddressPart[] {
  const [path, query] = cut(text, link.form === "identifier" ? undefined : "?");
  const parts = pathParts(path, link);
  if (query === undefined) return parts;
  let first = true;
  for (const item of query.split("&")) {
    parts.push({ kind: "separator", text: first ? "?" : "&" });
    first = false;
    const isVia = item.startsWith("via=") && link.via.length > 0;
    const isAction = item === `action=${link.action}`;
    parts.push({ kind: isVia ? "via" : isAction ? "action" : "ignored", text: item });
  }
  return parts;
}

function pathParts(path: string, link: MatrixLink): AddressPart[] {
  const { form, target, event } = link;
  const identifier = identifierParts(target.text);
  if (form === "identifier") return identifier;
  const eventParts: AddressPart[] = event
    ? [
        { kind: "separator", text: "/" },
        { kind: "event", text: event.text },
      ]
    : [];
  if (form === "matrix-uri") {
    const [, type = "", separator = ""] = /^matrix:(?:\/\/[^/]*\/)?([^/]*)(\/)/i.exec(path) ?? [];
    const before = path.slice(
      0,
      path.toLowerCase().indexOf(`${type.toLowerCase()}${separator}`, "matrix:".length),
    );
    const inEvent: AddressPart[] = event
      ? [
          { kind: "wrapper", text: /\/(e|event)\/[^/]*$/.exec(path)?.[0].replace(/[^/]*$/, "") ?? "/e/" },
          { kind: "event", text: event.text.slice(1) },
        ]
      : [];
    return [
      { kind: "wrapper", text: before || "matrix:" },
      { kind: "type", text: `${type}${separator}` },
      ...identifier.slice(1),
      ...inEvent,
    ];
  }
  const wrapper = /^(?:https?:\/\/)?(?:www\.)?matrix\.to\/?#\/?/i.exec(path)?.[0] ?? "";
  const rest = path.slice(wrapper.length);
  // In an old link the one # belongs to the web and to the room at once.
  const shared = form === "legacy-matrix.to" && !/^(?:[@!#$]|%)/.test(rest);
  return [{ kind: "wrapper", text: shared ? wrapper.slice(0, -1) : wrapper }, ...identifier, ...eventParts];
}

/** Sigil, localpart, colon, server, port. */
function identifierParts(text: string): AddressPart[] {
  const colon = text.indexOf(":");
  const parts: AddressPart[] = [{ kind: "sigil", text: text.slice(0, 1) }];
  if (colon < 0) return [...parts, { kind: "hash", text: text.slice(1) }];
  const server = parseServerName(text.slice(colon + 1));
  const host = isRefusal(server) ? text.slice(colon + 1) : server.host;
  parts.push(
    { kind: "localpart", text: text.slice(1, colon) },
    { kind: "colon", text: ":" },
    { kind: "server", text: host },
  );
  if (!isRefusal(server) && server.port !== undefined) {
    parts.push({ kind: "colon", text: ":" }, { kind: "port", text: String(server.port) });
  }
  return parts;
}

/** A refusal that says more about what people really mistake. */
function nearerRefusal(text: string, refusal: Refusal): Refusal {
  const written = text.trim();
  if (refusal.code === "link/not-matrix") {
    if (/^[^@\s:/#!]+@[^@\s:/]+$/.test(written)) return { code: "address/mail", facts: { text } };
    if (/^https?:/i.test(written)) return { code: "address/web", facts: { text } };
    if (/^[^@#!$\s:/]+:[^\s:/]+\.[^\s:/]+$/.test(written))
      return { code: "address/no-sigil", facts: { text } };
  }
  const inner = typeof refusal.facts.text === "string" ? refusal.facts.text : "";
  if (refusal.code === "identifier/no-server") {
    const dot = /^[@#!][^.:]+(\.)[^.:]+\.[^:]+$/.exec(inner);
    if (dot) return { code: "address/dot", facts: { ...refusal.facts, position: inner.indexOf(".") } };
  }
  if (refusal.code === "identifier/bad-character" && refusal.facts.character === " ") {
    return { code: "address/space", facts: refusal.facts };
  }
  return refusal;
}

/** Where in the whole text the fault is. */
function positionOf(text: string, { code, facts }: Refusal): number | undefined {
  const inner = typeof facts.text === "string" ? facts.text : text;
  // The parser may have looked at a decoded part of it.
  const found = text.indexOf(inner);
  const start = found >= 0 ? found : undefined;
  const at = (offset: number): number | undefined => (start === undefined ? undefined : start + offset);
  if (typeof facts.position === "number") return at(facts.position);
  const host = typeof facts.host === "string" ? text.indexOf(facts.host) : -1;
  switch (code) {
    case "identifier/no-server":
    case "identifier/empty-server":
    case "link/no-target":
    case "link/segments":
    case "identifier/too-long":
      return text.trimEnd().length;
    case "identifier/wrong-sigil":
    case "address/web":
    case "link/not-matrix":
    case "address/no-sigil":
      return at(inner.length - inner.trimStart().length);
    case "address/mail":
      return text.indexOf("@");
    case "identifier/empty-localpart":
      return at(1);
    case "link/bad-percent-encoding":
      return text.search(/%(?![0-9a-f]{2})/i);
    case "link/unknown-type":
      return text.indexOf(`${facts.type}/`);
    default:
      return host >= 0 ? host : undefined;
  }
}

function cut(text: string, separator: string | undefined): [string, string | undefined] {
  const at = separator === undefined ? -1 : text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
