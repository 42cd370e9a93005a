import { parseUserId } from "../identifiers.ts";
import { isJsonObject, type Json, type JsonObject, ownValue } from "../json.ts";
import { creatorsOf, type LevelName, levelDefaults, readLevel } from "../power-levels.ts";
import { isRefusal } from "../refusal.ts";
import type { RoomVersion } from "../room-versions.ts";
import { allow, type Given, levelFact, type Rule, refuse, type Step } from "./rule.ts";

/** The codes of these rules. */
export const refusalCodes = [
  "auth/power-levels-creator",
  "auth/power-levels-not-integer",
  "auth/power-levels-not-user",
  "auth/power-levels-too-high-now",
  "auth/power-levels-too-high-then",
  "auth/power-levels-user-too-high",
] as const;

const named = Object.keys(levelDefaults) as LevelName[];

/** If type is m.room.power_levels: */
export function powerLevelsRule(version: RoomVersion): Rule {
  return {
    when: ({ event }) => event.type === "m.room.power_levels",
    steps: [
      ...(version.powerLevels === "integers" ? [namedAreIntegers, eventsAndNotificationsAreIntegers] : []),
      usersAreLevels,
      ...(version.creatorsAreUnbounded ? [namesNoCreator] : []),
      // If there is no previous m.room.power_levels event in the room, allow.
      (given) => (previous(given) ? undefined : "allow"),
      namedAlterations,
      eventsChangedOrRemoved,
      eventsAddedOrChanged,
      usersChangedOrRemoved,
      usersAddedOrChanged,
      // Otherwise, allow.
      allow,
    ],
  };
}

function previous({ state }: Given): JsonObject | undefined {
  return state.get("m.room.power_levels", "")?.content;
}

/**
 * If any of the properties users_default, events_default, state_default, ban, redact, kick, or invite in
 * content are present and not an integer, reject.
 */
const namedAreIntegers: Step = ({ event, version }) => {
  for (const name of named) {
    const value = ownValue(event.content, name);
    if (value !== undefined && readLevel(value, version) === undefined) return notInteger(name, value);
  }
  return undefined;
};

/**
 * If either of the properties events or notifications in content are present and not an object with values
 * that are integers, reject.
 */
const eventsAndNotificationsAreIntegers: Step = ({ event, version }) =>
  mapFault(event.content, "events", version) ?? mapFault(event.content, "notifications", version);

/**
 * If the users property in content is not an object with keys that are valid user IDs with values that are
 * integers (before version 10, or a string that is an integer), reject.
 */
const usersAreLevels: Step = ({ event, version }) => {
  const fault = mapFault(event.content, "users", version);
  if (fault) return fault;
  for (const user of Object.keys(mapOf(event.content, "users"))) {
    const parsed = parseUserId(user, { historical: true });
    if (isRefusal(parsed)) return refuse("auth/power-levels-not-user", { user, because: parsed.code });
  }
  return undefined;
};

/**
 * If the users property in content contains the sender of the m.room.create event or any of the
 * additional_creators array (if present) from the content of the m.room.create event, reject.
 */
const namesNoCreator: Step = ({ event, state, version }) => {
  const users = mapOf(event.content, "users");
  const creator = creatorsOf(state.create!, version).find((user) => Object.hasOwn(users, user));
  return creator === undefined ? undefined : refuse("auth/power-levels-creator", { user: creator });
};

/**
 * For the properties users_default, events_default, state_default, ban, redact, kick, invite check if they
 * were added, changed or removed. For each found alteration:
 */
const namedAlterations: Step = (given) => {
  for (const name of named) {
    const change = changeOf(previous(given)!, given.event.content, name, given.version);
    if (!change) continue;
    // 1. If the current value is higher than the sender's current power level, reject.
    // 2. If the new value is higher than the sender's current power level, reject.
    const fault = higherNow(given, name, change, 1) ?? higherThen(given, name, change, 2);
    if (fault) return fault;
  }
  return undefined;
};

