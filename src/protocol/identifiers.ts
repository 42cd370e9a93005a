import type { Refusal } from "./refusal.ts";
import { isRefusal } from "./refusal.ts";
import { parseServerName, refusalCodes as serverNameCodes } from "./server-name.ts";

export { parseServerName, type ServerName } from "./server-name.ts";

/** The codes of everything here. */
export const refusalCodes = [
  ...serverNameCodes,
  "identifier/bad-character",
  "identifier/empty",
  "identifier/empty-localpart",
  "identifier/no-server",
  "identifier/too-long",
  "identifier/upper-case",
  "identifier/wrong-sigil",
] as const;

/** What {@link parseUserId} and its like take from a text. `text` is always the whole of it. */
type Parsed<Kind extends string> = { kind: Kind; text: string; localpart: string };

export type UserId = Parsed<"user"> & {
  server: string;
  /** Whether the localpart is of today's grammar, only of yesterday's, or was never meant to be. */
  grammar: "current" | "historical" | "non-compliant";
};
/** Without `server` since room version 12: then the localpart is the hash in the create event's id. */
export type RoomId = Parsed<"room"> & { server?: string };
export type RoomAlias = Parsed<"alias"> & { server: string };
/** Without `server` since room version 3. */
export type EventId = Parsed<"event"> & { server?: string };
export type Identifier = UserId | RoomId | RoomAlias | EventId;

/** The sigil of each kind. https://spec.matrix.org/v1.19/appendices/#common-identifier-format */
export const sigils = { user: "@", room: "!", alias: "#", event: "$" } as const;

/** In bytes of UTF-8, with sigil and server. */
export const longestIdentifier = 255;

/**
 * Reads a user id by today's grammar, or by that of events of all times with `historical`. Refusals' facts
 * name the `text`, and a `position` in it in UTF-16 units where there is one.
 * https://spec.matrix.org/v1.19/appendices/#user-identifiers
 */
export function parseUserId(text: string, options: { historical?: boolean } = {}): UserId | Refusal {
  const parts = split("user", text);
  if (isRefusal(parts)) return parts;
  const { localpart, server } = parts;
  const grammar = grammarOfUser(localpart);
  if (server === undefined) return { code: "identifier/no-server", facts: { text, kind: "user" } };
  if (grammar !== "current" && !options.historical) {
    const fault = localpartFault("user", text, localpart, /[^a-z0-9._=\-/+]/u);
    if (fault) return fault;
  }
  return { kind: "user", text, localpart, server, grammar };
}

/**
 * Reads a room id of any room version.
 * https://spec.matrix.org/v1.19/appendices/#room-ids
 */
export function parseRoomId(text: string): RoomId | Refusal {
  const parts = split("room", text);
  if (isRefusal(parts)) return parts;
  const { localpart, server } = parts;
  if (server !== undefined) return namedLocalpart("room", { text, localpart, server });
  // without a server it has to be the hash of a create event
  if (!/^[\w-]{43}$/.test(localpart)) return { code: "identifier/no-server", facts: { text, kind: "room" } };
  return { kind: "room", text, localpart };
}

/** https://spec.matrix.org/v1.19/appendices/#room-aliases */
export function parseRoomAlias(text: string): RoomAlias | Refusal {
  const parts = split("alias", text);
  if (isRefusal(parts)) return parts;
  const { localpart, server } = parts;
  if (server === undefined) return { code: "identifier/no-server", facts: { text, kind: "alias" } };
  return namedLocalpart("alias", { text, localpart, server });
}

/**
 * Reads an event id of any room version: with a server in the first two, base64 in the third, URL-safe
 * base64 since. https://spec.matrix.org/v1.19/appendices/#event-ids
 */
export function parseEventId(text: string): EventId | Refusal {
  const parts = split("event", text);
  if (isRefusal(parts)) return parts;
  const { localpart, server } = parts;
  if (server !== undefined) return namedLocalpart("event", { text, localpart, server });
  const fault = localpartFault("event", text, localpart, /[^A-Za-z0-9+/_-]/u);
  return fault ?? { kind: "event", text, localpart };
}

