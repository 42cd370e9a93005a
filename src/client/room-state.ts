import { isJsonObject, type Json, type JsonObject } from "../protocol/json.ts";
import { type PowerLevels, powerLevels } from "../protocol/power-levels.ts";
import { findRoomVersion } from "../protocol/room-versions.ts";
import type { StateEvent } from "./room-facts.ts";

/** Looks a room's state up, by type and state key. */
export type StateOf = (type: string, key?: string) => StateEvent | undefined;

export type JoinRule = "invite" | "knock" | "public" | "restricted" | "knock_restricted" | "private";
export type HistoryVisibility = "invited" | "joined" | "shared" | "world_readable";

/** Who may join, as the state says it. What nobody knows counts as `invite`. */
export function joinRuleOf(state: StateOf): JoinRule {
  const rule = textOf(state("m.room.join_rules")?.content.join_rule);
  const known = ["invite", "knock", "public", "restricted", "knock_restricted", "private"] as const;
  return known.find((each) => each === rule) ?? "invite";
}

/** The rooms whose members may join by that alone. https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms */
export function allowedRoomsOf(state: StateOf): string[] {
  const { allow } = state("m.room.join_rules")?.content ?? {};
  if (!Array.isArray(allow)) return [];
  return allow.flatMap((each) =>
    isJsonObject(each) && each.type === "m.room_membership" && typeof each.room_id === "string"
      ? [each.room_id]
      : [],
  );
}

export function historyOf(state: StateOf): HistoryVisibility {
  const value = textOf(state("m.room.history_visibility")?.content.history_visibility);
  return (["invited", "joined", "world_readable"] as const).find((each) => each === value) ?? "shared";
}

export function isSpace(state: StateOf): boolean {
  return state("m.room.create")?.content.type === "m.space";
}

/** Where the room has gone on, after an upgrade. https://spec.matrix.org/v1.19/client-server-api/#room-upgrades */
export function successorOf(state: StateOf): { room: string; words?: string } | undefined {
  const { replacement_room: room, body } = state("m.room.tombstone")?.content ?? {};
  if (typeof room !== "string" || room === "") return undefined;
  const words = textOf(body);
  return { room, ...(words !== undefined && { words }) };
}

/** Is the room in the space, by what the space says? A child without `via` was taken out. */
export function isChild(child: StateEvent | undefined): boolean {
  return Array.isArray(child?.content.via) && child.content.via.length > 0;
}

/** Who may do what, as the homeserver reckons it. */
export function powersOf(state: StateOf): PowerLevels | undefined {
  const create = state("m.room.create");
  const named = textOf(create?.content.room_version) ?? "6";
  const version = findRoomVersion(named);
  if (!create || !version) return undefined;
  const levels = state("m.room.power_levels");
  return powerLevels(asEvent(create), levels && asEvent(levels), version);
}

/** Levels read nothing of an event but these. */
function asEvent({ type, key, sender, content }: StateEvent): Parameters<typeof powerLevels>[0] {
  return { type, state_key: key, sender, content } as Parameters<typeof powerLevels>[0];
}

/** Other people's content: a text that is not empty, or nothing. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The power levels event's content, to be changed and sent anew. */
export function levelsContent(state: StateOf): JsonObject {
  return structuredClone(state("m.room.power_levels")?.content ?? {});
}
