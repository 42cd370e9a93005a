import type { JsonObject } from "../protocol/json.ts";

/** What somebody has written. */
export type Written = {
  text: string;
  /** The same with formatting, as HTML. */
  html?: string;
  /** Users whom it names. */
  mentions?: readonly string[];
};

/** The event that a message answers. */
export type Answered = { id: string; sender: string };

/** The thread that a message goes into: its root, and the newest event in it, for clients that know no threads. */
export type IntoThread = { root: string; newest: string };

/**
 * The words of a message, as every kind of message has them.
 * https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes
 */
export function wordsOf({ text, html }: Written): JsonObject {
  return {
    body: text,
    ...(html !== undefined && { format: "org.matrix.custom.html", formatted_body: html }),
  };
}

/**
 * Whom a message is for. Who is answered is meant, too.
 * https://spec.matrix.org/v1.19/client-server-api/#user-and-room-mentions
 */
export function mentionsOf(written: Written, me: string, answered?: Answered): JsonObject {
  const users = new Set(written.mentions);
  if (answered && answered.sender !== me) users.add(answered.sender);
  return { "m.mentions": users.size > 0 ? { user_ids: [...users] } : {} };
}

/**
 * What a message is to others: an answer, a part of a thread.
 * https://spec.matrix.org/v1.19/client-server-api/#rich-replies
 * https://spec.matrix.org/v1.19/client-server-api/#threading
 */
export function relationOf(answered?: Answered, thread?: IntoThread): JsonObject {
  if (thread) {
    return {
      "m.relates_to": {
        rel_type: "m.thread",
        event_id: thread.root,
        is_falling_back: answered === undefined,
        "m.in_reply_to": { event_id: answered?.id ?? thread.newest },
      },
    };
  }
  return answered ? { "m.relates_to": { "m.in_reply_to": { event_id: answered.id } } } : {};
}

/**
 * A message that takes another's place. Only people who are newly named are told of it.
 * https://spec.matrix.org/v1.19/client-server-api/#event-replacements
 */
export function editOf(event: string, before: JsonObject, written: Written, me: string): JsonObject {
  // A file keeps what it is; its caption changes.
  const { "m.relates_to": _, format: _format, formatted_body: _html, ...kept } = before;
  const content = { ...kept, ...wordsOf(written), ...mentionsOf(written, me) };
  const known = new Set(namedIn(before));
  const fresh = { ...written, mentions: (written.mentions ?? []).filter((user) => !known.has(user)) };
  return {
    msgtype: content.msgtype ?? "m.text",
    ...wordsOf({
      text: `* ${written.text}`,
      ...(written.html !== undefined && { html: `* ${written.html}` }),
    }),
    ...mentionsOf(fresh, me),
    "m.new_content": content,
    "m.relates_to": { rel_type: "m.replace", event_id: event },
  };
}

function namedIn(content: JsonObject): string[] {
  const users = (content["m.mentions"] as JsonObject | undefined)?.user_ids;
  return Array.isArray(users) ? users.filter((user) => typeof user === "string") : [];
}
