import {
  type EventId,
  type Identifier,
  refusalCodes as identifierCodes,
  parseEventId,
  parseIdentifier,
  parseServerName,
  type RoomAlias,
  type RoomId,
  type UserId,
} from "./identifiers.ts";
import { isRefusal, type Refusal } from "./refusal.ts";

/** The codes of {@link parseMatrixLink}. */
export const refusalCodes = [
  ...identifierCodes,
  "link/bad-percent-encoding",
  "link/event-without-room",
  "link/group",
  "link/no-target",
  "link/not-matrix",
  "link/segments",
  "link/unknown-type",
] as const;

/** What a link leads to. Events are within a room. */
export type LinkTarget = UserId | RoomId | RoomAlias;

/** How a link is written. */
export type LinkForm = "identifier" | "matrix.to" | "matrix-uri" | "legacy-matrix.to";

export type MatrixLink = {
  form: LinkForm;
  target: LinkTarget;
  event?: EventId;
  /** Servers that may know the room. */
  via: string[];
  /** What the link suggests to do, where it makes sense for the target. */
  action?: "join" | "chat";
  /** Parts of the query that mean nothing to us, as they were written. */
  ignored: string[];
};

/** What {@link formatMatrixTo} and {@link formatMatrixUri} put into a link beside its target. */
export type LinkOptions = { event?: string; via?: readonly string[] };

/**
 * Reads any way to point at a user or a room, as people paste it: an identifier, a matrix.to link (also the
 * old ones with the alias right after the slash), a `matrix:` URI.
 * https://spec.matrix.org/v1.19/appendices/#uris
 */
