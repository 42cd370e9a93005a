import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Pdu } from "./pdu.ts";
import type { RoomVersion } from "./room-versions.ts";

/**
 * What is left of an event after its redaction, as a new object: also what is signed, and what the event id
 * is the hash of. https://spec.matrix.org/v1.19/client-server-api/#redactions
 */
export function redact(pdu: Pdu, version: RoomVersion): Pdu {
  return redactObject(pdu, version) as Pdu;
}

/** {@link redact} for an event that has not all of its parts yet. */
export function redactObject(event: JsonObject, version: RoomVersion): JsonObject {
  const kept: JsonObject = {};
  for (const key of version.redaction.event) {
    const value = event[key];
    if (value !== undefined) kept[key] = key === "content" ? redactContent(event, version) : value;
  }
  return kept;
}

function redactContent(event: JsonObject, version: RoomVersion): Json {
  const content = event.content as JsonObject;
  const keys = version.redaction.content.get(event.type as string);
  if (keys === "all") return content;
  const kept: JsonObject = {};
  for (const key of keys ?? []) {
    if (key === "third_party_invite.signed") {
      const invite = content.third_party_invite;
      if (isJsonObject(invite) && invite.signed !== undefined)
        kept.third_party_invite = { signed: invite.signed };
    } else if (content[key] !== undefined) {
      kept[key] = content[key];
    }
  }
  return kept;
}
