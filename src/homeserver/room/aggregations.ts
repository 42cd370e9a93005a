import { isJsonObject, type JsonObject } from "../../protocol/json.ts";
import { clientEvent, type EventStyle } from "./client-event.ts";
import { isErasedFor } from "./erasure.ts";
import { relationOf } from "./relations.ts";
import type { RoomEvent } from "./room-event.ts";
import { maySee } from "./visibility.ts";

/**
 * What is told with an event about those that relate to it.
 * https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events
 */
export function bundledAggregations(event: RoomEvent, style: EventStyle): JsonObject | undefined {
  const { room, viewer } = style;
  if (event.redactedBy || !viewer || room.relations.childrenOf(event.id).length === 0) return undefined;
  const isLeft = (one: RoomEvent) => !isErasedFor(room, viewer.userId, one);
  if (!isLeft(event)) return undefined;
  const visible = (type: string) =>
    room.relations
      .childrenOf(event.id, type)
      .filter((child) => maySee(room, viewer.userId, child) && isLeft(child));
  const bundle: JsonObject = {};
  const edit = latestEdit(event, visible("m.replace"));
  if (edit) bundle["m.replace"] = clientEvent(edit, { ...style, aggregate: undefined });
  const thread = visible("m.thread");
  const last = thread.at(-1);
  if (last) {
    bundle["m.thread"] = {
      // The latest message is told with its own edits.
      latest_event: clientEvent(last, {
        ...style,
        aggregate: (latest) => bundledAggregations(latest, style),
      }),
      count: thread.length,
      current_user_participated:
        event.pdu.sender === viewer.userId || thread.some(({ pdu }) => pdu.sender === viewer.userId),
    };
  }
  const references = visible("m.reference");
  if (references.length > 0)
    bundle["m.reference"] = { chunk: references.map(({ id }) => ({ event_id: id })) };
  return Object.keys(bundle).length > 0 ? bundle : undefined;
}

/**
 * The edit that counts: of the same sender and type, none of a state event, the latest by time and then by id.
 * https://spec.matrix.org/v1.19/client-server-api/#validity-of-replacement-events
 */
export function latestEdit(event: RoomEvent, edits: readonly RoomEvent[]): RoomEvent | undefined {
  if (event.pdu.state_key !== undefined || relationOf(event.pdu.content)?.type === "m.replace")
    return undefined;
  let latest: RoomEvent | undefined;
  for (const edit of edits) {
    if (isEditOf(event, edit) && (!latest || isLater(edit, latest))) latest = edit;
  }
  return latest;
}

function isEditOf({ pdu }: RoomEvent, { pdu: edit }: RoomEvent): boolean {
  const isSame = edit.sender === pdu.sender && edit.type === pdu.type && edit.state_key === undefined;
  return isSame && (isJsonObject(edit.content["m.new_content"]) || edit.type === "m.room.encrypted");
}

function isLater(a: RoomEvent, b: RoomEvent): boolean {
  const difference = a.pdu.origin_server_ts - b.pdu.origin_server_ts;
  return difference > 0 || (difference === 0 && a.id > b.id);
}
