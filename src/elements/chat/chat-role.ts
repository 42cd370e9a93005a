import { say } from "../../catalogue/room-words.ts";

/** Levels from here on are a creator's, whose power has no bound: plain data says it by a very great number. */
const unbounded = 2 ** 52;

export function isCreator(power: number): boolean {
  return power > unbounded;
}

/** What somebody with this power level is called. */
export function roleName(power: number): string {
  if (isCreator(power)) return say("rooms.role-creator");
  if (power === 100) return say("rooms.role-admin");
  if (power === 50) return say("rooms.role-moderator");
  return power === 0 ? say("rooms.role-member") : say("rooms.role-other", { level: power });
}
