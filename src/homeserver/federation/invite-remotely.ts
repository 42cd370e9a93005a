import { isJsonObject } from "../../protocol/json.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent, RoomState } from "../room/room-event.ts";
import { buildEvent, type EventDraft } from "../room/send-event.ts";
import type { Server } from "../server.ts";
import { checkPdu } from "./check-pdu.ts";
import { placeEvent } from "./place-event.ts";

/**
 * Invites a user of another server: that one signs the event too, before it becomes part of the room.
 * https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room
 */
export async function inviteRemotely(
  server: Server,
  room: Room,
  destination: string,
  draft: EventDraft,
): Promise<RoomEvent | Refusal> {
  const built = await room.inTurn(async () => buildEvent(server, room, draft));
  if (isRefusal(built)) return built;
  const { id, pdu, before } = built;
  const answer = await server.federation.request(destination, {
    method: "PUT",
    path: `/_matrix/federation/v2/invite/${encodeURIComponent(room.id)}/${encodeURIComponent(id)}`,
    body: {
      room_version: room.version.id,
      event: pdu,
      invite_room_state: roomStateForOutside(before, pdu.sender).map((event) => event.pdu),
    },
  });
  if (isRefusal(answer)) return answer;
  const bad: Refusal = { code: "federation/bad-answer", facts: { server: destination, path: "invite" } };
  if (!isJsonObject(answer.event)) return bad;
  const signed = await checkPdu(server.federation.keyring, room.version, answer.event);
  if (isRefusal(signed) || signed.id !== id) return bad;
  const sender = { origin: server.name, via: "client" } as const;
  const refusal = await placeEvent(server, room, signed, { sender, onlyIfGood: true });
  return refusal ?? room.events.get(id)!;
}

const shownTypes = ["create", "join_rules", "name", "avatar", "topic", "canonical_alias", "encryption"];

/**
 * What of a room's state somebody outside is shown, as full events.
 * @param sender who invites, so that there is a name to show.
 */
export function roomStateForOutside(state: RoomState, sender?: string): RoomEvent[] {
  const keys = shownTypes.map((type) => stateKeyOf(`m.room.${type}`, ""));
  if (sender !== undefined) keys.push(stateKeyOf("m.room.member", sender));
  return keys.flatMap((key) => state.get(key) ?? []);
}
