import { isJsonObject, type Json, type JsonObject } from "../../protocol/json.ts";
import { creatorsOf } from "../../protocol/power-levels.ts";
import { isRefusal, type Refusal } from "../../protocol/refusal.ts";
import { findRoomVersion } from "../../protocol/room-versions.ts";
import type { Server } from "../server.ts";
import { bringSettings } from "./bring-settings.ts";
import { planEvents, planRoom } from "./create-room.ts";
import type { Room } from "./room.ts";
import { type EventDraft, sendEvent } from "./send-event.ts";

export type Upgrade = { version: string; additionalCreators: readonly string[] };

/** The state that the new room takes over. */
const transferred = [
  ...["m.room.server_acl", "m.room.encryption", "m.room.name", "m.room.avatar", "m.room.topic"],
  ...["m.room.guest_access", "m.room.history_visibility", "m.room.join_rules", "m.room.canonical_alias"],
];

/**
 * Makes a new room in the place of an old one.
 * https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-16
 */
export async function upgradeRoom(
  server: Server,
  old: Room,
  userId: string,
  upgrade: Upgrade,
): Promise<Room | Refusal> {
  const version = findRoomVersion(upgrade.version);
  if (!version) return { code: "room/unsupported-version", facts: { version: upgrade.version } };
  // 1. Checks that the user has permission to send m.room.tombstone events in the room.
  const { levels } = old;
  const [have, need] = [levels.user(userId), levels.send("m.room.tombstone", true)];
  if (have < need) return { code: "auth/event-needs-power", facts: { type: "m.room.tombstone", have, need } };
  // 2. Creates a replacement room with a m.room.create event containing a predecessor field, the applicable
  // room_version, and a type field which is copied from the predecessor room.
  const { type, "m.federate": federate } = old.create.pdu.content;
  // "When upgrading to room version 12 or later, the event_id property inside predecessor MAY be omitted."
  const lastEvent = version.roomId === "create-event" ? {} : { event_id: old.timeline.ordered.at(-1)!.id };
  const room = await planRoom(server, userId, {
    version,
    content: {
      ...(type !== undefined && { type }),
      ...(federate !== undefined && { "m.federate": federate }),
      predecessor: { room_id: old.id, ...lastEvent },
    },
    additionalCreators: version.creatorsAreUnbounded ? upgrade.additionalCreators : [],
  });
  if (isRefusal(room)) return room;
  // 3. Replicates transferable state events to the new room. The power levels come last: up to then whoever
  // upgrades may do all of this.
  const fault = await planEvents(server, room, [
    stateDraft(
      userId,
      "m.room.member",
      { ...server.profiles.memberFields(userId), membership: "join" },
      userId,
    ),
    ...transferred.flatMap((name) => {
      const content = old.state(name)?.pdu.content;
      return content ? [stateDraft(userId, name, content)] : [];
    }),
    stateDraft(userId, "m.room.power_levels", newPowerLevels(old, room, userId)),
  ]);
  if (fault) return fault;
  server.rooms.keep(room);
  bringSettings(server, room, userId);
  // 4. Moves any local aliases to the new room.
  for (const alias of server.aliases.of(old.id)) {
    server.aliases.set(alias, { ...server.aliases.get(alias)!, room: room.id });
  }
  server.aliases.publish(room.id, server.aliases.isPublished(old.id));
  server.aliases.publish(old.id, false);
  // 5. Sends a m.room.tombstone event to the old room to indicate that it is not intended to be used any further.
  const tombstone = { body: "This room has been replaced", replacement_room: room.id };
  const sent = await sendEvent(server, old, stateDraft(userId, "m.room.tombstone", tombstone));
  if (isRefusal(sent)) return sent;
  await closeOldRoom(server, old, userId);
  return room;
}

/** The levels of the old room; creators with power without bound are not named. */
function newPowerLevels(old: Room, room: Room, userId: string): JsonObject {
  const before = old.state("m.room.power_levels")?.pdu.content;
  const content = before ? (withIntegers(before) as JsonObject) : { users: { [userId]: 100 } };
  const users: JsonObject = isJsonObject(content.users) ? { ...content.users } : {};
  if (room.version.creatorsAreUnbounded) {
    for (const creator of creatorsOf(room.create.pdu, room.version)) delete users[creator];
  } else if (old.version.creatorsAreUnbounded) {
    // Their power without bound cannot be written down here.
    for (const creator of creatorsOf(old.create.pdu, old.version)) users[creator] = 100;
  }
  return { ...content, users };
}

/** Old room versions take levels as text too, new ones do not. */
function withIntegers(value: Json): Json {
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withIntegers(inner)]));
}

/**
 * 6. If possible, the power levels in the old room should also be modified to prevent sending of events and
 * inviting new users. Where the user may not do that, the room stays open.
 */
async function closeOldRoom(server: Server, old: Room, userId: string): Promise<void> {
  const alias = old.state("m.room.canonical_alias");
  if (alias) await sendEvent(server, old, stateDraft(userId, "m.room.canonical_alias", {}));
  const content = old.state("m.room.power_levels")?.pdu.content ?? {};
  const levelOf = (name: string) => {
    const level = Number(content[name] ?? 0);
    return Number.isSafeInteger(level) ? level : 0;
  };
  const closed = Math.max(50, levelOf("users_default") + 1);
  const levels: JsonObject = {
    ...content,
    events_default: Math.max(closed, levelOf("events_default")),
    invite: Math.max(closed, levelOf("invite")),
  };
  await sendEvent(server, old, stateDraft(userId, "m.room.power_levels", levels));
}

function stateDraft(sender: string, type: string, content: JsonObject, stateKey = ""): EventDraft {
  return { type, sender, content, stateKey };
}
