import type { MatrixEvent, MatrixEventEvent, Room } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import { eventSoon, pendingEvent, roomOf, roomSoon, signedIn } from "./act-target.ts";
import type { DeviceClient } from "./device-client.ts";
import { laterTurn } from "./later-turn.ts";
import { type Answered, editOf, mentionsOf, relationOf, type Written, wordsOf } from "./message-content.ts";
import type { MessageVersion } from "./message-fact.ts";
import { acceptedOrWaiting, sendEvent } from "./send-event.ts";
import { threadOf } from "./shown-event.ts";

/** A message to send: an answer, in a thread, or neither. Events by their ids. */
export type NewMessage = Written & { replyTo?: string; thread?: string };

/** Sends a message; answers as `sendEvent` does. */
export async function send(device: DeviceClient, room: string, message: NewMessage): Promise<string> {
  const client = signedIn(device);
  const shown = await roomSoon(client, room);
  const { relation, answered } = await placeOf(shown, message);
  const content = {
    msgtype: "m.text",
    ...wordsOf(message),
    ...mentionsOf(message, client.getSafeUserId(), answered),
    ...relation,
  };
  return sendEvent(device, client, shown.roomId, {
    type: "m.room.message",
    content,
    thread: message.thread ?? null,
  });
}

/** What a new message in the room relates to. */
export async function placeOf(
  room: Room,
  { replyTo, thread }: { replyTo?: string; thread?: string },
): Promise<{ relation: JsonObject; answered?: Answered }> {
  const event = replyTo === undefined ? undefined : await eventSoon(room, replyTo);
  const answered = event && { id: event.getId() ?? "", sender: event.getSender() ?? "" };
  const newest = thread === undefined ? undefined : room.getThread(thread)?.replyToEvent?.getId();
  const into = thread === undefined ? undefined : { root: thread, newest: newest ?? thread };
  return { relation: relationOf(answered, into), ...(answered && { answered }) };
}

/** Puts other words in the place of a message of one's own. */
export async function edit(
  device: DeviceClient,
  room: string,
  event: string,
  written: Written,
): Promise<string> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const target = await eventSoon(shown, event);
  const content = editOf(event, target.getContent() as JsonObject, written, client.getSafeUserId());
  return sendEvent(device, client, shown.roomId, {
    type: "m.room.message",
    content,
    thread: threadOf(target) ?? null,
  });
}

/** Asks for all that a message has said, and tells it. */
export async function listEdits(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const { originalEvent, events } = await client.relations(
    roomOf(client, room).roomId,
    event,
    "m.replace",
    "m.room.message",
  );
  const first = originalEvent ? [versionOf(originalEvent, originalEvent.getOriginalContent())] : [];
  // The newest comes first, and only its sender may have replaced a message.
  const edits = events
    .filter((edit) => edit.getSender() === originalEvent?.getSender() && !edit.isRedacted())
    .reverse()
    .map((edit) => versionOf(edit, edit.getOriginalContent()["m.new_content"] ?? {}));
  device.tell({ type: "edits", room, event, versions: [...first, ...edits] });
}

function versionOf(event: MatrixEvent, content: object): MessageVersion {
  return { id: event.getId() ?? "", at: event.getTs(), content: structuredClone(content) as JsonObject };
}

/** Adds a reaction, or takes one's own away. Does nothing where it is so already. */
export async function react(
  device: DeviceClient,
  room: string,
  event: string,
  { key, remove }: { key: string; remove: boolean },
): Promise<string | undefined> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const me = client.getSafeUserId();
  const target = await eventSoon(shown, event);
  const relations = shown.relations.getChildEventsForEvent(event, "m.annotation", "m.reaction");
  const own = [...(relations?.getAnnotationsBySender()?.[me] ?? [])].find(
    (reaction) => reaction.getRelation()?.key === key && !reaction.isRedacted(),
  );
  if (remove !== (own !== undefined)) return own?.getId();
  if (own) return redact(device, room, own.getId() ?? "");
  return sendEvent(device, client, shown.roomId, {
    type: "m.reaction",
    content: { "m.relates_to": { rel_type: "m.annotation", event_id: event, key } },
    thread: threadOf(target) ?? null,
  });
}

export async function redact(
  device: DeviceClient,
  room: string,
  event: string,
  reason?: string,
): Promise<string> {
  const client = signedIn(device);
  const transaction = client.makeTxnId();
  const { roomId } = roomOf(client, room);
  return acceptedOrWaiting(
    device,
    transaction,
    client.redactEvent(roomId, event, transaction, reason === undefined ? {} : { reason }),
  );
}

export async function retry(device: DeviceClient, room: string, event: string): Promise<string> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const pending = pendingEvent(shown, event);
  const transaction = pending.getTxnId() ?? "";
  if (device.isWaiting(transaction)) {
    device.retryNow();
    return `~${transaction}`;
  }
  pending.error = null;
  return acceptedOrWaiting(device, transaction, client.resendEvent(pending, shown));
}

/**
 * Drops a message that the homeserver does not have yet. One that is on its way right now cannot be stopped: if it gets
 * there, it is taken back.
 */
export async function discard(device: DeviceClient, room: string, event: string): Promise<void> {
  const client = signedIn(device);
  const shown = roomOf(client, room);
  const pending = pendingEvent(shown, event);
  device.giveUp(pending.getTxnId() ?? "");
  // The SDK learns of it, and takes what was to be sent after it for failed, too.
  await new Promise<void>((resolve) => laterTurn(resolve));
  await arrivedOrNot(pending);
  const id = pending.getId() ?? "";
  if (id.startsWith("$")) {
    if (!pending.isRedacted()) await redact(device, shown.roomId, id);
  } else if (pending.status !== "cancelled") client.cancelPendingEvent(pending);
  device.resend();
}

/** Resolves when the event is no longer on its way to the homeserver. */
async function arrivedOrNot(pending: MatrixEvent): Promise<void> {
  while (pending.status === "sending") {
    await new Promise<void>((resolve) =>
      pending.once("Event.status" as MatrixEventEvent.Status, () => resolve()),
    );
  }
}
