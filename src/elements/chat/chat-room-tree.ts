import type { RoomSummary } from "../../client/client-fact.ts";
import type { ChatState } from "./chat-fold.ts";
import { childrenOf, isSpaceRoom } from "./chat-room-state.ts";

/** A room of the list, and, where it is a space, the rooms in it that this user is in. */
export type RoomNode = { room: RoomSummary; space: boolean; inside: readonly RoomNode[] };

/** The list as a tree: spaces hold their rooms, and what is in no space stands first. */
export function roomTree(state: ChatState, rooms: readonly RoomSummary[]): RoomNode[] {
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const childIds = new Map<string, string[]>();
  const held = new Set<string>();
  for (const { id } of rooms) {
    const room = state.rooms.get(id);
    if (!isSpaceRoom(room)) continue;
    const children = childrenOf(room).filter((child) => child !== id && byId.has(child));
    childIds.set(id, children);
    for (const child of children) held.add(child);
  }
  const node = (room: RoomSummary, above: ReadonlySet<string>): RoomNode => {
    const inside = (childIds.get(room.id) ?? []).filter((child) => !above.has(child));
    const seen = new Set([...above, room.id]);
    return {
      room,
      space: childIds.has(room.id),
      // In the list's own order: the newest words first.
      inside: rooms.filter(({ id }) => inside.includes(id)).map((child) => node(child, seen)),
    };
  };
  const reached = new Set<string>();
  const reach = ({ room, inside }: RoomNode): void => {
    reached.add(room.id);
    inside.forEach(reach);
  };
  const top = rooms.filter(({ id }) => !held.has(id)).map((room) => node(room, new Set()));
  top.forEach(reach);
  // Spaces that hold each other hang from nothing.
  for (const room of rooms) {
    if (reached.has(room.id)) continue;
    const loose = node(room, new Set());
    reach(loose);
    top.push(loose);
  }
  return [...top.filter(({ space }) => !space), ...top.filter(({ space }) => space)];
}
