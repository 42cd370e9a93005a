import { parseRoomAlias, parseRoomId } from "../../protocol/identifiers.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { parseServerName } from "../../protocol/server-name.ts";
import type { Room } from "../room/room.ts";
import type { Server } from "../server.ts";
import { idsIn } from "./incoming-events.ts";

/** A room, and the servers that may be in it. */
export type RoomPlace = { roomId: string; servers: string[] };

/**
 * The room of an id or an alias, of whatever server.
 * @param via servers that the asker names: where there are any beside this one, a room's id is followed to no others.
 */
export async function findRoom(
  server: Server,
  name: string,
  via: readonly string[] = [],
): Promise<RoomPlace | Refusal> {
  if (name.startsWith("#")) return findAlias(server, name, via);
  if (!name.startsWith("!")) {
    const facts = { name: "roomIdOrAlias", expected: "a room id or alias", found: name };
    return { code: "request/invalid-param", facts };
  }
  const parsed = parseRoomId(name);
  const known = server.rooms.get(name);
  if (isRefusal(parsed)) return known ? { roomId: name, servers: [] } : parsed;
  const others = serversFor(server, via);
  if (others.length > 0) return { roomId: name, servers: others };
  const maker = parsed.server === undefined ? [] : [parsed.server];
  return { roomId: name, servers: serversFor(server, [...maker, ...(known ? serversIn(known) : [])]) };
}

/** Asks the alias's own server where it is none of here. */
async function findAlias(server: Server, name: string, via: readonly string[]): Promise<RoomPlace | Refusal> {
  const alias = parseRoomAlias(name);
  if (isRefusal(alias)) return alias;
  if (alias.server === server.name) {
    const found = server.aliases.get(name);
    if (!found) return { code: "room/unknown", facts: { room: name } };
    const room = server.rooms.get(found.room);
    return { roomId: found.room, servers: room ? serversFor(server, serversIn(room)) : [] };
  }
  const answer = await server.federation.request(alias.server, {
    method: "GET",
    path: "/_matrix/federation/v1/query/directory",
    query: { room_alias: name },
  });
  if (isRefusal(answer)) {
    const isUnknown = answer.code === "federation/refused" && answer.facts.status === 404;
    return isUnknown ? { code: "room/unknown", facts: { room: name } } : answer;
  }
  const { room_id: roomId } = answer;
  if (typeof roomId !== "string" || isRefusal(parseRoomId(roomId))) {
    return { code: "federation/bad-answer", facts: { server: alias.server, path: "query/directory" } };
  }
  return { roomId, servers: serversFor(server, [...via, ...idsIn(answer, "servers"), alias.server]) };
}

/** The servers in a room, the one with most users first. */
export function serversIn(room: Room): string[] {
  return [...room.members.servers].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** Names of other servers, each once. */
export function serversFor(server: Server, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== server.name && !isRefusal(parseServerName(name)));
}