/**
 * For each entry being changed in, or removed from, the events or notifications properties:
 * 1. If the current value is greater than the sender's current power level, reject.
 */
const eventsChangedOrRemoved: Step = (given) =>
  firstOf(entryChanges(given, ["events", "notifications"]), ([entry, change]) =>
    higherNow(given, entry, change, 1),
  );

/**
 * For each entry being added to, or changed in, the events or notifications properties:
 * 1. If the new value is greater than the sender's current power level, reject.
 */
const eventsAddedOrChanged: Step = (given) =>
  firstOf(entryChanges(given, ["events", "notifications"]), ([entry, change]) =>
    higherThen(given, entry, change, 1),
  );

/**
 * For each entry being changed in, or removed from, the users property, other than the sender's own entry:
 * 1. If the current value is greater than or equal to the sender's current power level, reject.
 */
const usersChangedOrRemoved: Step = (given) =>
  firstOf(entryChanges(given, ["users"]), ([user, { now }]) =>
    user !== given.event.sender && now !== undefined && now >= given.senderLevel
      ? refuse("auth/power-levels-user-too-high", { user, level: now, have: levelFact(given.senderLevel) }, 1)
      : undefined,
  );

/**
 * For each entry being added to, or changed in, the users property:
 * 1. If the new value is greater than the sender's current power level, reject.
 */
const usersAddedOrChanged: Step = (given) =>
  firstOf(entryChanges(given, ["users"]), ([user, change]) => higherThen(given, user, change, 1));

/** A level before and after; `undefined` where it is not set. */
type Change = { now: number | undefined; then: number | undefined; written: Json | undefined };

/** The difference that an event makes to one property, if any. */
function changeOf(
  before: JsonObject,
  after: JsonObject,
  key: string,
  version: RoomVersion,
): Change | undefined {
  const old = ownValue(before, key);
  const written = ownValue(after, key);
  if (old === written) return undefined;
  const [now, then] = [readLevel(old, version), readLevel(written, version)];
  const isLevel = written === undefined || then !== undefined;
  return now === then && isLevel ? undefined : { now, then, written };
}

function* entryChanges(given: Given, properties: readonly string[]): Generator<[string, Change]> {
  for (const property of properties) {
    const before = mapOf(previous(given)!, property);
    const after = mapOf(given.event.content, property);
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const change = changeOf(before, after, key, given.version);
      if (change) yield [key, change];
    }
  }
}

function higherNow({ senderLevel }: Given, name: string, { now }: Change, step: number) {
  if (now === undefined || now <= senderLevel) return undefined;
  return refuse("auth/power-levels-too-high-now", { name, level: now, have: senderLevel }, step);
}

function higherThen({ senderLevel }: Given, name: string, { then, written }: Change, step: number) {
  // Before version 10 only users are checked to be levels: what is none is not known to be low enough.
  if (then === undefined) return written === undefined ? undefined : notInteger(name, written, step);
  if (then <= senderLevel) return undefined;
  return refuse("auth/power-levels-too-high-then", { name, level: then, have: senderLevel }, step);
}

function mapFault(content: JsonObject, property: string, version: RoomVersion) {
  const map = ownValue(content, property);
  if (map === undefined) return undefined;
  if (!isJsonObject(map)) return notInteger(property, map);
  for (const [key, value] of Object.entries(map)) {
    if (readLevel(value, version) === undefined) return notInteger(`${property}.${key}`, value);
  }
  return undefined;
}

function notInteger(name: string, value: Json, step?: number) {
  const found = value === null || typeof value === "object" ? "object" : value;
  return refuse("auth/power-levels-not-integer", { name, found }, step);
}

function mapOf(content: JsonObject, property: string): JsonObject {
  const map = ownValue(content, property);
  return isJsonObject(map) ? map : {};
}

function firstOf<T, R>(values: Iterable<T>, find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
