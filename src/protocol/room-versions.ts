/** The stable room versions that Homeroom speaks. Versions 1 to 5 are history. */
export type RoomVersionId = "6" | "7" | "8" | "9" | "10" | "11" | "12";

/**
 * What a room version decides. Code asks a row for what it needs to know and never compares version numbers.
 * https://spec.matrix.org/v1.19/rooms/
 */
export type RoomVersion = {
  id: RoomVersionId;
  stable: boolean;
  /** Whether the room id names the creator's server, or is the create event's id with another sigil. */
  roomId: "with-server" | "create-event";
  /** Who made the room, by the create event: its `content.creator` or its `sender`. */
  creator: "content" | "sender";
  /** Whether creators, with those of `additional_creators`, have power without bound. */
  creatorsAreUnbounded: boolean;
  /** Whether the create event is among the `auth_events` of all others. */
  authEventsCiteCreate: boolean;
  /** Where an `m.room.redaction` names its target: at the event's top level or in its content. */
  redacts: "event" | "content";
  /** Whether power levels have to be integers, or may also be strings of integers. */
  powerLevels: "integers" | "integers-or-strings";
  /** What each kind of join rule allows. */
  joinRules: {
    /** Those who are invited may join. */
    invited: readonly string[];
    /** Those who are invited, or whom a member's server lets in, may join. */
    restricted: readonly string[];
    /** Anyone may knock. */
    knock: readonly string[];
  };
  stateResolution: "2" | "2.1";
  redaction: RedactionRules;
};

/** What survives a redaction. */
export type RedactionRules = {
  /** Keys of the event, in canonical order. */
  event: readonly string[];
  /**
   * Event type → keys of its content, in canonical order, or all of it. `third_party_invite.signed` stands
   * for the one key of that nested object.
   */
  content: ReadonlyMap<string, readonly string[] | "all">;
};

const redactionOf6: RedactionRules = {
  event: [
    "auth_events",
    "content",
    "depth",
    "event_id",
    "hashes",
    "membership",
    "origin",
    "origin_server_ts",
    "prev_events",
    "prev_state",
    "room_id",
    "sender",
    "signatures",
    "state_key",
    "type",
  ],
  content: new Map<string, readonly string[] | "all">([
    ["m.room.member", ["membership"]],
    ["m.room.create", ["creator"]],
    ["m.room.join_rules", ["join_rule"]],
    [
      "m.room.power_levels",
      ["ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default"],
    ],
    ["m.room.history_visibility", ["history_visibility"]],
  ]),
};

/** https://spec.matrix.org/v1.19/rooms/v6/ */
const version6: RoomVersion = {
  id: "6",
  stable: true,
  roomId: "with-server",
  creator: "content",
  creatorsAreUnbounded: false,
  authEventsCiteCreate: true,
  redacts: "event",
  powerLevels: "integers-or-strings",
  joinRules: { invited: ["invite"], restricted: [], knock: [] },
  stateResolution: "2",
  redaction: redactionOf6,
};

/** Knocking. https://spec.matrix.org/v1.19/rooms/v7/ */
const version7: RoomVersion = {
  ...version6,
  id: "7",
  joinRules: { invited: ["invite", "knock"], restricted: [], knock: ["knock"] },
};

/** Joining by being in another room. https://spec.matrix.org/v1.19/rooms/v8/ */
const version8: RoomVersion = {
  ...version7,
  id: "8",
  joinRules: { ...version7.joinRules, restricted: ["restricted"] },
  redaction: {
    ...version7.redaction,
    content: new Map([...version7.redaction.content, ["m.room.join_rules", ["allow", "join_rule"]]]),
  },
};

/** Such joins survive their redaction. https://spec.matrix.org/v1.19/rooms/v9/ */
const version9: RoomVersion = {
  ...version8,
  id: "9",
  redaction: {
    ...version8.redaction,
    content: new Map([
      ...version8.redaction.content,
      ["m.room.member", ["join_authorised_via_users_server", "membership"]],
    ]),
  },
};

/** Power levels are integers; knocking and restricted joins together. https://spec.matrix.org/v1.19/rooms/v10/ */
const version10: RoomVersion = {
  ...version9,
  id: "10",
  powerLevels: "integers",
  joinRules: {
    ...version9.joinRules,
    restricted: ["restricted", "knock_restricted"],
    knock: ["knock", "knock_restricted"],
  },
};

/** What redactions keep is what matters. https://spec.matrix.org/v1.19/rooms/v11/ */
const version11: RoomVersion = {
  ...version10,
  id: "11",
  creator: "sender",
  redacts: "content",
  redaction: {
    event: version10.redaction.event.filter((key) => !["membership", "origin", "prev_state"].includes(key)),
    content: new Map<string, readonly string[] | "all">([
      ...version10.redaction.content,
      ["m.room.create", "all"],
      ["m.room.member", ["join_authorised_via_users_server", "membership", "third_party_invite.signed"]],
      [
        "m.room.power_levels",
        [
          "ban",
          "events",
          "events_default",
          "invite",
          "kick",
          "redact",
          "state_default",
          "users",
          "users_default",
        ],
      ],
      ["m.room.redaction", ["redacts"]],
    ]),
  },
};

/** Room ids are hashes, creators are unbounded. https://spec.matrix.org/v1.19/rooms/v12/ */
const version12: RoomVersion = {
  ...version11,
  id: "12",
  roomId: "create-event",
  creatorsAreUnbounded: true,
  authEventsCiteCreate: false,
  stateResolution: "2.1",
};

export const roomVersions: Record<RoomVersionId, RoomVersion> = {
  "6": version6,
  "7": version7,
  "8": version8,
  "9": version9,
  "10": version10,
  "11": version11,
  "12": version12,
};

/** What new rooms are. https://spec.matrix.org/v1.19/rooms/#complete-list-of-room-versions */
export const defaultRoomVersion: RoomVersionId = "12";

/** The row of a version named by someone else; `undefined` if we do not know it. */
export function findRoomVersion(id: string): RoomVersion | undefined {
  return Object.hasOwn(roomVersions, id) ? roomVersions[id as RoomVersionId] : undefined;
}
