import { isJsonObject, type Json, type JsonObject, ownValue } from "./json.ts";
import type { Pdu, UnsignedPdu } from "./pdu.ts";
import type { RoomVersion } from "./room-versions.ts";

/**
 * Who may do what in a room. Levels are integers; a creator's is `Infinity` where the room version says so.
 * https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
 */
export interface PowerLevels {
  user(userId: string): number;
  /** The level that sending an event of this type takes. */
  send(type: string, isState: boolean): number;
  readonly invite: number;
  readonly kick: number;
  readonly ban: number;
  readonly redact: number;
  /** The level that notifying everybody takes, for example by `room`. */
  notifications(key: string): number;
}

/** The levels that are properties of their own, with what they are if a power levels event leaves them out. */
export const levelDefaults = {
  users_default: 0,
  events_default: 0,
  state_default: 50,
  ban: 50,
  redact: 50,
  kick: 50,
  invite: 0,
} as const;

export type LevelName = keyof typeof levelDefaults;

/** Reads the levels of a room from its create event and its power levels event, if there is one yet. */
export function powerLevels(
  create: Pdu | UnsignedPdu,
  event: Pdu | UnsignedPdu | undefined,
  version: RoomVersion,
): PowerLevels {
  const content = event?.content ?? {};
  const users = mapIn(content, "users");
  const events = mapIn(content, "events");
  const levelIn = (map: JsonObject, key: string) => readLevel(ownValue(map, key), version);
  const named = (name: LevelName) => levelIn(content, name) ?? levelDefaults[name];
  const unbounded = new Set(version.creatorsAreUnbounded ? creatorsOf(create, version) : []);
  // Without a power levels event the creator has 100, and everybody else the default.
  const first = event ? undefined : creatorsOf(create, version)[0];
  return {
    user(userId) {
      if (unbounded.has(userId)) return Number.POSITIVE_INFINITY;
      if (userId === first) return 100;
      return levelIn(users, userId) ?? named("users_default");
    },
    send: (type, isState) => levelIn(events, type) ?? named(isState ? "state_default" : "events_default"),
    get invite() {
      return named("invite");
    },
    get kick() {
      return named("kick");
    },
    get ban() {
      return named("ban");
    },
    get redact() {
      return named("redact");
    },
    notifications: (key) => levelIn(mapIn(content, "notifications"), key) ?? 50,
  };
}

/**
 * Who made the room: first the one by whom the create event speaks, then, where the version knows them, the
 * additional creators.
 */
export function creatorsOf(create: Pdu | UnsignedPdu, version: RoomVersion): string[] {
  const { creator, additional_creators: additional } = create.content;
  const first = version.creator === "sender" ? create.sender : creator;
  const others = version.creatorsAreUnbounded && Array.isArray(additional) ? additional : [];
  return [first, ...others].filter((user) => typeof user === "string");
}

/** A level as the version lets one be written; `undefined` for anything else. */
export function readLevel(value: Json | undefined, version: RoomVersion): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : undefined;
  if (version.powerLevels === "integers" || typeof value !== "string") return undefined;
  // https://spec.matrix.org/v1.19/rooms/v6/#mroompower_levels-events-accept-values-as-strings
  const level = /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(level) ? level! + 0 : undefined;
}

/** A property that is an object, or else nothing. */
function mapIn(content: JsonObject, key: string): JsonObject {
  const value = ownValue(content, key);
  return isJsonObject(value) ? value : {};
}
