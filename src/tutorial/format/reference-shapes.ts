import { optional } from "./object-shapes.ts";
import { choice, name } from "./scalar-shapes.ts";

export const person = name("person", "a person of the scenario");
export const room = name("room", "a room that some createRoom makes `as`");
export const user = name("user", "a person of the scenario, or a user id such as @bo:harbor.example");
export const host = name("host", "a server of the scenario, or a device such as you/phone");
export const device = name("device", "a device of the scenario");
export const addressField = name("field", "a field that the step's views list under addresses");
/** Texts may hold `{you}`, `{bo.server}` and the like. */
export const filledText = name("text", "text");

export const membership = choice("join", "invite", "leave", "ban", "knock");

/** When it must have happened. */
export const when = {
  after: optional(
    name("goal", "a goal of this step that comes before"),
    "Counts only what came after this goal was met.",
  ),
  since: optional(choice("step"), "Counts only what came after the step began."),
};

export const roomAs = name("room", "a role for the room", true, /^[a-z][a-z0-9-]*$/);
/** Whose action it is. Scripts leave it out: it is theirs. */
export const by = { person: optional(person), device: optional(device) };
