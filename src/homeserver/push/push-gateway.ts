import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import type { Room } from "../room/room.ts";
import type { RoomEvent } from "../room/room-event.ts";
import type { Server } from "../server.ts";
import type { PushOutcome } from "./evaluate-push-rules.ts";
import type { Pusher } from "./pushers.ts";

/** The first wait after a gateway did not take a notification, milliseconds; each further one is twice as long. */
const firstRetry = 1000;
const tries = 6;

/**
 * Tells push gateways of what the rules notify about.
 * https://spec.matrix.org/v1.19/push-gateway-api/
 */
export function tellPushGateways(server: Server): void {
  /** User → how many messages their gateways have been told to be unread. */
  const unread = new Map<string, number>();
  server.receipts.onReceipt((_roomId, { user: userId }) => {
    const pushers = server.pushers.of(userId);
    if (pushers.length === 0) return;
    const count = unreadCount(server, userId);
    if (count === (unread.get(userId) ?? 0)) return;
    unread.set(userId, count);
    for (const pusher of pushers) {
      // About no event: only the number at the application's picture changes.
      const devices = [deviceOf(server, userId, pusher)];
      void deliver(server, userId, pusher, { counts: { unread: count }, prio: "low", devices }, 1);
    }
  });
  server.rooms.onEvent((room, event) => {
    for (const userId of server.pushers.users()) {
      const invited = event.pdu.type === "m.room.member" && event.pdu.state_key === userId;
      if (!room.members.joined.has(userId) && !invited) continue;
      const outcome = server.unread.outcome(room, userId, event);
      if (!outcome?.notify) continue;
      if (server.pushers.of(userId).length > 0) unread.set(userId, unreadCount(server, userId));
      for (const pusher of server.pushers.of(userId)) {
        const notification = notificationOf(server, room, event, { userId, pusher, outcome });
        void deliver(server, userId, pusher, notification, 1);
      }
    }
  });
}

type Addressee = { userId: string; pusher: Pusher; outcome: PushOutcome };

function notificationOf(server: Server, room: Room, event: RoomEvent, to: Addressee): JsonObject {
  const tweaks = tweaksOf(to.outcome);
  const device = { ...deviceOf(server, to.userId, to.pusher), tweaks };
  const about = {
    event_id: event.id,
    room_id: room.id,
    counts: { unread: unreadCount(server, to.userId) },
    prio: to.outcome.highlight || tweaks.sound !== undefined ? "high" : "low",
    devices: [device],
  };
  if (to.pusher.data.format === "event_id_only") return about;
  const { type, sender, content, state_key } = event.pdu;
  const name = room.stateText("m.room.name", "name");
  const alias = room.stateText("m.room.canonical_alias", "alias");
  const senderName = room.members.get(sender)?.pdu.content.displayname;
  const { membership } = content;
  return {
    ...about,
    // Names of before that gateways may still read: other servers send them too.
    id: event.id,
    ...(type === "m.room.member" && membership !== undefined && { membership }),
    type,
    sender,
    content,
    ...(typeof senderName === "string" && { sender_display_name: senderName }),
    ...(name !== undefined && { room_name: name }),
    ...(alias !== undefined && { room_alias: alias }),
    ...(state_key === to.userId && { user_is_target: true }),
  };
}

function deviceOf(server: Server, userId: string, pusher: Pusher): JsonObject {
  const { url: _, ...data } = pusher.data;
  const { app_id, pushkey } = pusher;
  return { app_id, pushkey, pushkey_ts: Math.floor(server.pushers.setAt(userId, pusher) / 1000), data };
}

function tweaksOf({ actions }: PushOutcome): JsonObject {
  const tweaks: JsonObject = {};
  for (const action of actions) {
    if (typeof action !== "string") tweaks[action.set_tweak] = action.value ?? true;
  }
  return tweaks;
}

/** Messages that wait for the user in all of their rooms. */
function unreadCount(server: Server, userId: string): number {
  let count = 0;
  for (const [roomId, { membership }] of server.rooms.roomsOf(userId)) {
    const room = membership === "join" ? server.rooms.get(roomId) : undefined;
    if (!room) continue;
    const { main, threads } = server.unread.in(room, userId);
    count += main.notification_count;
    for (const thread of threads.values()) count += thread.notification_count;
  }
  return count;
}

async function deliver(
  server: Server,
  userId: string,
  pusher: Pusher,
  notification: JsonObject,
  attempt: number,
): Promise<void> {
  const rejected = await post(server, pusher.data.url!, { notification });
  if (rejected?.includes(pusher.pushkey)) server.pushers.delete(userId, pusher.app_id, pusher.pushkey);
  if (rejected || attempt === tries) return;
  server.ports.clock.schedule(firstRetry * 2 ** (attempt - 1), () => {
    const isStillWanted = server.pushers.of(userId).some(({ pushkey }) => pushkey === pusher.pushkey);
    if (isStillWanted) void deliver(server, userId, pusher, notification, attempt + 1);
  });
}

/** The pushkeys that the gateway knows nothing of; `undefined` if it did not take the notification. */
async function post(server: Server, url: string, body: JsonObject): Promise<unknown[] | undefined> {
  const headers = { "content-type": "application/json" };
  try {
    const request = new Request(url, { method: "POST", headers, body: JSON.stringify(body) });
    const response = await server.ports.transport.fetch(request);
    if (!response.ok) return undefined;
    const answer = await response.json();
    return isJsonObject(answer) && Array.isArray(answer.rejected) ? answer.rejected : [];
  } catch {
    // Out of reach, or no JSON: either way it is tried again.
    return undefined;
  }
}
