import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { strippedEvent } from "./client-event.ts";
import { publicSummary } from "./public-summary.ts";
import type { Room } from "./room.ts";

/** A room in a tree of spaces, whoever knows it: its summary, and the events that name its children, in order. */
export type SpaceNode = { summary: JsonObject; children: SpaceChild[] };

export type SpaceChild = {
  roomId: string;
  /** Servers that may be in it. */
  via: string[];
  /** Stripped, with `origin_server_ts`. */
  event: JsonObject;
};

/** A room that is known here. */
export function localNode(room: Room, suggestedOnly: boolean): SpaceNode {
  const isSpace = room.stateText("m.room.create", "type") === "m.space";
  const events = isSpace ? [...room.current.values()].filter(({ pdu }) => pdu.type === "m.space.child") : [];
  const stripped = events.map((event) => ({
    ...strippedEvent(event),
    origin_server_ts: event.pdu.origin_server_ts,
  }));
  return { summary: publicSummary(room), children: childrenIn(stripped, suggestedOnly) };
}

/** A room as another server tells of it; `undefined` if that is no room. */
export function remoteNode(
  value: Json | undefined,
  roomId: string,
  suggestedOnly: boolean,
): SpaceNode | undefined {
  if (!isJsonObject(value) || value.room_id !== roomId) return undefined;
  if (typeof value.num_joined_members !== "number") return undefined;
  const { children_state: events, ...summary } = value;
  const isSpace = summary.room_type === "m.space";
  const list = isSpace && Array.isArray(events) ? events.filter(isJsonObject) : [];
  return {
    summary: {
      ...summary,
      world_readable: summary.world_readable === true,
      guest_can_join: summary.guest_can_join === true,
    },
    children: childrenIn(list, suggestedOnly),
  };
}

/** As answers have it. */
export function nodeJson({ summary, children }: SpaceNode): JsonObject {
  return { ...summary, children_state: children.map(({ event }) => event) };
}

/** https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space */
function childrenIn(events: readonly JsonObject[], suggestedOnly: boolean): SpaceChild[] {
  const children = events.flatMap((event): (SpaceChild & { order: string | undefined; at: number })[] => {
    const { type, state_key: roomId, content, origin_server_ts: at } = event;
    if (type !== "m.space.child" || typeof roomId !== "string" || !isJsonObject(content)) return [];
    if (!Array.isArray(content.via) || (suggestedOnly && content.suggested !== true)) return [];
    const via = content.via.filter((name) => typeof name === "string");
    return [{ roomId, via, event, order: orderOf(content), at: Number(at) }];
  });
  children.sort((a, b) => {
    if (a.order !== b.order) {
      if (a.order === undefined) return 1;
      if (b.order === undefined) return -1;
      return a.order < b.order ? -1 : 1;
    }
    return a.at - b.at || (a.roomId < b.roomId ? -1 : 1);
  });
  return children.map(({ roomId, via, event }) => ({ roomId, via, event }));
}

/** As far as it is valid: 1 to 50 printable characters of ASCII. */
function orderOf({ order }: JsonObject): string | undefined {
  return typeof order === "string" && /^[\x20-\x7e]{1,50}$/.test(order) ? order : undefined;
}

/** Whether somebody may know of a room that another server tells of. */
export function mayKnowOf({ rooms }: Server, { summary }: SpaceNode, userId: string | undefined): boolean {
  const { world_readable, join_rule: joinRule, allowed_room_ids: allowed } = summary;
  // What knows no other rule is public.
  if (world_readable === true || openRules.has(String(joinRule ?? "public"))) return true;
  if (userId === undefined) return false;
  const own = rooms.roomsOf(userId);
  if (["join", "invite", "knock"].includes(own.get(String(summary.room_id))?.membership ?? "leave"))
    return true;
  return Array.isArray(allowed) && allowed.some((roomId) => own.get(String(roomId))?.membership === "join");
}

const openRules: ReadonlySet<string> = new Set(["public", "knock", "knock_restricted"]);