/** Reads whatever the sigil promises. */
export function parseIdentifier(text: string): Identifier | Refusal {
  switch (text[0]) {
    case "@":
      return parseUserId(text, { historical: true });
    case "!":
      return parseRoomId(text);
    case "#":
      return parseRoomAlias(text);
    case "$":
      return parseEventId(text);
    case undefined:
      return { code: "identifier/empty", facts: { text, kind: "any" } };
    default:
      return { code: "identifier/wrong-sigil", facts: { text, kind: "any", found: firstCharacter(text) } };
  }
}

/** Puts an identifier together. The parts are not checked: parse what you get. */
export function formatIdentifier(parts: {
  kind: Identifier["kind"];
  localpart: string;
  server?: string;
}): string {
  return `${sigils[parts.kind]}${parts.localpart}${parts.server === undefined ? "" : `:${parts.server}`}`;
}

/** The server in an identifier, unchecked: what is after its first colon. */
export function serverOf(id: string): string | undefined {
  const colon = id.indexOf(":");
  return colon === -1 ? undefined : id.slice(colon + 1);
}

/** Sigil, size and server, in that order; the localpart is left to the caller. */
function split(
  kind: keyof typeof sigils,
  text: string,
): { text: string; localpart: string; server: string | undefined } | Refusal {
  if (text === "") return { code: "identifier/empty", facts: { text, kind } };
  if (text[0] !== sigils[kind]) {
    const facts = { text, kind, expected: sigils[kind], found: firstCharacter(text) };
    return { code: "identifier/wrong-sigil", facts };
  }
  // a localpart has no colon, so the first one ends it
  const colon = text.indexOf(":");
  const localpart = colon === -1 ? text.slice(1) : text.slice(1, colon);
  const illegal = illegalAnywhere.exec(localpart);
  if (illegal) return badCharacter(kind, text, illegal);
  if (colon !== -1) {
    const server = parseServerName(text.slice(colon + 1));
    if (isRefusal(server)) return withinIdentifier(server, text, colon + 1);
  }
  const bytes = text.length > longestIdentifier / 3 ? utf8.encode(text).length : 0;
  if (bytes > longestIdentifier) {
    return { code: "identifier/too-long", facts: { text, kind, bytes, limit: longestIdentifier } };
  }
  return { text, localpart, server: colon === -1 ? undefined : text.slice(colon + 1) };
}

const utf8 = new TextEncoder();

/** NUL and lone surrogates, which no identifier of any time has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const illegalAnywhere = /[\u0000\ud800-\udfff]/u;

function grammarOfUser(localpart: string): UserId["grammar"] {
  if (/^[a-z0-9._=\-/+]+$/.test(localpart)) return "current";
  return /^[\u0021-\u007e]+$/.test(localpart) ? "historical" : "non-compliant";
}

function namedLocalpart<Kind extends "room" | "alias" | "event">(
  kind: Kind,
  parts: { text: string; localpart: string; server: string },
): (Parsed<Kind> & { server: string }) | Refusal {
  return localpartFault(kind, parts.text, parts.localpart) ?? { kind, ...parts };
}

function localpartFault(
  kind: keyof typeof sigils,
  text: string,
  localpart: string,
  forbidden?: RegExp,
): Refusal | undefined {
  if (localpart === "") return { code: "identifier/empty-localpart", facts: { text, kind } };
  const bad = forbidden?.exec(localpart);
  if (!bad) return undefined;
  if (kind === "user" && /[A-Z]/.test(bad[0])) {
    return { code: "identifier/upper-case", facts: { text, character: bad[0], position: bad.index + 1 } };
  }
  return badCharacter(kind, text, bad);
}

function badCharacter(kind: string, text: string, match: RegExpExecArray): Refusal {
  const character = match[0];
  const facts = { text, kind, character, codePoint: character.codePointAt(0)!, position: match.index + 1 };
  return { code: "identifier/bad-character", facts };
}

/** The facts of a server name's refusal, as seen from the whole identifier. */
function withinIdentifier(refusal: Refusal, text: string, offset: number): Refusal {
  const { position, text: server, ...facts } = refusal.facts;
  const moved = typeof position === "number" ? { position: position + offset } : {};
  return { code: refusal.code, facts: { ...facts, ...moved, text, server: server! } };
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!);
}
