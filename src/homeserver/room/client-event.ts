import type { JsonObject } from "../../protocol/json.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { stateKeyOf } from "../../protocol/state-resolution.ts";
import { copyFor } from "./erasure.ts";
import { membershipOf } from "./members.ts";
import { redactionTarget } from "./redactions.ts";
import type { Room } from "./room.ts";
import type { RoomEvent } from "./room-event.ts";

/** For whom an event is written. */
export type Viewer = {
  userId: string;
  /** Only the device that sent an event learns its transaction id. */
  deviceId?: string;
};

export type EventStyle = {
  room: Room;
  viewer?: Viewer | undefined;
  /** Milliseconds since 1970. */
  now: number;
  /** Within `/sync` the room is known from where the event stands. */
  withoutRoomId?: boolean;
  /** With the aggregations of its children, where the endpoint gives them. */
  aggregate?: ((event: RoomEvent) => JsonObject | undefined) | undefined;
};

/**
 * An event as clients see it.
 * https://spec.matrix.org/v1.19/client-server-api/#room-event-format
 */
export function clientEvent(event: RoomEvent, style: EventStyle): JsonObject {
  const pdu = copyOf(event, style);
  const result: JsonObject = {
    type: pdu.type,
    sender: pdu.sender,
    content: pdu.content,
    event_id: event.id,
    origin_server_ts: pdu.origin_server_ts,
  };
  if (pdu.state_key !== undefined) result.state_key = pdu.state_key;
  if (!style.withoutRoomId) result.room_id = event.roomId;
  if (pdu.type === "m.room.redaction") {
    // In both places, whatever the room version has.
    const redacts = redactionTarget(pdu, style.room.version);
    if (redacts !== undefined) {
      result.redacts = redacts;
      result.content = { ...pdu.content, redacts };
    }
  }
  result.unsigned = unsignedOf(event, style);
  return result;
}

/** What the viewer may have of an event. */
function copyOf(event: RoomEvent, { room, viewer }: EventStyle): Pdu {
  return viewer ? copyFor(room, viewer.userId, event) : event.pdu;
}

function unsignedOf(event: RoomEvent, style: EventStyle): JsonObject {
  const { pdu } = event;
  const { viewer } = style;
  const unsigned: JsonObject = { age: Math.max(0, style.now - pdu.origin_server_ts) };
  if (viewer) {
    unsigned.membership = membershipOf(event.after.get(stateKeyOf("m.room.member", viewer.userId)));
    const { transaction } = event;
    if (transaction && viewer.deviceId === transaction.deviceId && viewer.userId === pdu.sender) {
      unsigned.transaction_id = transaction.id;
    }
  }
  if (pdu.state_key !== undefined) {
    const replaced = event.before.get(stateKeyOf(pdu.type, pdu.state_key));
    if (replaced) {
      unsigned.prev_content = copyOf(replaced, style).content;
      unsigned.prev_sender = replaced.pdu.sender;
      unsigned.replaces_state = replaced.id;
    }
  }
  if (event.redactedBy) {
    unsigned.redacted_because = clientEvent(event.redactedBy, { ...style, aggregate: undefined });
  }
  const relations = style.aggregate?.(event);
  if (relations) unsigned["m.relations"] = relations;
  return unsigned;
}

/** What those outside a room may know of an event of its state. */
export function strippedEvent({ pdu }: RoomEvent): JsonObject {
  return { type: pdu.type, state_key: pdu.state_key ?? "", sender: pdu.sender, content: pdu.content };
}

/**
 * What a room shows to those who are invited or knock.
 * https://spec.matrix.org/v1.19/client-server-api/#stripped-state
 */
export function strippedState(room: Room, state = room.current): JsonObject[] {
  const types = ["create", "join_rules", "name", "avatar", "topic", "canonical_alias", "encryption"];
  return types.flatMap((type) => {
    const event = state.get(stateKeyOf(`m.room.${type}`, ""));
    return event ? [strippedEvent(event)] : [];
  });
}
