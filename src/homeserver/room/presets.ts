import type { JsonObject } from "../../protocol/json.ts";
import type { RoomVersion } from "../../protocol/room-versions.ts";
import type { RoomWishes } from "./create-room.ts";

export const presets = ["private_chat", "public_chat", "trusted_private_chat"] as const;
export type Preset = (typeof presets)[number];

const privateStates: Record<string, JsonObject> = {
  "m.room.join_rules": { join_rule: "invite" },
  "m.room.history_visibility": { history_visibility: "shared" },
  "m.room.guest_access": { guest_access: "can_join" },
};

/** https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom */
export const presetStates: Record<Preset, Record<string, JsonObject>> = {
  private_chat: privateStates,
  trusted_private_chat: privateStates,
  public_chat: {
    "m.room.join_rules": { join_rule: "public" },
    "m.room.history_visibility": { history_visibility: "shared" },
    "m.room.guest_access": { guest_access: "forbidden" },
  },
};

/** The power levels that a new room begins with. */
export function powerLevelsOf(
  creator: string,
  { preset, invite }: RoomWishes,
  version: RoomVersion,
): JsonObject {
  const users: Record<string, number> = {};
  // Where creators have power without bound they must not be named here.
  if (!version.creatorsAreUnbounded) {
    users[creator] = 100;
    if (preset === "trusted_private_chat") for (const userId of invite ?? []) users[userId] = 100;
  }
  return {
    users,
    users_default: 0,
    events: {
      "m.room.avatar": 50,
      "m.room.canonical_alias": 50,
      "m.room.encryption": 100,
      "m.room.history_visibility": 100,
      "m.room.name": 50,
      "m.room.power_levels": 100,
      "m.room.server_acl": 100,
      // Ending a room is for its creators, where they stand above all others.
      "m.room.tombstone": version.creatorsAreUnbounded ? 150 : 100,
    },
    events_default: 0,
    state_default: 50,
    ban: 50,
    kick: 50,
    redact: 50,
    invite: preset === "public_chat" ? 50 : 0,
    notifications: { room: 50 },
  };
}
