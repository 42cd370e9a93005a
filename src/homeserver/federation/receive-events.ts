import { eventIdOf } from "../../protocol/hashes.ts";
import type { Json } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { closeGaps } from "./backfill.ts";
import { fetchGap } from "./fetch-missing.ts";
import { checkedPdus, reportDropped, type Sender } from "./incoming-events.ts";
import { missingRefusal } from "./place-event.ts";
import { placeEvents } from "./place-events.ts";

/** What became of events: nothing bad, or why they were refused. Those that were dropped are not among them. */
export type Received = Map<string, Refusal | undefined>;

/**
 * Takes in events that another server sends as news: checks them, finds what is missing before them, and gives
 * each its place in the room's graph. In any order, and however often the same.
 */
export async function receiveEvents(
  server: Server,
  room: Room,
  values: readonly Json[],
  sender: Sender,
): Promise<Received> {
  const { waitingEvents } = server.federation;
  const came = await checkedPdus(server, room, values, sender, (value, refusal) => {
    reportDropped(server, room.id, value, sender.origin, refusal);
    if (refusal.code !== "federation/no-key") return;
    waitingEvents.add(room, eventIdOf(value as Pdu, room.version), value, sender.origin, "key");
  });
  const isNew = [...came].filter(([id]) => !room.has(id));
  if (isNew.length > 0) {
    const gap = await fetchGap(server, room, new Map(isNew), sender);
    await placeEvents(server, room, new Map([...gap, ...isNew]), sender, new Set(gap.keys()));
    // What is still missing has time, and nobody waits for it.
    if (room.gaps.size > 0) void closeGaps(server, room);
  }
  const received: Received = new Map();
  for (const [id, { pdu }] of came) {
    const event = room.events.get(id);
    if (event?.placed) waitingEvents.settle(room, id);
    else waitingEvents.add(room, id, pdu, sender.origin);
    received.set(id, event?.placed ? event.rejected : missingRefusal(id));
  }
  if (isNew.some(([id]) => room.has(id))) await waitingEvents.tryAgain(room);
  return received;
}
