import type { ShownEvent } from "../../client/client-fact.ts";
import type { Json, JsonObject } from "../../protocol/json.ts";
import type { Deed } from "./observed-message.ts";

/** So many deeds are remembered. */
const remembered = 2000;

const fileTypes = new Set(["m.image", "m.file", "m.audio", "m.video"]);

type Seen = {
  deeds: readonly Deed[];
  messages: readonly { event: string; sender: string }[];
  /** Rooms whose events servers tell. */
  toldByServers: Readonly<Record<string, true>>;
};

type Event = { room: string; event: string; sender: string; type: string; content: JsonObject };

/** What an event that a homeserver has stored does to messages. `redacts` is what it deletes. */
export function deedsOfStored(
  seen: Seen,
  sequence: number,
  stored: Event,
  redacts?: Json,
): readonly Deed[] | undefined {
  const { type, content } = stored;
  if (type === "m.room.redaction") {
    const to = content.redacts ?? redacts;
    return typeof to === "string" ? withRedaction(seen, sequence, { ...stored, to }) : undefined;
  }
  return withDeeds(
    seen,
    deedsIn(content, type).map((deed) => ({ ...deed, sequence, ...placeOf(stored) })),
  );
}

/** What an event that a client shows tells of. It is where encrypted messages are seen. */
export function deedsOfShown(
  seen: Seen,
  sequence: number,
  room: string,
  shown: ShownEvent,
): readonly Deed[] | undefined {
  const { id, sender, type, content, redacted, reactions = [], edited } = shown;
  if (shown.status !== "sent" || !id.startsWith("$")) return undefined;
  const place = { sequence, room, event: id, sender };
  const found: Deed[] = [];
  if (redacted) {
    if (redacted.pending) return undefined;
    found.push({ ...place, kind: "redacted", sender: redacted.by, to: id, toSender: sender });
  } else {
    const text = textOf(content.body) ?? "";
    for (const deed of deedsIn(content, type)) found.push({ ...place, ...deed });
    if (shown.replyTo !== undefined) found.push({ ...place, kind: "reply", to: shown.replyTo, text });
    if (shown.thread !== undefined) found.push({ ...place, kind: "thread", to: shown.thread, text });
    if (edited) found.push({ ...place, kind: "edited", to: id, toSender: sender, text });
  }
  // Servers tell of reactions themselves, and when they are taken back: nobody encrypts them.
  if (seen.toldByServers[room]) return withDeeds(seen, found);
  const given = reactions.flatMap(({ key, senders }) =>
    senders.map((by): Deed => ({ ...place, kind: "reaction", sender: by, to: id, toSender: sender, key })),
  );
  const isTakenBack = (deed: Deed): boolean =>
    deed.kind === "reaction" && deed.to === id && !given.some((each) => keyOf(each) === keyOf(deed));
  const deeds = seen.deeds.some(isTakenBack) ? seen.deeds.filter((deed) => !isTakenBack(deed)) : seen.deeds;
  return withDeeds({ ...seen, deeds }, [...found, ...given]) ?? deeds;
}

function placeOf({ room, event, sender }: Event): { room: string; event: string; sender: string } {
  return { room, event, sender };
}

function deedsIn(content: JsonObject, type: string): Omit<Deed, "sequence" | "room" | "event" | "sender">[] {
  const relation = objectOf(content["m.relates_to"]);
  const to = textOf(relation.event_id);
  if (type === "m.reaction") {
    const key = textOf(relation.key);
    return to !== undefined && key !== undefined ? [{ kind: "reaction", to, key }] : [];
  }
  if (type !== "m.room.message") return [];
  const text = textOf(content.body) ?? "";
  if (relation.rel_type === "m.replace") {
    const fresh = textOf(objectOf(content["m.new_content"]).body) ?? text;
    return to === undefined ? [] : [{ kind: "edited", to, text: fresh }];
  }
  const deeds: Omit<Deed, "sequence" | "room" | "event" | "sender">[] = [];
  const answered = textOf(objectOf(relation["m.in_reply_to"]).event_id);
  if (answered !== undefined && relation.is_falling_back !== true)
    deeds.push({ kind: "reply", to: answered, text });
  if (relation.rel_type === "m.thread" && to !== undefined) deeds.push({ kind: "thread", to, text });
  const file = textOf(content.msgtype);
  if (file !== undefined && fileTypes.has(file))
    deeds.push({ kind: "file", text, file: { type: file, name: textOf(content.filename) ?? text } });
  return deeds;
}

/** Two deeds are one where homeserver and client tell of the same. */
function keyOf({ kind, event, sender, to, key, text }: Deed): string {
  if (kind === "reaction") return JSON.stringify([kind, sender, to, key]);
  if (kind === "edited") return JSON.stringify([kind, to, text]);
  if (kind === "redacted") return JSON.stringify([kind, to]);
  return JSON.stringify([kind, event]);
}

function withDeeds(seen: Seen, deeds: readonly Deed[]): readonly Deed[] | undefined {
  if (deeds.length === 0) return undefined;
  const fresh = deeds.filter((deed) => {
    const key = keyOf(deed);
    return !seen.deeds.findLast((known) => keyOf(known) === key);
  });
  if (fresh.length === 0) return undefined;
  const known = fresh.map((deed) => {
    const sender = deed.toSender ?? seen.messages.findLast(({ event }) => event === deed.to)?.sender;
    return sender === undefined ? deed : { ...deed, toSender: sender };
  });
  const all = [...seen.deeds, ...known];
  return all.length > remembered * 1.25 ? all.slice(-remembered) : all;
}

/** What was deleted did nothing: a reaction is taken back by deleting it. */
function withRedaction(
  seen: Seen,
  sequence: number,
  { to, ...stored }: Event & { to: string },
): readonly Deed[] | undefined {
  const left = seen.deeds.filter(({ event, kind }) => event !== to || kind !== "reaction");
  if (left.length < seen.deeds.length) return left;
  return withDeeds(seen, [{ kind: "redacted", sequence, ...placeOf(stored), to }]);
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
