import { oneOrMore } from "./list-shapes.ts";
import { object, optional, required } from "./object-shapes.ts";
import { by, device, filledText, host, person, room, user, when } from "./reference-shapes.ts";
import { choice, number, text, truth } from "./scalar-shapes.ts";

const alone = object({ ...by });
const password = optional(filledText, "Without it, the one that the person signed in with.");

/** What somebody does with keys, as scripts and solutions write it. */
export const encryptionActionShapes = {
  setUpIdentity: object({ ...by, password }),
  setUpRecovery: object({ ...by, passphrase: optional(filledText), password }),
  recover: object({
    ...by,
    key: optional(filledText, "Without it and a passphrase, the recovery key that the person was given."),
    passphrase: optional(filledText),
  }),
  resetIdentity: object({ ...by, password }),
  acceptIdentity: object({ ...by, user: required(user) }),
  loseKeys: alone,
  newMessageKey: object({ ...by, in: required(room) }),
  claimKeys: object({
    ...by,
    user: required(user, "Whose device."),
    target: required(device, "The device that the keys are for."),
    count: optional(number("how many keys", 1, 100, true), "Without it, all one-time keys that are left."),
  }),
  askToVerify: object({
    ...by,
    user: optional(user, "Another person; without it, the account's other devices."),
    in: optional(room, "The room where another person is asked."),
    target: optional(device, "One of the account's other devices."),
  }),
  acceptVerification: alone,
  compareEmoji: alone,
  confirmVerification: alone,
  denyVerification: alone,
  cancelVerification: alone,
  scanCode: object({
    ...by,
    from: optional(host, "Whose screen; without it, the device that the verification is with."),
  }),
};

const index = number("a message's number, from 0", 0, 1e6, true);
const many = number("how many keys", 0, 1000, true);
const phase = choice("asked", "ready", "comparing", "scanned", "waiting", "signing", "done", "cancelled");

export const encryptionConditionShapes = {
  encrypted: object({ in: required(room), ...when }),
  sealed: object({
    person: required(person),
    device: optional(device),
    in: optional(room),
    from: optional(person),
    reason: optional(text("a reason such as MEGOLM_UNKNOWN_INBOUND_SESSION_ID", /^[A-Z_]+$/)),
    ...when,
  }),
  identity: object({ person: required(person), ...when }),
  deviceKnown: object({
    person: required(person),
    device: required(device),
    by: required(host, "The person, or the device, that knows of it."),
    ...when,
  }),
  deviceVerified: object({
    person: required(person),
    device: required(device),
    by: optional(host, "The device that sees it so; without it, the device itself."),
    ...when,
  }),
  personVerified: object({ person: required(person), by: required(person), ...when }),
  identityChanged: object({ person: required(person), by: required(person), ...when }),
  recovery: object({ person: required(person), ...when }),
  backedUp: object({ person: required(person), device: optional(device), ...when }),
  messageKey: object({
    person: required(person),
    device: optional(device),
    in: optional(room),
    by: optional(person, "Whose device made it."),
    index: optional(index, "The first message that it opens has this number, or a later one."),
    ...when,
  }),
  sealedAt: object({ in: optional(room), from: optional(person), index: required(index), ...when }),
  oneTimeKeys: object({
    person: required(person),
    device: required(device),
    atLeast: optional(many),
    atMost: optional(many),
    ...when,
  }),
  keyClaimed: object({
    person: required(person),
    device: required(device),
    fallback: optional(truth),
    ...when,
  }),
  verification: object({
    person: required(person),
    device: optional(device),
    phase: required(oneOrMore(phase)),
    code: optional(text("why it was cancelled, such as m.mismatched_sas")),
    ...when,
  }),
};
