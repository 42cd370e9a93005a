import type { MatrixClient, Room } from "matrix-js-sdk";
import { isRefused } from "./shown-event.ts";

/** Sends a room's messages again that the network, not the homeserver, kept from being sent. In order. */
export async function resendIn(client: MatrixClient, room: Room): Promise<void> {
  const accepted = new Set(
    room
      .getLiveTimeline()
      .getEvents()
      .map((event) => event.getUnsigned().transaction_id),
  );
  for (const event of [...room.getPendingEvents()]) {
    if (event.status !== "not_sent" || isRefused(event)) continue;
    // The homeserver had it, but its answer did not come through.
    if (accepted.has(event.getTxnId())) client.cancelPendingEvent(event);
    else await client.resendEvent(event, room).catch(() => undefined);
  }
}
