import { isJsonObject, type Json } from "../protocol/json.ts";

/** Of what in a room an account wants to be notified: of all messages, of mentions alone, of nothing. */
export type RoomNotify = "all" | "mentions" | "mute";

/**
 * Rooms in which an account is not notified of all messages, by its push rules: an override rule for the room without
 * actions mutes it, a room rule without actions leaves mentions, whose rules stand above it.
 * https://spec.matrix.org/v1.19/client-server-api/#push-rules
 * @param content of `m.push_rules`
 */
export function roomNotifyOf(content: Json): Map<string, Exclude<RoomNotify, "all">> {
  const rules = isJsonObject(content) && isJsonObject(content.global) ? content.global : {};
  const quiet = new Map<string, Exclude<RoomNotify, "all">>();
  for (const room of silentRooms(rules.room, () => true)) quiet.set(room, "mentions");
  for (const room of silentRooms(rules.override, isOfRoom)) quiet.set(room, "mute");
  return quiet;
}

type Rule = { rule_id: string; [key: string]: Json };

function silentRooms(rules: Json | undefined, isOne: (rule: Rule) => boolean): string[] {
  return (Array.isArray(rules) ? rules : []).flatMap((rule) =>
    isRule(rule) && rule.enabled !== false && isSilent(rule) && isOne(rule) ? [rule.rule_id] : [],
  );
}

function isRule(rule: Json): rule is Rule {
  return isJsonObject(rule) && typeof rule.rule_id === "string";
}

/** `dont_notify`, of old, means the same as no action. */
function isSilent({ actions }: Rule): boolean {
  return Array.isArray(actions) && actions.every((action) => action === "dont_notify");
}

/** An override rule may be about anything; one for a room has its id, and no other condition. */
function isOfRoom({ rule_id, conditions }: Rule): boolean {
  const [only, ...others] = Array.isArray(conditions) ? conditions : [];
  return (
    others.length === 0 &&
    isJsonObject(only) &&
    only.kind === "event_match" &&
    only.key === "room_id" &&
    only.pattern === rule_id
  );
}
