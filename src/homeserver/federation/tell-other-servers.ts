import { serverOf } from "../../protocol/identifiers.ts";
import type { JsonObject } from "../../protocol/json.ts";
import type { Receipt } from "../room/receipts.ts";
import type { Server } from "../server.ts";
import { keyOf } from "../store/table.ts";

/** Tells other servers what passes: who types, who has read what, who is there. */
export function tellOtherServers(server: Server): void {
  const { federation, accounts, rooms } = server;
  server.typing.onTyping((room, userId, isTyping) => {
    if (!accounts.isLocal(userId)) return;
    const content = { room_id: room.id, user_id: userId, typing: isTyping };
    for (const other of room.members.servers.keys()) {
      federation.sendEdu(other, { edu_type: "m.typing", content }, keyOf("typing", room.id, userId));
    }
  });
  server.receipts.onReceipt((roomId, receipt) => {
    const { user, type, thread = "" } = receipt;
    if (type !== "m.read" || !accounts.isLocal(user)) return;
    const content = receiptContent(roomId, receipt);
    for (const other of rooms.get(roomId)?.members.servers.keys() ?? []) {
      federation.sendEdu(other, { edu_type: "m.receipt", content }, keyOf("receipt", roomId, user, thread));
    }
  });
  server.presence.onChange((userId) => {
    if (!accounts.isLocal(userId)) return;
    for (const other of serversSeeing(server, userId)) sendPresence(server, other, userId);
  });
  rooms.onEvent((room, { pdu }) => {
    if (pdu.type !== "m.room.member" || pdu.content.membership !== "join") return;
    // Who comes learns who is there; and those who are there, who comes.
    const other = serverOf(pdu.state_key!);
    if (other === undefined || other === server.name) return;
    for (const userId of room.members.localJoined) {
      if (server.presence.of(userId).presence !== "offline") sendPresence(server, other, userId);
    }
  });
}

/** https://spec.matrix.org/v1.19/server-server-api/#receipts */
function receiptContent(roomId: string, { user, event, ts, thread }: Receipt): JsonObject {
  const data = { ts, ...(thread !== undefined && { thread_id: thread }) };
  return { [roomId]: { "m.read": { [user]: { data, event_ids: [event] } } } };
}

function serversSeeing(server: Server, userId: string): Set<string> {
  const servers = new Set<string>();
  for (const [roomId, { membership }] of server.rooms.roomsOf(userId)) {
    if (membership !== "join") continue;
    for (const other of server.rooms.get(roomId)?.members.servers.keys() ?? []) servers.add(other);
  }
  return servers;
}

/** https://spec.matrix.org/v1.19/server-server-api/#presence */
function sendPresence(server: Server, other: string, userId: string): void {
  const { last_active_ago = 0, ...shown } = server.presence.of(userId);
  const content = { push: [{ user_id: userId, last_active_ago, ...shown }] };
  server.federation.sendEdu(other, { edu_type: "m.presence", content }, keyOf("presence", userId));
}
