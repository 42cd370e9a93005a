import type { Membership } from "../condition.ts";
import type { Watching } from "./watching.ts";

/**
 * A user has this membership in a room.
 * @param depth of the event, where a server told it: a server that joins later tells of the past
 */
export function memberSeen(
  seen: Watching,
  sequence: number,
  room: string,
  user: string,
  membership: Membership,
  depth = Number.POSITIVE_INFINITY,
): Partial<Watching> {
  const members = seen.members[room] ?? {};
  const before = members[user];
  if (before?.membership === membership || (before?.depth ?? 0) > depth) return {};
  const told = Number.isFinite(depth) && { depth };
  const member = { sequence, membership, ...told };
  return { members: { ...seen.members, [room]: { ...members, [user]: member } } };
}
