import type { Refusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { Place } from "../room/room-event.ts";

/** Of `/sync`: how far the stream had come. */
export function syncToken(position: number): string {
  return `s${position}`;
}

/** Within a room: a place in the order of its graph, behind all that stands up to it. */
export function placeToken({ depth, stream }: Place): string {
  return `t${depth}_${stream}`;
}

/** The stream position of a token of `/sync`. */
export function parseSyncToken(token: string): number | Refusal {
  const match = /^s(\d{1,15})$/.exec(token);
  return match ? Number(match[1]) : { code: "room/bad-token", facts: { token } };
}

/** Any token that a client may page with. Those of `/sync` become the place behind all that had come by then. */
export function parseToken(room: Room, token: string): { place: Place; position?: number } | Refusal {
  const position = parseSyncToken(token);
  if (typeof position === "number") {
    const { timeline } = room;
    return { place: timeline.placeAfterLive(timeline.liveCount(position)), position };
  }
  const match = /^t(\d{1,16})_(\d{1,15})$/.exec(token);
  if (!match) return { code: "room/bad-token", facts: { token } };
  return { place: { depth: Number(match[1]), stream: Number(match[2]) } };
}
