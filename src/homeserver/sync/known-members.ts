import type { RoomEvent } from "../room/room-event.ts";
import { keyOf } from "../store/table.ts";

/** The member event that a device was given, and the position of the answer that had it. */
type Given = { event: RoomEvent; until: number };

/**
 * Which member events a device has, so that lazy loading need not repeat them. Only in memory: to give one
 * again does no harm. https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members
 */
export class KnownMembers {
  /** Device and room → user → what was given. */
  readonly #given = new Map<string, Map<string, Given>>();

  /**
   * Whether a client that has everything up to `since` has this event. What was given in an answer that it
   * never came to does not count.
   */
  has(deviceKey: string, event: RoomEvent, since: number | undefined): boolean {
    const given = this.#given.get(keyOf(deviceKey, event.roomId))?.get(event.pdu.state_key ?? "");
    return since !== undefined && given?.event === event && given.until <= since;
  }

  note(deviceKey: string, event: RoomEvent, until: number): void {
    const key = keyOf(deviceKey, event.roomId);
    let users = this.#given.get(key);
    if (!users) {
      users = new Map();
      this.#given.set(key, users);
    }
    const userId = event.pdu.state_key ?? "";
    if (users.get(userId)?.event !== event) users.set(userId, { event, until });
  }

  /** A device that begins anew has nothing. */
  forget(deviceKey: string): void {
    for (const key of this.#given.keys()) if (key.startsWith(`${deviceKey}\u0000`)) this.#given.delete(key);
  }
}
