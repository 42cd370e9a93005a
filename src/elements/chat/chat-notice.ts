import type { TemplateResult } from "lit";
import type { WordsKey } from "../../catalogue/catalogue.ts";
import type { ShownEvent } from "../../client/client-fact.ts";
import type { Json } from "../../protocol/json.ts";
import { localpartOf, named, sayRich } from "./chat-words.ts";

/** Who reads, and what people are called in the room. */
type NoticeScene = { me: string | undefined; nameOf(user: string): string };

/** A state event, or an event that no chat program knows, as a quiet sentence. */
export function noticeWords(event: ShownEvent, { me, nameOf }: NoticeScene): TemplateResult {
  const own = event.sender === me;
  const who = named(event.senderName || localpartOf(event.sender));
  if (event.type === "m.room.member") return memberWords(event, { me, nameOf }, who);
  const { content } = event;
  const settled = textOf(content.name) ?? textOf(content.topic) ?? textOf(content.alias);
  const key = stateKeys[event.type];
  const form = (own ? "own" : "other") satisfies string;
  if (
    event.type === "m.room.name" ||
    event.type === "m.room.topic" ||
    event.type === "m.room.canonical_alias"
  ) {
    const what = {
      "m.room.name": "name",
      "m.room.topic": "topic",
      "m.room.canonical_alias": "alias",
    } as const;
    const part = what[event.type];
    return settled
      ? sayRich(`chat.${form}-set-${part}`, { who, what: named(settled) })
      : sayRich(`chat.${form}-removed-${part}`, { who });
  }
  if (key) return sayRich(`chat.${form}-${key}`, { who, what: settingOf(event) });
  return sayRich(`chat.${form}-unknown`, { who, what: named(event.type) });
}

const stateKeys: Readonly<
  Record<
    string,
    | "created"
    | "avatar"
    | "join-rules"
    | "history"
    | "power"
    | "encryption"
    | "pinned"
    | "tombstone"
    | "guests"
  >
> = {
  "m.room.create": "created",
  "m.room.avatar": "avatar",
  "m.room.join_rules": "join-rules",
  "m.room.history_visibility": "history",
  "m.room.power_levels": "power",
  "m.room.encryption": "encryption",
  "m.room.pinned_events": "pinned",
  "m.room.tombstone": "tombstone",
  "m.room.guest_access": "guests",
};

/** What a setting was set to, in words. */
function settingOf(event: ShownEvent): unknown {
  const { content } = event;
  if (event.type === "m.room.join_rules") return ruleWords("chat.join-rule-", content.join_rule, joinRules);
  if (event.type === "m.room.history_visibility")
    return ruleWords("chat.history-", content.history_visibility, histories);
  return "";
}

const joinRules = ["public", "invite", "knock", "restricted", "knock_restricted", "private"] as const;
const histories = ["invited", "joined", "shared", "world_readable"] as const;

function ruleWords<Rule extends string>(
  prefix: "chat.join-rule-" | "chat.history-",
  value: Json | undefined,
  known: readonly Rule[],
): unknown {
  const rule = known.find((each) => each === value);
  return rule === undefined ? named(textOf(value) ?? "?") : sayRich(`${prefix}${rule}` as WordsKey, {});
}

function memberWords(event: ShownEvent, { me, nameOf }: NoticeScene, who: TemplateResult): TemplateResult {
  const target = event.stateKey ?? "";
  const own = event.sender === me;
  const self = event.sender === target;
  const now = textOf(event.content.membership) ?? "leave";
  const was = textOf(event.before?.membership) ?? "leave";
  const name = textOf(event.content.displayname);
  const whom = target === me ? sayRich("chat.you-object", {}) : named(displayName(event) ?? nameOf(target));
  const why = textOf(event.content.reason);
  const line = (key: WordsKey): TemplateResult =>
    why === undefined
      ? sayRich(key, { who, whom })
      : sayRich("chat.because", { what: sayRich(key, { who, whom }), why: named(why) });
  const form = own ? "own" : "other";
  switch (now) {
    case "join":
      return was === "join" ? profileWords(event, form, who, name) : line(`chat.${form}-joined`);
    case "invite":
      return line(was === "knock" ? `chat.${form}-let-in` : `chat.${form}-invited`);
    case "knock":
      return line(`chat.${form}-knocked`);
    case "ban":
      return line(`chat.${form}-banned`);
    default:
      if (self) return line(was === "invite" ? `chat.${form}-declined` : `chat.${form}-left`);
      if (was === "ban") return line(`chat.${form}-unbanned`);
      return line(was === "invite" ? `chat.${form}-withdrew` : `chat.${form}-removed`);
  }
}

function profileWords(
  event: ShownEvent,
  form: "own" | "other",
  who: TemplateResult,
  name: string | undefined,
): TemplateResult {
  const before = textOf(event.before?.displayname);
  if (name === before) return sayRich(`chat.${form}-new-picture`, { who });
  const old = named(before ?? localpartOf(event.sender));
  return name === undefined
    ? sayRich(`chat.${form}-no-name`, { who: old })
    : sayRich(`chat.${form}-new-name`, { who: old, name: named(name) });
}

/** What the event itself calls the person that it is about. */
function displayName({ content, before }: ShownEvent): string | undefined {
  return textOf(content.displayname) ?? textOf(before?.displayname);
}

/** Other people's content: a text, or nothing. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
