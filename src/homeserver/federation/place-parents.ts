import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import { fetchCited, fetchEvent, fetchStateBefore, missingParents } from "./fetch-missing.ts";
import type { Sender } from "./incoming-events.ts";
import { placeEvent } from "./place-event.ts";

/** How many events that another follows are asked for one by one. */
const mostParents = 20;

/**
 * Gives the events that another follows their places, each in the state before it as the other server has it: for
 * servers that know the state before these, and not that before the one they sent. Returns whether all are there now.
 */
export async function placeParents(
  server: Server,
  room: Room,
  { pdu }: CheckedPdu,
  sender: Sender,
  options: { historical?: boolean },
): Promise<boolean> {
  const missing = missingParents(room, pdu);
  if (missing.length > mostParents) return false;
  const source: Sender = { ...sender, via: "missing" };
  for (const id of missing) {
    const parent = await fetchEvent(server, room, id, source);
    if (!parent || !(await fetchCited(server, room, parent, source))) return false;
    const isOpen = missingParents(room, parent.pdu).length > 0;
    const claimed = isOpen ? await fetchStateBefore(server, room, parent, source) : undefined;
    if (isOpen && !claimed) return false;
    await placeEvent(server, room, parent, { sender: source, claimed, ...options });
  }
  return missingParents(room, pdu).length === 0;
}
