import type { ISyncData } from "matrix-js-sdk";
import type { Unsent } from "./unsent.ts";

/**
 * What a client has had from its homeserver, as it came: sealed messages are sealed here, too. Of each room the newest
 * events, 50 or so. Plain data.
 */
export type SavedSync = {
  sync: ISyncData;
  /** Messages that the homeserver has accepted, but has not shown to this client among the room's. */
  accepted: Unsent;
};

const categories = ["join", "invite", "knock", "leave"] as const;

/** Has it the parts of one? What stands in them came from a homeserver. */
export function isSaved(saved: unknown): saved is SavedSync {
  const { sync, accepted } = (saved ?? {}) as Partial<SavedSync>;
  return (
    typeof sync?.nextBatch === "string" &&
    Array.isArray(sync.accountData) &&
    categories.every((category) => isRecord(sync.roomsData?.[category])) &&
    isRecord(accepted)
  );
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
