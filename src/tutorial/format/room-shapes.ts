import { list, oneOrMore } from "./list-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { by, filledText, membership, person, room, roomAs, user, when } from "./reference-shapes.ts";
import { choice, number, text, truth } from "./scalar-shapes.ts";
import { map } from "./shape.ts";

const rule = choice("invite", "knock", "public", "restricted", "knock_restricted");
const visibility = choice("invited", "joined", "shared", "world_readable");
const localAlias = text("the part of an alias before the colon", /^[^#:]+$/);
const level = number("a power level", -1000, 1000, true);
const reason = optional(filledText);

const made = {
  ...by,
  as: optional(roomAs),
  name: optional(filledText),
  topic: optional(filledText),
  preset: optional(choice("private_chat", "trusted_private_chat", "public_chat")),
  alias: optional(localAlias),
  invite: optional(list(user)),
  published: optional(truth, "The own server's directory lists it."),
};
const aboutSomebody = object({ ...by, room: required(room), user: required(user), reason });
const inSpace = object({ ...by, space: required(room), room: required(room) });

/** What somebody does with rooms, as scripts and solutions write it. */
export const roomActionShapes = {
  createRoom: object({
    ...made,
    direct: optional(truth),
    roomVersion: optional(text("a room version in quotes")),
    encrypted: optional(truth, "Messages in it are encrypted."),
    joinRule: optional(rule, "Who may join, where it is not as the preset says."),
    history: optional(visibility, "Who may see the past, where it is not as the preset says."),
    space: optional(room, "The space that the room is for."),
  }),
  createSpace: object(made),
  addToSpace: inSpace,
  removeFromSpace: inSpace,
  join: object({ ...by, room: required(room) }),
  knock: object({ ...by, room: required(room), reason }),
  leave: object({ ...by, room: required(room) }),
  forget: object({ ...by, room: required(room) }),
  invite: object({ ...by, room: required(room), user: required(user) }),
  kick: aboutSomebody,
  ban: aboutSomebody,
  unban: aboutSomebody,
  openRoom: object({ ...by, room: required(room) }),
  setRoomName: object({ ...by, room: required(room), name: required(filledText) }),
  setRoomTopic: object({ ...by, room: required(room), topic: required(filledText) }),
  setRoomPicture: map(
    object({ ...by, room: required(room), picture: optional(text("a word to draw a picture from")) }),
    ({ picture, ...action }) => ({ ...action, ...(picture !== undefined && { file: { picture } }) }),
  ),
  setRoomJoinRule: object({
    ...by,
    room: required(room),
    rule: required(rule),
    spaces: optional(list(room)),
  }),
  setRoomHistoryVisibility: object({ ...by, room: required(room), visibility: required(visibility) }),
  setRoomAlias: object({ ...by, room: required(room), alias: optional(localAlias) }),
  setRoomPublished: object({ ...by, room: required(room), published: required(truth) }),
  setPower: object({ ...by, room: required(room), user: required(user), level: required(level) }),
  setPermission: object({
    ...by,
    room: required(room),
    what: required(text("a level's name such as kick, or the type of an event")),
    level: required(level),
  }),
  upgradeRoom: object({
    ...by,
    room: required(room),
    version: required(text("a room version in quotes")),
    as: optional(roomAs),
  }),
  searchDirectory: object({ ...by, term: optional(filledText), server: optional(filledText) }),
  browseSpace: object({ ...by, space: required(room) }),
  searchMessages: object({ ...by, text: required(filledText), in: optional(room) }),
  lookUpRoom: object({ ...by, room: required(room) }),
  request: object({
    ...by,
    method: required(choice("GET", "PUT", "POST", "DELETE")),
    path: required(filledText),
    body: optional(filledText, "JSON, as text."),
  }),
};

const textOfRoom = object({ of: required(room), is: optional(filledText), ...when });

/** What may be true of rooms. */
export const roomConditionShapes = {
  member: object({
    of: required(room),
    person: required(person),
    membership: required(oneOrMore(membership)),
    ...when,
  }),
  roomMade: object({
    person: required(person),
    as: optional(roomAs, "From then on the room has this role."),
    space: optional(truth),
    direct: optional(truth),
    joinRule: optional(oneOrMore(rule)),
    ...when,
  }),
  roomName: textOfRoom,
  roomTopic: textOfRoom,
  roomAlias: textOfRoom,
  joinRule: object({ of: required(room), is: required(oneOrMore(rule)), ...when }),
  historyVisibility: object({ of: required(room), is: required(oneOrMore(visibility)), ...when }),
  published: object({ of: required(room), is: required(truth), ...when }),
  powerLevel: object({
    of: required(room),
    person: required(person),
    atLeast: optional(level),
    atMost: optional(level),
    ...when,
  }),
  inSpace: object({ of: required(room), space: required(room), ...when }),
  upgraded: object({ of: required(room), ...when }),
  found: object({
    of: required(room),
    person: required(person),
    by: optional(choice("directory", "space", "search")),
    ...when,
  }),
};
