import { serverOf } from "../../protocol/identifiers.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { redact } from "../../protocol/redaction.ts";
import { copyForServer } from "../room/erasure.ts";
import { membershipOf } from "../room/members.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import { visibilityOf } from "../room/visibility.ts";

/**
 * An event as another server that is in the room may have it: what none of its users may see loses its content,
 * and keeps its place in the graph.
 */
export function pduFor(room: Room, event: RoomEvent, server: string): Pdu {
  return mayHave(event, server) ? copyForServer(room, server, event) : redact(event.pdu, room.version);
}

/** Whether one of a server's users may see an event. */
export function mayHave(event: RoomEvent, server: string): boolean {
  if (serverOf(event.pdu.sender) === server) return true;
  // Only for the sake of states is it here, and those have no secrets.
  if (!event.placed) return event.pdu.state_key !== undefined;
  const visibility = visibilityOf(event.after);
  if (visibility === "world_readable" || visibility === "shared") return true;
  const memberships = membershipsIn(event.after, server);
  return memberships.has("join") || (visibility === "invited" && memberships.has("invite"));
}

const known = new WeakMap<RoomState, Map<string, ReadonlySet<string>>>();

/** What a server's users are in a state. */
function membershipsIn(state: RoomState, server: string): ReadonlySet<string> {
  let byServer = known.get(state);
  if (!byServer) {
    byServer = new Map();
    known.set(state, byServer);
  }
  let memberships = byServer.get(server);
  if (!memberships) {
    const found = new Set<string>();
    for (const event of state.values()) {
      const { type, state_key: user } = event.pdu;
      if (type === "m.room.member" && serverOf(user ?? "") === server) found.add(membershipOf(event));
    }
    memberships = found;
    byServer.set(server, memberships);
  }
  return memberships;
}
