import type { JsonObject } from "../../protocol/json.ts";
import type { Server } from "../server.ts";
import { isDiscoverable } from "./public-summary.ts";
import type { Room } from "./room.ts";
import { localNode, mayKnowOf, nodeJson, remoteNode, type SpaceNode } from "./space-node.ts";

export type SpaceWalk = { suggestedOnly: boolean; maxDepth: number; most: number };

/** A room on the way. `told` is what the server of its parent has said of it. */
type Step = { roomId: string; via: readonly string[]; depth: number; told?: JsonObject | undefined };

/**
 * A space and what is in it, depth first, each room once, on whatever servers they are.
 * https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy
 */
export async function spaceTree(
  server: Server,
  root: Room,
  userId: string,
  walk: SpaceWalk,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  const seen = new Set<string>();
  const open: Step[] = [{ roomId: root.id, via: [], depth: 0 }];
  for (let step = open.pop(); step && found.length < walk.most; step = open.pop()) {
    if (seen.has(step.roomId)) continue;
    seen.add(step.roomId);
    const { node, toldOfChildren } = await look(server, step, userId, walk, seen);
    if (!node) continue;
    found.push(nodeJson(node));
    if (step.depth >= walk.maxDepth) continue;
    for (const { roomId, via } of node.children.toReversed()) {
      open.push({ roomId, via, depth: step.depth + 1, told: toldOfChildren?.get(roomId) });
    }
  }
  return found;
}

/** A room as far as the user may know of it. @param seen takes those that nobody could come into. */
async function look(
  server: Server,
  { roomId, via, told }: Step,
  userId: string,
  walk: SpaceWalk,
  seen: Set<string>,
): Promise<{ node?: SpaceNode; toldOfChildren?: Map<string, JsonObject> }> {
  const room = server.rooms.get(roomId);
  if (room && room.members.localJoined.size > 0) {
    return isDiscoverable(server, room, userId) ? { node: localNode(room, walk.suggestedOnly) } : {};
  }
  const leaf = remoteNode(told, roomId, walk.suggestedOnly);
  // Of a space it has to be known what is in it.
  if (leaf && leaf.summary.room_type !== "m.space")
    return mayKnowOf(server, leaf, userId) ? { node: leaf } : {};
  const answer = await server.remoteSpaces.of(server, roomId, via, walk.suggestedOnly);
  const node = answer && remoteNode(answer.room, roomId, walk.suggestedOnly);
  if (!node || !mayKnowOf(server, node, userId)) return {};
  for (const inaccessible of answer.inaccessible) seen.add(inaccessible);
  return { node, toldOfChildren: new Map(answer.children.map((child) => [String(child.room_id), child])) };
}
