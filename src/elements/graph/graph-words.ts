import { type Facts, say, type WordsKey } from "../../catalogue/late.ts";
import type { Pdu } from "../../protocol/pdu.ts";
import { refusalText } from "../inspector/inspector-scene.ts";
import { serverIn } from "../server-look.ts";
import type { CopiedEvent, DroppedEvent, GraphCopy, GraphRoom, Verdict } from "./graph-state.ts";

function localpart(user: string): string {
  return /^@([^:]+)/.exec(user)?.[1] ?? user;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function memberWords(pdu: Pdu): string {
  const target = pdu.state_key ?? "";
  const own = pdu.sender === target;
  const facts = { name: localpart(target) };
  switch (pdu.content.membership) {
    case "join":
      return say("graph.event.join", facts);
    case "invite":
      return say("graph.event.invite", facts);
    case "ban":
      return say("graph.event.ban", facts);
    case "knock":
      return say("graph.event.knock", facts);
    default:
      return say(own ? "graph.event.leave" : "graph.event.kick", facts);
  }
}

/** Types whose words take one thing from their content. */
const plain: Readonly<Record<string, [key: WordsKey, fact: string, field: string]>> = {
  "m.room.join_rules": ["graph.event.join-rules", "rule", "join_rule"],
  "m.room.history_visibility": ["graph.event.history", "rule", "history_visibility"],
  "m.room.guest_access": ["graph.event.guests", "rule", "guest_access"],
  "m.room.name": ["graph.event.name", "name", "name"],
  "m.room.topic": ["graph.event.topic", "topic", "topic"],
  "m.room.canonical_alias": ["graph.event.alias", "alias", "alias"],
};

const fixed: Readonly<Record<string, WordsKey>> = {
  "m.room.create": "graph.event.create",
  "m.room.power_levels": "graph.event.power",
  "m.room.encryption": "graph.event.encryption",
  "m.room.server_acl": "graph.event.acl",
  "m.room.encrypted": "graph.event.sealed",
  "m.room.redaction": "graph.event.redaction",
};

/** An event in a few words: `Bo joins`, or what a message says. */
export function eventWords(pdu: Pdu): string {
  const { type, content } = pdu;
  if (type === "m.room.member") return memberWords(pdu);
  const key = fixed[type];
  if (key) return say(key);
  const [from, fact, field] = plain[type] ?? [];
  if (from && fact && field) return say(from, { [fact]: text(content[field]) });
  if (type === "m.reaction") {
    const { key: sign } = (content["m.relates_to"] ?? {}) as { key?: unknown };
    return say("graph.event.reaction", { key: text(sign) });
  }
  return text(content.body) || type;
}

const places: Readonly<Record<string, WordsKey>> = {
  "m.room.create": "graph.place.create",
  "m.room.power_levels": "graph.place.power",
  "m.room.join_rules": "graph.place.join-rules",
  "m.room.history_visibility": "graph.place.history",
  "m.room.guest_access": "graph.place.guests",
  "m.room.name": "graph.place.name",
  "m.room.topic": "graph.place.topic",
  "m.room.canonical_alias": "graph.place.alias",
};

/** A place in a room's state: `who may join`. */
export function placeWords(type: string, stateKey: string): string {
  if (type === "m.room.member") return say("graph.place.member", { name: localpart(stateKey) });
  const key = places[type];
  return key ? say(key) : say("graph.place.other", { type, key: stateKey });
}

/** The server that an event is from. Others may have signed it too. */
export function signerOf({ sender }: Pdu): string {
  return serverIn(sender) ?? "";
}

/** What a server made of an event, in a sentence. */
export function verdictWords(host: string, copied: CopiedEvent | undefined): string {
  if (!copied) return say("graph.verdict.absent", { host });
  const { verdict, refusal, origin } = copied;
  const reason = refusal ? refusalText(refusal) : "";
  if (verdict !== "stored") return say(`graph.verdict.${verdict}`, { host, reason });
  return origin === undefined || origin === host
    ? say("graph.verdict.stored", { host })
    : say("graph.verdict.stored-from", { host, origin });
}

export function droppedWords({ host, origin, refusal }: DroppedEvent): string {
  return say("graph.dropped", { host, origin, reason: refusalText(refusal) });
}

/** What a room is called: its address or its name, as the newest event says. */
export function roomWords(room: GraphRoom): string {
  let name = "";
  const shown = [...room.order.items()].map((id) => room.events.get(id)!);
  const past = [...room.past.values()].toSorted((one, other) => one.since - other.since);
  for (const { pdu } of [...past, ...shown]) {
    const { type, content, state_key } = pdu;
    if (state_key !== "") continue;
    if (type === "m.room.canonical_alias") name = text(content.alias) || name;
    else if (type === "m.room.name" && !name.startsWith("#")) name = text(content.name) || name;
  }
  return name || say("graph.nameless-room");
}

/** How many events a copy has, lacks and refuses. */
export function copyWords(room: GraphRoom, { events }: GraphCopy): string {
  const count: Record<Verdict, number> = { stored: 0, rejected: 0, "soft-failed": 0 };
  for (const { verdict } of events.values()) count[verdict] += 1;
  const told = (key: WordsKey, n: number): string[] => (n > 0 ? [say(key, { n } satisfies Facts)] : []);
  return [
    say("graph.count", { n: count.stored }),
    ...told("graph.missing", room.events.size - events.size),
    ...told("graph.refused", count.rejected),
    ...told("graph.hidden", count["soft-failed"]),
  ].join(" · ");
}
