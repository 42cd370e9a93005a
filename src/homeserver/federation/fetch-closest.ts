import { isRefusal } from "../../protocol/refusal.ts";
import { closestEvent } from "../room/closest-event.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { serversWith } from "./backfill.ts";
import { fetchEvent } from "./fetch-missing.ts";
import type { Sender } from "./incoming-events.ts";
import { placeEvents } from "./place-events.ts";

/**
 * Looks for the event at a time at other servers, where this one lacks some of the room, and fetches it.
 * https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1timestamp_to_eventroomid
 */
export async function fetchClosest(
  server: Server,
  room: Room,
  ts: number,
  backwards: boolean,
): Promise<void> {
  const known = closestEvent(room, ts, backwards, () => true)?.pdu.origin_server_ts;
  for (const origin of serversWith(server, room)) {
    const answer = await server.federation.request(origin, {
      method: "GET",
      path: `/_matrix/federation/v1/timestamp_to_event/${encodeURIComponent(room.id)}`,
      query: { ts, dir: backwards ? "b" : "f" },
    });
    if (isRefusal(answer)) continue;
    const { event_id: id, origin_server_ts: time } = answer;
    if (typeof id !== "string" || typeof time !== "number") continue;
    if (known !== undefined && Math.abs(known - ts) <= Math.abs(time - ts)) return;
    const sender: Sender = { origin, via: "backfill" };
    const event = await fetchEvent(server, room, id, sender);
    if (event)
      await placeEvents(server, room, new Map([[id, event]]), sender, new Set(), { historical: true });
    if (room.has(id)) return;
  }
}
