import { list } from "./list-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { by, filledText, person, room, user, when } from "./reference-shapes.ts";
import { choice, name, text, truth } from "./scalar-shapes.ts";
import { map } from "./shape.ts";

const say = name("say", "a key of the prose's `say`");

/** The newest message of the room that fits. */
const message = object({ from: optional(person), text: optional(filledText) }, "from, text, or both");
const words = { say: optional(say), text: optional(filledText), mentions: optional(list(user)) };
const place = { in: required(room), replyTo: optional(message), thread: optional(message) };
const key = text("an emoji");

/** What somebody writes, and does with what is written. */
export const messageActionShapes = {
  send: object({ ...by, ...place, ...words }),
  edit: object({ ...by, in: required(room), event: required(message), ...words }),
  react: object({
    ...by,
    in: required(room),
    event: required(message),
    key: required(key),
    remove: optional(truth, "Takes the reaction back."),
  }),
  loadOlder: object({ ...by, in: required(room) }),
  redact: object({ ...by, in: required(room), event: required(message), reason: optional(filledText) }),
  sendImage: map(
    object({
      ...by,
      ...place,
      ...words,
      name: required(filledText),
      picture: required(text("a word to draw a picture from")),
    }),
    ({ picture, ...action }) => ({ ...action, file: { picture } }),
  ),
  sendFile: map(
    object({ ...by, ...place, ...words, name: required(filledText), content: required(filledText) }),
    ({ content, ...action }) => ({ ...action, file: { content } }),
  ),
};

const deed = { in: optional(room), from: optional(person) };
const answered = { ...deed, to: optional(person), text: optional(filledText), ...when };

/** What is done with messages. */
export const deedConditionShapes = {
  reaction: object({ ...deed, to: optional(person), key: optional(key), ...when }),
  reply: object(answered),
  thread: object(answered),
  edited: object({ ...deed, text: optional(filledText), ...when }),
  redacted: object({ ...deed, to: optional(person), ...when }),
  file: object({
    ...deed,
    kind: optional(choice("image", "file", "audio", "video")),
    name: optional(filledText),
    text: optional(filledText),
    ...when,
  }),
};
