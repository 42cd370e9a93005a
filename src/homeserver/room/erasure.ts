import { serverOf } from "../../protocol/identifiers.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { redact } from "../../protocol/redaction.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { membershipOf } from "./members.ts";
import type { Room } from "./room.ts";
import { compareTopologically, placeOf, type RoomEvent } from "./room-event.ts";

/**
 * Whether a user gets no more than a redacted copy of an event: its sender had everything erased, and the user came
 * later, or was not in the room while there was time to see it.
 * https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate
 */
export function isErasedFor(room: Room, userId: string, event: RoomEvent): boolean {
  const erasedAt = erasureOf(room, event);
  return erasedAt !== undefined && !wasThere(room, userId, event, erasedAt);
}

/** The same for a server: none of its users was there. */
export function isErasedForServer(room: Room, server: string, event: RoomEvent): boolean {
  const erasedAt = erasureOf(room, event);
  if (erasedAt === undefined) return false;
  for (const { pdu } of room.timeline.stateAt(erasedAt)?.values() ?? []) {
    const user = pdu.type === "m.room.member" ? (pdu.state_key ?? "") : undefined;
    if (user !== undefined && serverOf(user) === server && wasThere(room, user, event, erasedAt))
      return false;
  }
  return true;
}

/** An event as a user may have it. */
export function copyFor(room: Room, userId: string, event: RoomEvent): Pdu {
  return isErasedFor(room, userId, event) ? redact(event.pdu, room.version) : event.pdu;
}

/** An event as another server may have it, as far as erasure goes. */
export function copyForServer(room: Room, server: string, event: RoomEvent): Pdu {
  return isErasedForServer(room, server, event) ? redact(event.pdu, room.version) : event.pdu;
}

/** The stream position from which on an event is not for newcomers. */
function erasureOf(room: Room, event: RoomEvent): number | undefined {
  const { sender, type, state_key } = event.pdu;
  const erasedAt = room.erasedAt(sender);
  if (erasedAt === undefined || state_key === undefined) return erasedAt;
  // What is in force is the room's: without it newcomers would write openly where everything is encrypted, or let
  // servers in that are kept out. Of the sender themself nothing more is told.
  const isInForce = room.state(type, state_key) === event;
  return isInForce && state_key !== sender ? undefined : erasedAt;
}

/** Whether a user was in the room at an event, or came to it later and not after a stream position. */
function wasThere(room: Room, userId: string, event: RoomEvent, position: number): boolean {
  const key = stateKeyOf("m.room.member", userId);
  let member = room.timeline.stateAt(position)?.get(key);
  while (member) {
    if (membershipOf(member) === "join") return true;
    if (compareTopologically(placeOf(member), placeOf(event)) <= 0) return false;
    member = member.before.get(key);
  }
  return false;
}
