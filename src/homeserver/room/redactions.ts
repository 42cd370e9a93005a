import { serverOf } from "../../protocol/identifiers.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { powerLevels } from "../../protocol/power-levels.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import { authState } from "./auth-state.ts";
import type { RoomEvent } from "./room-event.ts";

/** The event that a redaction is about. */
export function redactionTarget(
  pdu: Pick<Pdu, "content" | "redacts">,
  version: RoomVersion,
): string | undefined {
  const target = version.redacts === "event" ? pdu.redacts : pdu.content.redacts;
  return typeof target === "string" ? target : undefined;
}

/**
 * Whether a redaction takes effect on an event that is here: its sender has the redact level, or is of the
 * same server as the event's sender. https://spec.matrix.org/v1.19/rooms/v12/#handling-redactions
 */
export function takesEffect(redaction: RoomEvent, target: RoomEvent, version: RoomVersion): boolean {
  if (target.rejected || target.roomId !== redaction.roomId) return false;
  if (serverOf(redaction.pdu.sender) === serverOf(target.pdu.sender)) return true;
  const { create, get } = authState(redaction.before);
  if (!create) return false;
  const levels = powerLevels(create, get("m.room.power_levels", ""), version);
  return levels.user(redaction.pdu.sender) >= levels.redact;
}
