/** A role of the tutorial (`you`, `bo`), or a person that the learner added. */
export type PersonRef = string;
/** A room's role (`chat`) or its id (`!…`) or alias (`#…`). */
export type RoomRef = string;
/** A person's role, or a user id (`@…`). */
export type UserRef = string;

/** A message: its id, or the newest in the room that somebody wrote, with this text in it. */
export type MessageRef = string | { from?: PersonRef; text?: string };

/** Fields that every action of a person has. Without `device` it is the person's first one. */
export type By = { person: PersonRef; device?: string };
