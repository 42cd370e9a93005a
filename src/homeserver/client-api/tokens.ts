import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import type { Room } from "../room/room.ts";
import type { Place } from "../room/room-event.ts";

/** How far a client has come: in the stream, and in the messages to its device where it has not got them all. */
export type SyncPosition = { position: number; messages: number };

export function syncToken({ position, messages }: SyncPosition): string {
  return messages === position ? `s${position}` : `s${position}_${messages}`;
}

/** Of who has everything up to a position. */
export function tokenAt(position: number): string {
  return syncToken({ position, messages: position });
}

/**
 * Within a room: a place in the order of its graph, behind all that stands up to it.
 * @param seenAt the stream position of the answer that it stands in, where that may matter.
 */
export function placeToken({ depth, stream }: Place, seenAt?: number): string {
  return seenAt === undefined ? `t${depth}_${stream}` : `t${depth}_${stream}_${seenAt}`;
}

export function parseSyncToken(token: string): SyncPosition | Refusal {
  const match = /^s(\d{1,15})(?:_(\d{1,15}))?$/.exec(token);
  if (!match) return { code: "room/bad-token", facts: { token } };
  const position = Number(match[1]);
  return { position, messages: match[2] === undefined ? position : Number(match[2]) };
}

/**
 * Any token that a client may page with. Those of `/sync` become the place behind all that had come by then.
 * `position` is where in the stream the client was told of it, if the token says so.
 */
export function parseToken(room: Room, token: string): { place: Place; position?: number } | Refusal {
  const since = parseSyncToken(token);
  if (!isRefusal(since)) {
    const { timeline } = room;
    const { position } = since;
    return { place: timeline.placeAfterLive(timeline.liveCount(position)), position };
  }
  const match = /^t(\d{1,16})_(\d{1,15})(?:_(\d{1,15}))?$/.exec(token);
  if (!match) return { code: "room/bad-token", facts: { token } };
  const place = { depth: Number(match[1]), stream: Number(match[2]) };
  return match[3] === undefined ? { place } : { place, position: Number(match[3]) };
}
