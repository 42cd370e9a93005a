import type { Refusal } from "../../protocol/refusal.ts";
import { mergeStates } from "../room/merge-states.ts";
import type { Room } from "../room/room.ts";
import type { RoomState } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import type { CheckedPdu } from "./check-pdu.ts";
import type { Sender } from "./incoming-events.ts";
import { citedEvents, judge, judgingFacts } from "./judge-event.ts";

/** How an event is given its place. */
export type Placing = {
  sender: Sender;
  /** The state before it, where it is known though a parent is missing. */
  before?: RoomState | undefined;
  /** The state before it as somebody else has it, where a parent is missing. */
  claimed?: RoomState | undefined;
  historical?: boolean;
  /** Whether this server tells the others of it. */
  relayed?: boolean;
  /** Instead of keeping it rejected or soft-failed, refuse it. */
  onlyIfGood?: boolean;
};

/** Judges an event by the room as it is now, and keeps it. All that it cites is here. */
export async function placeEvent(
  server: Server,
  room: Room,
  event: CheckedPdu,
  { sender, before: known, claimed, historical, relayed, onlyIfGood }: Placing,
): Promise<Refusal | undefined> {
  const facts = await judgingFacts(server, room, event);
  return room.inTurn(async () => {
    const { id, pdu } = event;
    if (room.has(id)) return room.events.get(id)!.rejected;
    const cited = citedEvents(server, room, pdu);
    if (!cited) return missingRefusal(id);
    const before = known ?? stateBefore(room, event, claimed);
    const current = historical ? undefined : currentState(room, claimed);
    const verdict = judge(room, event, { cited, before, ...(current && { current }) }, facts);
    const refusal = verdict.rejected ?? verdict.softFailed;
    if (onlyIfGood && refusal) return refusal;
    const judged = { id, pdu, before, ...verdict, historical, relayed };
    server.rooms.add(room, judged, { origin: sender.origin, via: sender.via });
    return verdict.rejected;
  });
}

/** The state before an event: that after its parents, and what is claimed where some of these are missing. */
function stateBefore(room: Room, { pdu }: CheckedPdu, claimed: RoomState | undefined): RoomState {
  const known = pdu.prev_events.filter((id) => room.has(id));
  if (!claimed) return room.stateAfter(known);
  return mergeStates([claimed, ...known.map((id) => room.events.get(id)!.after)], room);
}

/** The room's state now; where a part of the room is missing, together with what that has come to. */
function currentState(room: Room, claimed: RoomState | undefined): RoomState {
  return claimed ? mergeStates([room.current, claimed], room) : room.current;
}

export function missingRefusal(event: string): Refusal {
  return { code: "federation/missing-events", facts: { event } };
}
