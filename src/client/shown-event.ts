import type { MatrixError, MatrixEvent, Room } from "matrix-js-sdk";
import type { JsonObject } from "../protocol/json.ts";
import type { ShownEvent } from "./client-fact.ts";
import { withoutFileKeys } from "./crypto/encrypted-file.ts";
import { messageIndex } from "./crypto/session-index.ts";
import { shieldOf } from "./crypto/shield-of.ts";
import type { Outbox } from "./outbox.ts";
import { threadBegunBy } from "./thread-summary.ts";

/** Events that change others, or nothing that is seen: a timeline shows what they do instead of themselves. */
const hiddenTypes = new Set(["m.reaction", "m.room.redaction"]);

export function isShown(event: MatrixEvent): boolean {
  if (hiddenTypes.has(event.getType())) return false;
  return !event.isRelation("m.replace") && !event.isRelation("m.annotation");
}

/** The root of the thread that an event is a message of; absent at the root itself, which its room shows, too. */
export function threadOf(event: MatrixEvent): string | undefined {
  const { threadRootId } = event;
  return threadRootId === undefined || threadRootId === event.getId() ? undefined : threadRootId;
}

/** The id under which an event is shown: before the homeserver has given it one, `~` and the transaction id. */
export function shownId(event: MatrixEvent): string {
  const id = event.getId() ?? "";
  const transaction = event.getTxnId();
  return id.startsWith("~") && transaction !== undefined ? `~${transaction}` : id;
}

/** One event as the SDK shows it now. `outbox` knows what waits for the network. */
export function shownEvent(event: MatrixEvent, room: Room, outbox: OutboxState): ShownEvent {
  const transaction = event.getTxnId() ?? event.getUnsigned().transaction_id;
  const stateKey = event.getStateKey();
  const shown: ShownEvent = {
    id: shownId(event),
    type: event.getType(),
    sender: event.getSender() ?? "",
    senderName: event.sender?.name ?? event.getSender() ?? "",
    at: event.getTs(),
    content: withoutFileKeys(structuredClone(event.getContent()) as JsonObject),
    status: statusOf(event, outbox),
  };
  if (transaction !== undefined) shown.transaction = transaction;
  if (stateKey !== undefined) {
    shown.stateKey = stateKey;
    shown.before = structuredClone(event.getPrevContent()) as JsonObject;
  }
  const errcode = (event.error as MatrixError | null)?.errcode;
  if (errcode !== undefined && shown.status === "failed") shown.errcode = errcode;
  if (event.isRedacted()) shown.redacted = redactionOf(event);
  if (event.isEncrypted() && !event.isRedacted()) seal(shown, event);
  const edit = event.replacingEvent();
  if (edit) shown[edit.getId()?.startsWith("$") ? "edited" : "editing"] = true;
  const { replyEventId } = event;
  const thread = threadOf(event);
  // In threads, a reply is often there only for clients that know no threads.
  if (replyEventId !== undefined && event.getWireContent()["m.relates_to"]?.is_falling_back !== true)
    shown.replyTo = replyEventId;
  if (thread !== undefined) shown.thread = thread;
  const began = threadBegunBy(event, room);
  if (began) shown.began = began;
  const reactions = reactionsTo(event, room);
  if (reactions.length > 0) shown.reactions = reactions;
  return shown;
}

type OutboxState = Pick<Outbox, "isWaiting" | "isHeldUp">;

function statusOf(event: MatrixEvent, outbox: OutboxState): ShownEvent["status"] {
  const { status } = event;
  // With an id of the homeserver's it is accepted, also where a restarted client has yet to hear of it again.
  if (status === null || status === "sent" || event.getId()?.startsWith("$")) return "sent";
  const transaction = event.getTxnId();
  if (transaction !== undefined && outbox.isWaiting(transaction)) return "waiting";
  if ((status === "queued" || status === "encrypting") && outbox.isHeldUp) return "waiting";
  if (status !== "not_sent") return "sending";
  return isRefused(event) ? "failed" : "waiting";
}

/** Did the homeserver say no? Otherwise it was the network, and the message is sent again. */
export function isRefused(event: MatrixEvent): boolean {
  return (event.error as MatrixError | null)?.errcode !== undefined;
}

function redactionOf(event: MatrixEvent): NonNullable<ShownEvent["redacted"]> {
  const because = event.getUnsigned().redacted_because;
  const reason = (because?.content as { reason?: unknown } | undefined)?.reason;
  return {
    by: because?.sender ?? "",
    ...(typeof reason === "string" && { reason }),
    ...(because?.event_id?.startsWith("~") && { pending: true as const }),
  };
}

/** Says whether it could be opened. What could not is shown as it came: the SDK puts words of its own there. */
function seal(shown: ShownEvent, event: MatrixEvent): void {
  const failed = event.isDecryptionFailure();
  const open = !failed && event.getType() !== "m.room.encrypted";
  const wire = event.getWireContent();
  const shield = shieldOf(event);
  const index = typeof wire.ciphertext === "string" ? messageIndex(wire.ciphertext) : undefined;
  shown.sealed = {
    open,
    ...(failed && event.decryptionFailureReason && { reason: event.decryptionFailureReason }),
    ...(typeof wire.session_id === "string" && { session: wire.session_id }),
    ...(index !== undefined && { index }),
    ...(open && shield && { shield }),
  };
  if (open) return;
  shown.type = "m.room.encrypted";
  shown.content = structuredClone(wire) as JsonObject;
}

function reactionsTo(event: MatrixEvent, room: Room): NonNullable<ShownEvent["reactions"]> {
  const id = event.getId();
  if (id === undefined) return [];
  const relations = room.relations.getChildEventsForEvent(id, "m.annotation", "m.reaction");
  return (relations?.getSortedAnnotationsByKey() ?? [])
    .map(([key, events]) => ({ key, senders: [...events].map((reaction) => reaction.getSender() ?? "") }))
    .filter(({ senders }) => senders.length > 0);
}
