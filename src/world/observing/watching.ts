import type { Observation } from "../observation.ts";

/** The observation, with what is still under way. */
export type Watching = Observation & {
  /** Addresses that were followed: the request's address → what was written. */
  opening: Readonly<Record<string, string>>;
  /** Rooms whose memberships servers told: what clients show of them comes later and is not listened to. */
  toldByServers: Readonly<Record<string, true>>;
  /** Person → the password of the newest try to get in. */
  tried: Readonly<Record<string, string>>;
  /** Encrypted messages that a device has sent: event → host. Servers do not know what they say. */
  sentSealed: Readonly<Record<string, string>>;
};

/** So many of the newest messages and exchanges are remembered. */
const remembered = 2000;

/** Without the oldest, where there are far more than are remembered. */
export function newest<Item>(items: Item[]): Item[] {
  return items.length > remembered * 1.25 ? items.slice(-remembered) : items;
}
