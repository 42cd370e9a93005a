import type { RoomNameState } from "matrix-js-sdk";

/** Of people, as many stand in the name of a room that has none. */
const named = 3;

/**
 * What a room is called, in no language in particular: by its name, else after the people in it (`Bo, Cy, Di +2`), else
 * after those who were. Empty where there is nobody to name it after: the views have words for that.
 */
export function roomName(_room: string, state: RoomNameState): string {
  if ("name" in state) return state.name;
  if (!("names" in state)) return state.oldName ?? "";
  const names = state.names.slice(0, named);
  // The count is of all in the room, oneself among them.
  const more = Math.max(0, state.count - 1 - names.length);
  return `${names.join(", ")}${more > 0 ? ` +${more}` : ""}`;
}
