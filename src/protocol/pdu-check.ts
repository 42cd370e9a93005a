import { canonicalFault, canonicalJson, refusalCodes as jsonCodes } from "./canonical-json.ts";
import { refusalCodes as identifierCodes, parseRoomId, parseUserId } from "./identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Pdu } from "./pdu.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import type { RoomVersion } from "./room-versions.ts";

/** The codes of {@link pduFault}. */
export const refusalCodes = [
  ...jsonCodes,
  ...identifierCodes,
  "pdu/bad-depth",
  "pdu/missing-key",
  "pdu/no-object",
  "pdu/too-large",
  "pdu/too-long",
  "pdu/too-many",
  "pdu/wrong-type",
] as const;

/** In bytes: of the whole event with its signatures as canonical JSON, and of some of its keys. */
export const largestEvent = 65536;
const longestKey = 255;
const mostParents = 20;
const mostAuthEvents = 10;

/**
 * What makes a value no valid event of a room version: format, types, sizes. Step 1 of the checks on receipt;
 * what fails it is dropped. With `backfill` the numbers of parents and auth events are not limited, since
 * history has events that break the limit.
 * https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu
 */
export function pduFault(
  value: Json,
  version: RoomVersion,
  options: { backfill?: boolean } = {},
): Refusal | undefined {
  if (!isJsonObject(value)) return { code: "pdu/no-object", facts: { found: kindOf(value) } };
  return (
    canonicalOrSizeFault(value) ??
    keysFault(value, version) ??
    formatFault(value as Pdu, version) ??
    (options.backfill ? undefined : numbersFault(value as Pdu))
  );
}

type Kind = "string" | "integer" | "object" | "strings" | "signatures" | "hashes";
type Format = Record<string, { kind: Kind; optional?: true }>;

/** https://spec.matrix.org/v1.19/rooms/v12/#event-format */
const format: Format = {
  auth_events: { kind: "strings" },
  content: { kind: "object" },
  depth: { kind: "integer" },
  hashes: { kind: "hashes" },
  origin_server_ts: { kind: "integer" },
  prev_events: { kind: "strings" },
  room_id: { kind: "string" },
  sender: { kind: "string" },
  signatures: { kind: "signatures" },
  state_key: { kind: "string", optional: true },
  type: { kind: "string" },
  unsigned: { kind: "object", optional: true },
};

/** https://spec.matrix.org/v1.19/rooms/v6/#event-format */
const formatWithRedacts: Format = { ...format, redacts: { kind: "string", optional: true } };
/** The room id of a create event is made from its hash. */
const formatOfCreate: Format = { ...format, room_id: { kind: "string", optional: true } };

function formatFor(event: JsonObject, version: RoomVersion): Format {
  if (version.redacts === "event") return formatWithRedacts;
  const isRoot = version.roomId === "create-event" && event.type === "m.room.create";
  return isRoot ? formatOfCreate : format;
}

const isOfKind: Record<Kind, (value: Json) => boolean> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isSafeInteger(value),
  object: isJsonObject,
  strings: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "string"),
  hashes: (value) => isJsonObject(value) && typeof value.sha256 === "string",
  signatures: (value) =>
    isJsonObject(value) &&
    Object.values(value).every(
      (byKey) => isJsonObject(byKey) && Object.values(byKey).every((one) => typeof one === "string"),
    ),
};

function keysFault(event: JsonObject, version: RoomVersion): Refusal | undefined {
  for (const [key, { kind, optional }] of Object.entries(formatFor(event, version))) {
    const value = event[key];
    if (value === undefined) {
      if (!optional) return { code: "pdu/missing-key", facts: { key } };
    } else if (!isOfKind[kind](value)) {
      return { code: "pdu/wrong-type", facts: { key, expected: kind, found: kindOf(value) } };
    }
  }
  return undefined;
}

function formatFault(event: Pdu, version: RoomVersion): Refusal | undefined {
  for (const key of ["type", "state_key"] as const) {
    const bytes = utf8Length(event[key] ?? "");
    if (bytes > longestKey) return { code: "pdu/too-long", facts: { key, bytes, limit: longestKey } };
  }
  for (const key of ["prev_events", "auth_events"] as const) {
    const id = event[key].find((one) => utf8Length(one) > longestKey);
    if (id) return { code: "pdu/too-long", facts: { key, bytes: utf8Length(id), limit: longestKey } };
  }
  if (event.depth < 0) return { code: "pdu/bad-depth", facts: { depth: event.depth } };
  const sender = parseUserId(event.sender, { historical: true });
  if (isRefusal(sender)) return sender;
  return event.room_id === undefined ? undefined : roomIdFault(event.room_id, version);
}

/** A room id of the other kind of room versions is none of this one. */
function roomIdFault(text: string, version: RoomVersion): Refusal | undefined {
  const roomId = parseRoomId(text);
  if (isRefusal(roomId)) return roomId;
  if (version.roomId === "with-server" && roomId.server === undefined) {
    return { code: "identifier/no-server", facts: { text, kind: "room" } };
  }
  if (version.roomId === "create-event" && roomId.server !== undefined) {
    return {
      code: "identifier/bad-character",
      facts: { text, kind: "room", character: ":", codePoint: 58, position: text.indexOf(":") },
    };
  }
  return undefined;
}

function numbersFault(event: Pdu): Refusal | undefined {
  for (const [key, limit] of [
    ["prev_events", mostParents],
    ["auth_events", mostAuthEvents],
  ] as const) {
    const count = event[key].length;
    if (count > limit) return { code: "pdu/too-many", facts: { key, count, limit } };
  }
  return undefined;
}

function canonicalOrSizeFault(event: JsonObject): Refusal | undefined {
  let json: string;
  try {
    json = canonicalJson(event);
  } catch {
    return canonicalFault(event);
  }
  const bytes = utf8Length(json);
  return bytes > largestEvent ? { code: "pdu/too-large", facts: { bytes, limit: largestEvent } } : undefined;
}

const utf8 = new TextEncoder();

/** Counted only where it can matter: UTF-8 takes at most three bytes for a UTF-16 unit. */
function utf8Length(text: string): number {
  return text.length * 3 <= longestKey ? text.length : utf8.encode(text).length;
}

function kindOf(value: Json | undefined): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isSafeInteger(value) ? "integer" : typeof value;
}