export function parseMatrixLink(text: string): MatrixLink | Refusal {
  const trimmed = text.trim();
  const matrixTo = /^(?:https?:\/\/)?(?:www\.)?matrix\.to\/?#(\/?)/i.exec(trimmed);
  if (matrixTo) return parseMatrixTo(trimmed, trimmed.slice(matrixTo[0].length), matrixTo[1] === "/");
  if (/^matrix:/i.test(trimmed)) return parseMatrixUri(trimmed);
  if (!/^[@!#$]/.test(trimmed)) return { code: "link/not-matrix", facts: { text } };
  return linkTo({ form: "identifier", text: trimmed, identifier: trimmed, query: "" });
}

/** https://spec.matrix.org/v1.19/appendices/#matrixto-navigation */
export function formatMatrixTo(target: string | LinkTarget, options: LinkOptions = {}): string {
  const parts = [textOf(target), ...(options.event === undefined ? [] : [options.event])];
  return `https://matrix.to/#/${parts.map(encodePart).join("/")}${formatQuery(options.via)}`;
}

/** https://spec.matrix.org/v1.19/appendices/#matrix-uri-scheme */
export function formatMatrixUri(
  target: string | LinkTarget,
  options: LinkOptions & { action?: "join" | "chat" } = {},
): string {
  const text = textOf(target);
  const type = typeOfSigil[text[0]!];
  if (type === undefined) throw new TypeError(`No user, room or alias: ${text}`);
  const event = options.event === undefined ? "" : `/e/${encodePart(options.event.slice(1))}`;
  return `matrix:${type}/${encodePart(text.slice(1))}${event}${formatQuery(options.via, options.action)}`;
}

const typeOfSigil: Record<string, string> = { "@": "u", "#": "r", "!": "roomid" };
const sigilOfType = new Map([
  ["u", "@"],
  ["r", "#"],
  ["roomid", "!"],
  // of the scheme's development, still to be understood
  ["user", "@"],
  ["room", "#"],
]);

function parseMatrixTo(text: string, rest: string, hasSlash: boolean): MatrixLink | Refusal {
  const form = hasSlash ? "matrix.to" : "legacy-matrix.to";
  const [path, query] = cut(rest, "?");
  // Slashes may be left bare in aliases, user ids and old event ids: what is sure is where an event begins.
  const eventStart = path.search(/\/(?:\$|%24)/i);
  const written = eventStart === -1 ? path.replace(/\/+$/, "") : path.slice(0, eventStart);
  const identifier = decode(written);
  const event = eventStart === -1 ? undefined : decode(path.slice(eventStart + 1).replace(/\/+$/, ""));
  if (identifier === undefined || (eventStart !== -1 && event === undefined)) {
    return { code: "link/bad-percent-encoding", facts: { text } };
  }
  if (identifier === "") return { code: "link/no-target", facts: { text } };
  if (identifier.startsWith("+")) return { code: "link/group", facts: { text } };
  // In https://matrix.to/#sctlib:matrix.org the one # is both the URL's and the alias's.
  const isBare = !hasSlash && !/^[@!#$]/.test(identifier);
  return linkTo({ form, text, identifier: isBare ? `#${identifier}` : identifier, event, query });
}

function parseMatrixUri(text: string): MatrixLink | Refusal {
  const [beforeFragment] = cut(text.slice("matrix:".length), "#");
  const [hierarchy, query] = cut(beforeFragment, "?");
  // The authority is reserved, and has no meaning yet.
  const path = hierarchy.replace(/^\/\/[^/]*\//, "");
  const segments = path.replace(/\/+$/, "").split("/");
  if (segments.length !== 2 && segments.length !== 4) {
    return { code: "link/segments", facts: { text, count: segments.length } };
  }
  const [type, id, eventType, eventId] = segments as [string, string, string?, string?];
  const sigil = sigilOfType.get(type);
  if (sigil === undefined) return { code: "link/unknown-type", facts: { text, type } };
  if (eventType !== undefined && eventType !== "e" && eventType !== "event") {
    return { code: "link/unknown-type", facts: { text, type: eventType } };
  }
  const identifier = decode(id);
  const event = eventId === undefined ? undefined : decode(eventId);
  if (identifier === undefined || (eventId !== undefined && event === undefined)) {
    return { code: "link/bad-percent-encoding", facts: { text } };
  }
  if (identifier === "" || event === "") return { code: "link/no-target", facts: { text } };
  return linkTo({
    form: "matrix-uri",
    text,
    identifier: `${sigil}${identifier}`,
    event: event === undefined ? undefined : `$${event}`,
    query,
  });
}

type Written = {
  form: LinkForm;
  text: string;
  identifier: string;
  event?: string | undefined;
  query: string;
};

/** Checks the parts, once a link is taken apart. */
function linkTo({ form, text, identifier, event, query }: Written): MatrixLink | Refusal {
  const target: Identifier | Refusal = parseIdentifier(identifier);
  if (isRefusal(target)) return target;
  if (target.kind === "event") return { code: "link/event-without-room", facts: { text } };
  const link: MatrixLink = { form, target, via: [], ignored: [] };
  if (event !== undefined) {
    if (target.kind === "user") return { code: "link/event-without-room", facts: { text } };
    const parsed = parseEventId(event);
    if (isRefusal(parsed)) return parsed;
    link.event = parsed;
  }
  for (const item of query.split("&").filter((one) => one !== "")) takeQueryItem(link, item);
  return link;
}

function takeQueryItem(link: MatrixLink, item: string): void {
  const [name, written] = cut(item, "=");
  const value = decode(written);
  if (name === "via" && value !== undefined && !isRefusal(parseServerName(value))) {
    link.via.push(value);
    return;
  }
  // "join" is for rooms and "chat" for users; otherwise they have no meaning
  const suits = value === (link.target.kind === "user" ? "chat" : "join");
  if (name === "action" && suits && link.form === "matrix-uri") link.action = value;
  else link.ignored.push(item);
}

/** What is before and after the first separator. */
function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Percent-encodes what RFC 3986 does not let stand in a segment; `:`, `@` and `$` may stay, and are easier to read. */
function encodePart(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%24", "$");
}

function formatQuery(via: readonly string[] = [], action?: string): string {
  const items = via.map((server) => `via=${encodePart(server)}`);
  if (action !== undefined) items.unshift(`action=${action}`);
  return items.length === 0 ? "" : `?${items.join("&")}`;
}

function textOf(target: string | LinkTarget): string {
  return typeof target === "string" ? target : target.text;
}
