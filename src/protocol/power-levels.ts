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
  return new ReadPowerLevels(create, event, version);
}

class ReadPowerLevels implements PowerLevels {
  readonly #version: RoomVersion;
  readonly #content: JsonObject;
  readonly #users: JsonObject;
  /** Those above all levels. */
  readonly #unbounded: readonly string[];
  /** Without a power levels event the creator has 100, and everybody else the default. */
  readonly #first: string | undefined;

  constructor(create: Pdu | UnsignedPdu, event: Pdu | UnsignedPdu | undefined, version: RoomVersion) {
    this.#version = version;
    this.#content = event?.content ?? {};
    this.#users = mapIn(this.#content, "users");
    this.#unbounded = version.creatorsAreUnbounded ? creatorsOf(create, version) : [];
    this.#first = event ? undefined : creatorsOf(create, version)[0];
  }

  user(userId: string): number {
    if (this.#unbounded.includes(userId)) return Number.POSITIVE_INFINITY;
    if (userId === this.#first) return 100;
    return this.#in(this.#users, userId) ?? this.#named("users_default");
  }

  send(type: string, isState: boolean): number {
    const level = this.#in(mapIn(this.#content, "events"), type);
    return level ?? this.#named(isState ? "state_default" : "events_default");
  }

  get invite(): number {
    return this.#named("invite");
  }

  get kick(): number {
    return this.#named("kick");
  }

  get ban(): number {
    return this.#named("ban");
  }

  get redact(): number {
    return this.#named("redact");
  }

  notifications(key: string): number {
    return this.#in(mapIn(this.#content, "notifications"), key) ?? 50;
  }

  #named(name: LevelName): number {
    return this.#in(this.#content, name) ?? levelDefaults[name];
  }

  #in(map: JsonObject, key: string): number | undefined {
    return readLevel(ownValue(map, key), this.#version);
  }
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
