import { isJsonObject, type JsonObject } from "../protocol/json.ts";
import { signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import type { FoundMessage, PublicRoom, SpaceRoom } from "./room-facts.ts";
import { textOf } from "./room-state.ts";

/** Looking for rooms and messages. What is found becomes a fact. */

const mostRooms = 50;

/** @param server whose directory; the own one's where it is left out */
export async function searchDirectory(device: DeviceClient, term: string, server?: string): Promise<void> {
  const client = signedIn(device);
  const answer = await client.publicRooms({
    limit: mostRooms,
    ...(server !== undefined && server !== client.getDomain() && { server }),
    ...(term !== "" && { filter: { generic_search_term: term } }),
  });
  device.tellOfRooms({
    type: "directory",
    term,
    server: server ?? client.getDomain() ?? "",
    rooms: answer.chunk.map((room) => publicRoom(room as unknown as JsonObject)),
    more: answer.next_batch !== undefined,
  });
}

/** Asks what lies in a space. */
export async function browseSpace(device: DeviceClient, space: string): Promise<void> {
  const { rooms } = await signedIn(device).getRoomHierarchy(space, mostRooms);
  device.tellOfRooms({
    type: "hierarchy",
    space,
    rooms: rooms.map((room) => spaceRoom(room as unknown as JsonObject)),
  });
}

/** Asks whether the own server's directory lists the room. */
export async function lookUpRoom(device: DeviceClient, room: string): Promise<void> {
  const { visibility } = await signedIn(device).getRoomDirectoryVisibility(room);
  device.tellOfRooms({ type: "published", room, published: visibility === "public" });
}

/** @param room searches only there */
export async function searchMessages(device: DeviceClient, text: string, room?: string): Promise<void> {
  const answer = await signedIn(device).search({
    body: {
      search_categories: {
        room_events: {
          search_term: text,
          order_by: "recent" as never,
          ...(room !== undefined && { filter: { rooms: [room] } }),
        },
      },
    },
  });
  const { results = [], count = 0 } = answer.search_categories.room_events;
  device.tellOfRooms({
    type: "found",
    text,
    ...(room !== undefined && { in: room }),
    messages: results.map(({ result }) => foundMessage(result as unknown as JsonObject)),
    count,
  });
}

function publicRoom(room: JsonObject): PublicRoom {
  const found: PublicRoom = {
    id: String(room.room_id),
    joined: typeof room.num_joined_members === "number" ? room.num_joined_members : 0,
    joinRule: textOf(room.join_rule) ?? "public",
    space: room.room_type === "m.space",
  };
  const texts = { name: room.name, topic: room.topic, alias: room.canonical_alias, avatar: room.avatar_url };
  for (const [key, value] of Object.entries(texts)) {
    const text = textOf(value);
    if (text !== undefined) found[key as keyof typeof texts] = text;
  }
  return found;
}

function spaceRoom(room: JsonObject): SpaceRoom {
  const state = Array.isArray(room.children_state) ? room.children_state : [];
  const children = state.flatMap((child) => {
    if (!isJsonObject(child) || typeof child.state_key !== "string" || !isJsonObject(child.content))
      return [];
    const { via } = child.content;
    const servers = Array.isArray(via) ? via.filter((server) => typeof server === "string") : [];
    return servers.length > 0 ? [{ room: child.state_key, via: servers }] : [];
  });
  return { ...publicRoom(room), children };
}

function foundMessage(event: JsonObject): FoundMessage {
  const content = isJsonObject(event.content) ? event.content : {};
  return {
    room: String(event.room_id),
    event: String(event.event_id),
    sender: String(event.sender),
    at: Number(event.origin_server_ts),
    text: textOf(content.body) ?? textOf(content.name) ?? textOf(content.topic) ?? "",
  };
}
