import { NotThere } from "../../client/act-target.ts";
import type { Written } from "../../client/message-content.ts";
import type { MessageRef } from "../action.ts";
import { type Actor, roomId, userId } from "./action-stage.ts";
import { messageIn } from "./find-message.ts";
import type { Place, Words } from "./message-action.ts";

/** What an action's words are. */
export function writtenIn(actor: Actor, { say, text, html, mentions }: Words): Written {
  return {
    text: text ?? actor.stage.say(say ?? ""),
    ...(html !== undefined && { html }),
    ...(mentions && { mentions: mentions.map((user) => userId(actor, user)) }),
  };
}

/** The events that an action's message belongs to. */
export function placeIn(
  actor: Actor,
  { in: ref, replyTo, thread }: Place,
): { replyTo?: string; thread?: string } {
  const room = roomId(actor, ref);
  return {
    ...(replyTo !== undefined && { replyTo: eventId(actor, room, replyTo) }),
    ...(thread !== undefined && { thread: eventId(actor, room, thread) }),
  };
}

/**
 * The id of the message that is meant.
 * @throws {NotThere} where there is no such message
 */
export function eventId({ stage }: Actor, room: string, ref: MessageRef): string {
  const id = messageIn(room, ref, stage.observation(), stage.bindings());
  if (id === undefined) throw new NotThere("event");
  return id;
}
