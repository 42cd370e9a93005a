import type { JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { strippedEvent } from "./client-event.ts";
import { isDiscoverable, publicSummary } from "./public-summary.ts";
import type { Room } from "./room.ts";
import type { RoomEvent } from "./room-event.ts";

export type SpaceWalk = { suggestedOnly: boolean; maxDepth: number; most: number };

/**
 * A space and what is in it, depth first, each room once.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
 */
export function spaceTree(server: Server, root: Room, userId: string, walk: SpaceWalk): JsonObject[] {
  const found: JsonObject[] = [];
  const seen = new Set<string>();
  const open: { room: Room; depth: number }[] = [{ room: root, depth: 0 }];
  for (let next = open.pop(); next && found.length < walk.most; next = open.pop()) {
    const { room, depth } = next;
    if (seen.has(room.id)) continue;
    seen.add(room.id);
    const isSpace = room.stateText("m.room.create", "type") === "m.space";
    const children = isSpace ? childrenOf(room, walk.suggestedOnly) : [];
    found.push({
      ...publicSummary(room),
      children_state: children.map((child) => ({
        ...strippedEvent(child),
        origin_server_ts: child.pdu.origin_server_ts,
      })),
    });
    if (depth >= walk.maxDepth) continue;
    for (const child of children.toReversed()) {
      const childRoom = server.rooms.get(child.pdu.state_key!);
      if (childRoom && isDiscoverable(server, childRoom, userId))
        open.push({ room: childRoom, depth: depth + 1 });
    }
  }
  return found;
}

/** https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space */
function childrenOf(space: Room, suggestedOnly: boolean): RoomEvent[] {
  const children: RoomEvent[] = [];
  for (const event of space.current.values()) {
    const { type, content } = event.pdu;
    if (type !== "m.space.child" || !Array.isArray(content.via)) continue;
    if (!suggestedOnly || content.suggested === true) children.push(event);
  }
  return children.sort((a, b) => {
    const [orderA, orderB] = [orderOf(a), orderOf(b)];
    if (orderA !== orderB) {
      if (orderA === undefined) return 1;
      if (orderB === undefined) return -1;
      return orderA < orderB ? -1 : 1;
    }
    const byTime = a.pdu.origin_server_ts - b.pdu.origin_server_ts;
    return byTime || (a.pdu.state_key! < b.pdu.state_key! ? -1 : 1);
  });
}

/** As far as it is valid: 1 to 50 printable characters of ASCII. */
function orderOf({ pdu }: RoomEvent): string | undefined {
  const { order } = pdu.content;
  return typeof order === "string" && /^[\x20-\x7e]{1,50}$/.test(order) ? order : undefined;
}
