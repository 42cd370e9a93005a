import type { Json, JsonObject } from "../../protocol/json.ts";
import { globMatches, globMatchesWords } from "./glob.ts";
import {
  type PushAction,
  type PushCondition,
  type PushRule,
  type PushRuleset,
  pushRuleKinds,
} from "./push-rule.ts";

/** What the conditions look at besides the event itself. */
export type PushContext = {
  /** Members who joined. */
  memberCount: number;
  /** The user's display name in the room. */
  displayName?: string | undefined;
  /** Has the event's sender the power to notify with this key (`room`)? */
  senderMayNotify(key: string): boolean;
};

/** An event as clients see it. */
export type PushEvent = JsonObject & { type: string; sender: string; room_id: string; content: JsonObject };

/** What a rule makes of an event. */
export type PushOutcome = { notify: boolean; highlight: boolean; actions: PushAction[]; rule: string };

/** The names of a path: `content.m\.relates_to` is `content`, then `m.relates_to`. */
function pathNames(path: string): readonly string[] {
  const known = knownPaths.get(path);
  if (known) return known;
  const names = [""];
  for (let index = 0; index < path.length; index++) {
    const character = path[index]!;
    const next = path[index + 1];
    if (character === "\\" && (next === "." || next === "\\")) {
      names[names.length - 1] += next;
      index++;
    } else if (character === ".") names.push("");
    else names[names.length - 1] += character;
  }
  if (knownPaths.size < mostKnownPaths) knownPaths.set(path, names);
  return names;
}

/** Paths come from users' rules, so there is an end to remembering them. */
const knownPaths = new Map<string, readonly string[]>();
const mostKnownPaths = 1000;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function property(event: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const name of pathNames(path)) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** Strings, integers, booleans and null: the only values that are compared. */
const isSimple = (value: Json | undefined): boolean =>
  value === null || typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);

function countIs(is: string | undefined, count: number): boolean {
  const [, comparison, digits] = /^(==|<=|>=|<|>)?([0-9]+)$/.exec(is ?? "") ?? [];
  if (digits === undefined) return false;
  const limit = Number(digits);
  if (comparison === "<") return count < limit;
  if (comparison === ">") return count > limit;
  if (comparison === "<=") return count <= limit;
  if (comparison === ">=") return count >= limit;
  return count === limit;
}

function conditionHolds(condition: PushCondition, event: PushEvent, context: PushContext): boolean {
  const { kind, key } = condition;
  if (kind === "room_member_count") return countIs(condition.is, context.memberCount);
  if (kind === "contains_display_name") {
    const { body } = event.content;
    if (!context.displayName || typeof body !== "string") return false;
    return globMatchesWords(context.displayName.replace(/[*?]/g, "?"), body);
  }
  if (typeof key !== "string") return false;
  if (kind === "sender_notification_permission") return context.senderMayNotify(key);
  const value = property(event, key);
  if (kind === "event_match") {
    if (typeof value !== "string" || typeof condition.pattern !== "string") return false;
    return key === "content.body"
      ? globMatchesWords(condition.pattern, value)
      : globMatches(condition.pattern, value);
  }
  if (kind === "event_property_is") return isSimple(value) && value === condition.value;
  if (kind === "event_property_contains")
    return (
      Array.isArray(value) && isSimple(condition.value) && value.some((item) => item === condition.value)
    );
  return false;
}

function ruleMatches(
  kind: (typeof pushRuleKinds)[number],
  rule: PushRule,
  event: PushEvent,
  context: PushContext,
): boolean {
  if (kind === "room") return rule.rule_id === event.room_id;
  if (kind === "sender") return rule.rule_id === event.sender;
  if (kind === "content") {
    const { body } = event.content;
    return (
      typeof body === "string" && typeof rule.pattern === "string" && globMatchesWords(rule.pattern, body)
    );
  }
  return (rule.conditions ?? []).every((condition) => conditionHolds(condition, event, context));
}

function outcome(rule: PushRule): PushOutcome {
  // The historical actions are ignored.
  const actions = rule.actions.filter((action) => action !== "dont_notify" && action !== "coalesce");
  const highlight = actions.some(
    (action) =>
      typeof action === "object" && action.set_tweak === "highlight" && (action.value ?? true) === true,
  );
  return { notify: actions.includes("notify"), highlight, actions, rule: rule.rule_id };
}

/**
 * The outcome of the first enabled rule that matches, or undefined where none does. Never ask for events that
 * the user sent.
 * https://spec.matrix.org/v1.19/client-server-api/#push-rules
 */
export function evaluatePushRules(
  rules: PushRuleset,
  event: PushEvent,
  context: PushContext,
): PushOutcome | undefined {
  for (const kind of pushRuleKinds)
    for (const rule of rules[kind])
      if (rule.enabled && ruleMatches(kind, rule, event, context)) return outcome(rule);
  return undefined;
}
