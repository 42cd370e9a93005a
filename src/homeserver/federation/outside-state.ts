import { roomIdOfCreate } from "../../protocol/hashes.ts";
import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { isRefusal } from "../../protocol/refusal.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import type { Server } from "../server.ts";
import { checkPdu } from "./check-pdu.ts";

/** State of a room that another server shows, as a client is shown it. What is no state event is left out. */
export function strippedFromPdus(events: Json | undefined): JsonObject[] {
  return listOf(events).flatMap((event) => {
    if (!isJsonObject(event) || !isJsonObject(event.content)) return [];
    const { type, sender, state_key, content } = event;
    const isState = typeof type === "string" && typeof sender === "string" && typeof state_key === "string";
    return isState ? [{ type, sender, state_key, content }] : [];
  });
}

/**
 * Whether what is shown of a room is full, signed events of that room, with its create event.
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2inviteroomideventid
 */
export async function isOfRoom(
  server: Server,
  roomId: string,
  version: RoomVersion,
  events: Json | undefined,
): Promise<boolean> {
  const checked = await Promise.all(
    listOf(events).map((event) => checkPdu(server.federation.keyring, version, event)),
  );
  let hasCreate = false;
  for (const event of checked) {
    if (isRefusal(event)) return false;
    const { pdu, id } = event;
    const isCreate = pdu.type === "m.room.create" && pdu.state_key === "";
    const isRoot = isCreate && version.roomId === "create-event";
    if ((isRoot ? roomIdOfCreate(id) : pdu.room_id) !== roomId) return false;
    hasCreate ||= isCreate;
  }
  return hasCreate;
}

function listOf(events: Json | undefined): Json[] {
  return Array.isArray(events) ? events.slice(0, mostEvents) : [];
}

const mostEvents = 100;
